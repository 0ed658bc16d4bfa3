#include "widgets/report_page.h"

#include "widgets/picture_file.h"
#include "widgets/plot_view.h"
#include "widgets/report_parts.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>
#include <QTextOption>

#include <algorithm>

namespace nanoscope {

namespace {

constexpr QSizeF kA4{210.0 / 25.4 * 96, 297.0 / 25.4 * 96};  // CSS pixels
constexpr double kMargin = 38.0;
constexpr double kGap = 10.0;
constexpr double kTextSize = 8.0;  // points
constexpr double kSmallestSpec = 3.0;
constexpr double kLargestSpec = 5.0;

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

/// The page from top to bottom: each part takes its height from what is left.
class PagePainter {
public:
    PagePainter(QPainter& painter, const ReportPage& page, const ReportParts& parts)
        : m_painter(painter)
        , m_page(page)
        , m_parts(parts)
        , m_theme(lightTheme())
        , m_rest(QRectF(QPointF(0, 0), kA4).adjusted(kMargin, kMargin, -kMargin, -kMargin))
    {
    }

    void paint()
    {
        m_painter.fillRect(QRectF(QPointF(0, 0), kA4), Qt::white);
        paintHead();
        paintTable();
        const QFont specFont = fittingSpecFont();
        const double specs = specHeight(specFont);
        const QRectF plots = m_rest.adjusted(0, 0, 0, -specs - kGap);
        paintPlots(plots);
        paintSpecs(QRectF(m_rest.left(), m_rest.bottom() - specs, m_rest.width(), specs), specFont);
    }

private:
    /// One line at the top of what is left.
    void paintLine(const QString& text, const QFont& font, const QColor& color)
    {
        const QFontMetricsF metrics(font, m_painter.device());
        m_painter.setFont(font);
        m_painter.setPen(color);
        m_painter.drawText(QRectF(m_rest.left(), m_rest.top(), m_rest.width(), metrics.height()),
            Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, m_rest.width()));
        m_rest.setTop(m_rest.top() + metrics.height() + 2);
    }

    void paintHead()
    {
        paintLine(m_page.title, bold(pictureFont(14)), m_theme.text);
        for (const QString& fact : m_page.facts)
            paintLine(fact, pictureFont(7), m_theme.mutedText);
        m_rest.setTop(m_rest.top() + kGap);
    }

    void paintRow(const std::vector<ReportParts::Cell>& cells, double height, const QColor& color)
    {
        const QFont font = pictureFont(kTextSize);
        const auto count = static_cast<double>(cells.size() - 1);
        const double names = m_rest.width() - count * std::min(140.0, 0.68 * m_rest.width() / count);
        const double width = (m_rest.width() - names) / count;
        double x = m_rest.left();
        m_painter.setPen(color);
        for (const ReportParts::Cell& cell : cells) {
            const bool isName = &cell == &cells.front();
            const QFont cellFont = cell.isBest ? bold(font) : font;
            const QFontMetricsF metrics(cellFont, m_painter.device());
            m_painter.setFont(cellFont);
            const QRectF box(x, m_rest.top(), (isName ? names : width) - 6, height);
            const Qt::Alignment alignment = isName ? Qt::AlignLeft : Qt::AlignRight;
            m_painter.drawText(box, static_cast<int>(alignment | Qt::AlignVCenter),
                metrics.elidedText(cell.text, Qt::ElideMiddle, box.width()));
            x += isName ? names : width;
        }
        m_rest.setTop(m_rest.top() + height);
    }

    void paintRule()
    {
        m_painter.setPen(QPen(m_theme.mutedText, 0.7));
        m_painter.drawLine(QLineF(m_rest.topLeft(), m_rest.topRight()));
    }

    void paintTable()
    {
        const double height = QFontMetricsF(pictureFont(kTextSize), m_painter.device()).height() + 1;
        std::vector<ReportParts::Cell> heads;
        for (const QString& head : m_parts.heads())
            heads.push_back({head, true});
        paintRule();
        paintRow(heads, height + 2, m_theme.text);
        paintRule();
        for (const std::vector<ReportParts::Cell>& row : m_parts.rows())
            paintRow(row, height, m_theme.text);
        paintRule();
        m_rest.setTop(m_rest.top() + kGap);
    }

    /// The letter of the format stands in front of the plot's own head line.
    void paintPlot(const ReportParts::Plot& plot, const QRectF& area)
    {
        constexpr double kLetter = 9.0;
        const QFont font = pictureFont(7);
        m_painter.save();
        m_painter.setFont(bold(font));
        m_painter.setPen(m_theme.text);
        m_painter.drawText(
            area.topLeft() + QPointF(0, 5 + QFontMetricsF(font, m_painter.device()).ascent()), plot.letter);
        m_painter.setFont(font);
        plot.view->paintPlot(m_painter, area.adjusted(plot.letter.isEmpty() ? 0 : kLetter, 0, 0, 0));
        m_painter.restore();
    }

    /// Up to two level plots stand below each other, more of them beside each other; the other plots below.
    void paintPlots(const QRectF& area)
    {
        const std::vector<ReportParts::Plot>& levels = m_parts.levels();
        const std::size_t columns = levels.size() > 2 ? 2 : 1;
        const std::size_t rows = (levels.size() + columns - 1) / columns;
        const double share = levels.size() == 1 ? 0.5 : m_page.cost ? 0.58 : 0.64;  // ratios need many lines
        const double height = (area.height() * share - kGap) / static_cast<double>(rows);
        const double width = (area.width() - kGap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
        for (std::size_t i = 0; i < levels.size(); ++i)
            paintPlot(levels[i],
                QRectF(area.left() + static_cast<double>(i % columns) * (width + kGap),
                    area.top() + static_cast<double>(i / columns) * height, width, height - kGap / 2));
        const std::vector<ReportParts::Plot>& others = m_parts.others();
        const double top = area.top() + area.height() * share;
        const double half = (area.width() - kGap) / 2;
        for (std::size_t i = 0; i < others.size(); ++i)
            paintPlot(others[i],
                QRectF(area.left() + static_cast<double>(i) * (half + kGap), top, half, area.bottom() - top));
    }

    [[nodiscard]] static QTextOption specOption()
    {
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAnywhere);
        return option;
    }

    [[nodiscard]] double specHeight(const QFont& font) const
    {
        double height = 0;
        for (const QString& spec : m_parts.specs()) {
            QTextLayout layout(spec, font, m_painter.device());
            layout.setTextOption(specOption());
            height += layOut(layout, height);
        }
        return height;
    }

    /// @return height of all lines
    double layOut(QTextLayout& layout, double top) const
    {
        double height = 0;
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(m_rest.width());
            line.setPosition(QPointF(0, top + height));
            height += line.height();
        }
        layout.endLayout();
        return height + 2;
    }

    /// The largest type that leaves the plots most of the page.
    [[nodiscard]] QFont fittingSpecFont() const
    {
        constexpr double kMost = 0.22;  // of what is left
        QFont font = pictureFont(kLargestSpec);
        for (double size = kLargestSpec; size > kSmallestSpec && specHeight(font) > kMost * m_rest.height();
             size -= 0.5)
            font = pictureFont(size);
        return font;
    }

    void paintSpecs(const QRectF& area, const QFont& font)
    {
        m_painter.setPen(m_theme.mutedText);
        double top = 0;
        for (const QString& spec : m_parts.specs()) {
            QTextLayout layout(spec, font, m_painter.device());
            layout.setTextOption(specOption());
            top += layOut(layout, top);
            layout.draw(&m_painter, area.topLeft());
        }
    }

    QPainter& m_painter;
    const ReportPage& m_page;
    const ReportParts& m_parts;
    Theme m_theme;
    QRectF m_rest;
};

}  // namespace

QByteArray reportPdf(const ReportPage& page)
{
    const ReportParts parts(page);
    if (parts.levels().empty())
        return {};
    const Picture picture{
        page.title, {}, kA4, page.recipe, [&](QPainter& painter) { PagePainter(painter, page, parts).paint(); }};
    return pictureBytes(picture, PictureKind::Pdf);
}

}  // namespace nanoscope
