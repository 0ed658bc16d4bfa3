#include "widgets/figure_table.h"

#include "widgets/basis_text.h"
#include "widgets/figure_model.h"
#include "widgets/table_text.h"
#include "widgets/tier_text.h"

#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QScrollBar>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::array kNumberColumns{FigureModel::AColumn, FigureModel::BColumn, FigureModel::CColumn,
    FigureModel::DColumn, FigureModel::DifferenceColumn};
constexpr int kFewestLetters = 16;     // of a line of a figure's name before the table scrolls sideways
constexpr int kTextMargin = 4;         // of a cell, pixels
constexpr int kNarrowestStretch = 75;  // percent; letters remain letters

/// Shows a figure's name with its unit.
class NameDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->text = index.data(FigureModel::NameWithUnitRole).toString();
    }
};

/// Squeezes the few numbers that are wider than a narrow column, rather than cutting them.
class NumberDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem squeezed = option;
        initStyleOption(&squeezed, index);
        squeezed.features &= ~QStyleOptionViewItem::WrapText;
        const int room = option.rect.width() - 2 * kTextMargin - 2;
        const int wanted = squeezed.fontMetrics.horizontalAdvance(squeezed.text);
        if (wanted > room && room > 0) {
            squeezed.font.setStretch(std::max(kNarrowestStretch, 100 * room / wanted - 1));
            squeezed.fontMetrics = QFontMetrics(squeezed.font);
        }
        const QWidget* view = option.widget;
        view->style()->drawControl(QStyle::CE_ItemViewItem, &squeezed, painter, view);
    }
};

/// Estimates are called so.
QString nameOf(const Report& report)
{
    const QString name = QString::fromStdString(report.format.name);
    const bool hasEstimates = report.tier == ReportTier::Preview || report.tier == ReportTier::Pass;
    return hasEstimates ? FigureTable::tr("%1 (%2)").arg(name, tierText(report)) : name;
}

}  // namespace

FigureTable::FigureTable(QWidget* parent)
    : QWidget(parent)
    , m_model(new FigureModel(this))
    , m_view(new QTableView(this))
    , m_title(new QLabel(this))
{
    m_title->setObjectName(QStringLiteral("figureTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_view->setObjectName(QStringLiteral("figureTable"));
    m_view->setAccessibleName(tr("Figures"));
    m_view->setModel(m_model);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setTextElideMode(Qt::ElideNone);  // long names get a second line
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 6);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setMinimumSectionSize(30);
    m_view->setItemDelegateForColumn(FigureModel::NameColumn, new NameDelegate(m_view));
    for (const int column : kNumberColumns)
        m_view->setItemDelegateForColumn(column, new NumberDelegate(m_view));
    m_view->setColumnHidden(FigureModel::UnitColumn, true);  // the name shows it; copied text keeps the column

    // Fixed widths, so that columns stand still while the figures change.
    QFont bold = m_view->font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    m_differenceWidth = metrics.horizontalAdvance(QStringLiteral("✓ −8.888×10⁻⁸")) + 12;
    m_numberWidth = metrics.horizontalAdvance(QStringLiteral("✓ 8.888×10⁻⁸")) + 8;
    m_narrowWidth = metrics.horizontalAdvance(QStringLiteral("✓ 0.008888")) + 2 * kTextMargin;

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_view, 1);
    setReports({});
}

void FigureTable::setReports(RoleReports reports)
{
    QStringList names;
    QStringList bases;
    const auto count
        = std::count_if(reports.begin(), reports.end(), [](const auto& report) { return report != nullptr; });
    reports.resize(kSeriesRoles.size());
    for (std::size_t slot = 0; slot < reports.size(); ++slot) {
        const Report* report = reports[slot].get();
        const QString letter = seriesLetter(kSeriesRoles[slot]);
        m_view->setColumnHidden(FigureModel::AColumn + static_cast<int>(slot), slot > 0 && report == nullptr);
        if (report == nullptr)
            continue;
        names << tr("%1: %2").arg(letter, nameOf(*report));
        if (const QString basis = basisSentence(QString::fromStdString(report->basis)); !basis.isEmpty())
            bases << (count > 1 ? letter + u' ' + basis : basis);
    }
    if (count > 1)
        names << (count > 2 ? tr("✓ best") : tr("✓ better"));
    QString title = count == 0 ? tr("No figures yet") : names.join(QStringLiteral("   "));
    for (const QString& basis : bases)
        title += u'\n' + basis;
    m_title->setText(title);
    m_view->setColumnHidden(FigureModel::DifferenceColumn, count != 2 || !reports[0] || !reports[1]);
    m_model->setReports(std::move(reports));
    fitColumns();
}

void FigureTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void FigureTable::setNumberWidths(int number)
{
    for (const int column : kNumberColumns)
        m_view->setColumnWidth(column, column == FigureModel::DifferenceColumn ? m_differenceWidth : number);
}

void FigureTable::fitColumns()
{
    const int fewest = m_view->fontMetrics().averageCharWidth() * kFewestLetters;
    const int room = m_view->width() - m_view->verticalScrollBar()->sizeHint().width() - 4;
    const auto rest = [&](int number) {
        int left = room;
        for (const int column : kNumberColumns)
            if (!m_view->isColumnHidden(column))
                left -= column == FigureModel::DifferenceColumn ? m_differenceWidth : number;
        return left;
    };
    const int number = rest(m_numberWidth) >= fewest * 3 / 2 ? m_numberWidth : m_narrowWidth;
    setNumberWidths(number);
    m_view->setColumnWidth(FigureModel::NameColumn, std::max(fewest, rest(number)));
    fitRows();
}

void FigureTable::fitRows()
{
    const QFontMetrics metrics = m_view->fontMetrics();
    const int room = m_view->columnWidth(FigureModel::NameColumn) - 2 * kTextMargin;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QString name
            = m_model->index(row, FigureModel::NameColumn).data(FigureModel::NameWithUnitRole).toString();
        const QRect lines = metrics.boundingRect(QRect(0, 0, room, 1000), Qt::TextWordWrap, name);
        m_view->setRowHeight(row, std::max(metrics.height(), lines.height()) + 6);
    }
}

QString FigureTable::toText() const
{
    QList<int> hidden;
    for (const int column : kNumberColumns)
        if (m_view->isColumnHidden(column))
            hidden << column;
    return tableText(*m_model, hidden);
}

}  // namespace nanoscope
