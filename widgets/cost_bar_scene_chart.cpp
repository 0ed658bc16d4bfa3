#include "widgets/cost_bar_scene.h"

#include "widgets/cost_text.h"
#include "widgets/nice_ticks.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QCategoryAxis>
#include <QChart>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QHorizontalStackedBarSeries>
#include <QPainter>

#include <algorithm>
#include <numeric>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kBarWidth = 0.72;
constexpr double kTickSpacing = 64.0;

}  // namespace

double totalOf(const CostBar& bar)
{
    return std::accumulate(bar.values.begin(), bar.values.end(), 0.0);
}

CostBarScene::CostBarScene()
    : m_chart(new QChart)
    , m_series(new QHorizontalStackedBarSeries)
    , m_values(new QCategoryAxis)
    , m_names(new QBarCategoryAxis)
{
    m_scene.addItem(m_chart);  // the scene owns it
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->legend()->hide();
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    for (QBarSet*& set : m_sets) {
        set = new QBarSet(QString());
        m_series->append(set);
    }
    m_series->setBarWidth(kBarWidth);
    m_chart->addSeries(m_series);
    m_chart->addAxis(m_values, Qt::AlignBottom);
    m_chart->addAxis(m_names, Qt::AlignLeft);
    m_series->attachAxis(m_values);
    m_series->attachAxis(m_names);
    m_values->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_values->setTruncateLabels(false);
    m_names->setTruncateLabels(false);
    m_names->setGridLineVisible(false);
}

void CostBarScene::setBars(const CostBars& bars)
{
    QStringList names;
    for (auto bar = bars.bars.rbegin(); bar != bars.bars.rend(); ++bar)  // the first category is the lowest
        names << bar->name;
    names = unique(std::move(names));
    const auto count = static_cast<int>(bars.bars.size());
    for (std::size_t part = 0; part < m_sets.size(); ++part) {
        QList<double> values;
        for (auto bar = bars.bars.rbegin(); bar != bars.bars.rend(); ++bar)
            values << (part < bar->values.size() ? bar->values[part] : 0.0);
        if (m_sets[part]->count() == count) {
            for (int i = 0; i < count; ++i)
                if (m_sets[part]->at(i) != values[i])
                    m_sets[part]->replace(i, values[i]);
        } else {
            m_sets[part]->remove(0, m_sets[part]->count());
            m_sets[part]->append(values);
        }
    }
    if (names != m_shownNames) {
        m_shownNames = names;
        m_names->setCategories(names);
        m_size = QSizeF();
    }
    double highest = 0.0;
    for (const CostBar& bar : bars.bars)
        highest = std::max(highest, totalOf(bar));
    // The axis stands still while bars move a little.
    if (highest > m_highest || highest < 0.6 * m_highest) {
        m_highest = highest > 0 ? 1.2 * highest : 1.0;
        m_size = QSizeF();
    }
    m_unit = bars.unit;
    m_count = count;
}

void CostBarScene::setTheme(const Theme& theme, const std::array<QBrush, CostBarChart::kMostParts>& brushes)
{
    for (QAbstractAxis* axis : {static_cast<QAbstractAxis*>(m_values), static_cast<QAbstractAxis*>(m_names)}) {
        axis->setLabelsColor(axis == m_names ? theme.text : theme.mutedText);
        axis->setLinePen(QPen(theme.mutedText, 0));
        axis->setGridLinePen(QPen(theme.grid, 0));
    }
    for (std::size_t part = 0; part < m_sets.size(); ++part) {
        m_sets[part]->setBrush(brushes[part]);
        m_sets[part]->setPen(QPen(theme.panel, 1));
    }
}

void CostBarScene::fit(QSizeF size, const QFont& font)
{
    if (size == m_size && font == m_font)
        return;
    m_size = size;
    m_font = font;
    const QFontMetricsF metrics(font);
    const auto right = static_cast<int>(metrics.horizontalAdvance(QStringLiteral("888.88 mJ")) + 6);
    m_chart->setMargins(QMargins(4, 2, right, 2));
    for (const QString& label : m_values->categoriesLabels())
        m_values->remove(label);
    m_values->setRange(0, m_highest);
    m_values->setStartValue(0);
    const int most = std::max(2, static_cast<int>((size.width() - right) / kTickSpacing));
    for (const double tick : niceTicks(0, m_highest, most).values)
        m_values->append(costValueText(tick, m_unit), tick);
    m_values->setLabelsFont(font);
    m_names->setLabelsFont(font);
    m_chart->resize(size);
    m_scene.setSceneRect(QRectF(QPointF(0, 0), size));
    m_chart->layout()->activate();
}

void CostBarScene::render(QPainter& painter, const QRectF& target)
{
    painter.setRenderHint(QPainter::Antialiasing, true);
    m_scene.render(&painter, target, m_scene.sceneRect(), Qt::IgnoreAspectRatio);
}

QRectF CostBarScene::rectOf(int bar, double from, double to) const
{
    const double place = m_count - 1 - bar;
    const QPointF low = m_chart->mapToPosition({from, place - kBarWidth / 2}, m_series);
    const QPointF high = m_chart->mapToPosition({to, place + kBarWidth / 2}, m_series);
    return QRectF(low, high).normalized();
}

QStringList CostBarScene::unique(QStringList names)
{
    for (qsizetype i = 0; i < names.size(); ++i)
        while (names.indexOf(names[i]) != i)
            names[i] += QChar(0x200b);  // a space without width
    return names;
}

}  // namespace nanoscope
