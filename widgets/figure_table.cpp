#include "widgets/figure_table.h"

#include "widgets/basis_text.h"
#include "widgets/figure_model.h"
#include "widgets/table_text.h"
#include "widgets/tier_text.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

constexpr int kFewestLetters = 16;  // of a figure's name before the table scrolls sideways

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
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 6);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setMinimumSectionSize(30);
    m_view->setItemDelegateForColumn(FigureModel::NameColumn, new NameDelegate(m_view));
    m_view->setColumnHidden(FigureModel::UnitColumn, true);  // the name shows it; copied text keeps the column

    // Fixed widths, so that columns stand still while the figures change.
    QFont bold = m_view->font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    const int number = metrics.horizontalAdvance(QStringLiteral("✓ −8.888×10⁻⁸")) + 12;
    for (const int column : {FigureModel::AColumn, FigureModel::BColumn, FigureModel::DifferenceColumn})
        m_view->setColumnWidth(column, number);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_view, 1);
    setReports(nullptr, nullptr);
}

void FigureTable::setReports(std::shared_ptr<const Report> a, std::shared_ptr<const Report> b)
{
    const QString nameA = a ? nameOf(*a) : QString();
    const QString nameB = b ? nameOf(*b) : QString();
    QString title = !a && !b ? tr("No figures yet")
        : b                  ? tr("A: %1   B: %2   ✓ better").arg(nameA, nameB)
                             : tr("A: %1").arg(nameA);
    for (const auto& [letter, report] : {std::pair(QStringLiteral("A"), a), std::pair(QStringLiteral("B"), b)})
        if (const QString basis = report ? basisSentence(QString::fromStdString(report->basis)) : QString();
            !basis.isEmpty())
            title += u'\n' + (b ? letter + u' ' + basis : basis);
    m_title->setText(title);
    m_view->setColumnHidden(FigureModel::BColumn, !b);
    m_view->setColumnHidden(FigureModel::DifferenceColumn, !b);
    m_model->setReports(std::move(a), std::move(b));
    fitNames();
}

void FigureTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitNames();
}

void FigureTable::fitNames()
{
    int numbers = 0;
    for (const int column : {FigureModel::AColumn, FigureModel::BColumn, FigureModel::DifferenceColumn})
        numbers += m_view->isColumnHidden(column) ? 0 : m_view->columnWidth(column);
    const int fewest = m_view->fontMetrics().averageCharWidth() * kFewestLetters;
    const int scrollBar = m_view->verticalScrollBar()->sizeHint().width();
    m_view->setColumnWidth(FigureModel::NameColumn, std::max(fewest, m_view->width() - numbers - scrollBar - 4));
}

QString FigureTable::toText() const
{
    return tableText(*m_model);
}

}  // namespace nanoscope
