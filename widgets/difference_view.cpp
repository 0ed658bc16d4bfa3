#include "widgets/difference_view.h"

#include "widgets/chart_table.h"
#include "widgets/difference_map.h"
#include "widgets/number_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::size_t kListed = 200;  // cells in the table

void choose(QComboBox& box, int slot)
{
    if (const int index = box.findData(slot); index >= 0)
        box.setCurrentIndex(index);
}

}  // namespace

DifferenceView::DifferenceView(QWidget* parent)
    : QWidget(parent)
    , m_first(makeChoice(QStringLiteral("differenceFirst"), tr("Difference of")))
    , m_second(makeChoice(QStringLiteral("differenceSecond"), tr("Difference minus")))
    , m_map(new DifferenceMap)
    , m_table(new QTableView)
    , m_rows(new ChartTableModel(this))
{
    m_map->setObjectName(QStringLiteral("differenceMap"));
    m_map->setAccessibleName(tr("Difference map"));
    m_table->setObjectName(QStringLiteral("differenceTable"));
    m_table->setAccessibleName(tr("Cells that differ most"));
    m_table->setModel(m_rows);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);

    auto* of = new QLabel(tr("Of"));
    of->setBuddy(m_first);
    auto* minus = new QLabel(tr("&minus"));
    minus->setBuddy(m_second);
    auto* choices = new QHBoxLayout;
    choices->setContentsMargins(6, 4, 6, 0);
    for (QWidget* widget : std::initializer_list<QWidget*>{of, m_first, minus, m_second})
        choices->addWidget(widget);
    choices->addStretch(1);
    auto* pages = new QTabWidget;
    pages->setObjectName(QStringLiteral("differencePages"));
    pages->setDocumentMode(true);
    pages->addTab(m_map, tr("Map"));
    pages->addTab(m_table, tr("Largest differences"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(choices);
    layout->addWidget(pages, 1);

    connect(m_map, &DifferenceMap::cellSelected, this, &DifferenceView::cellSelected);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!now.isValid() || static_cast<std::size_t>(now.row()) >= m_cells.size())
            return;
        const quint64 cell = m_cells[static_cast<std::size_t>(now.row())];
        m_map->setSelectedCell(cell);
        emit cellSelected(cell);
    });
}

QComboBox* DifferenceView::makeChoice(const QString& objectName, const QString& name)
{
    auto* box = new QComboBox(this);
    box->setObjectName(objectName);
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMinimumWidth(box->fontMetrics().averageCharWidth() * 14);  // a narrow dock cuts long names
    connect(box, &QComboBox::currentIndexChanged, this, &DifferenceView::sidesEdited);
    return box;
}

void DifferenceView::setFormats(const QStringList& names)
{
    int fallback = 0;  // A and the first other
    for (QComboBox* box : {m_first, m_second}) {
        const QSignalBlocker blocker(box);
        const int chosen = box->count() > 0 ? box->currentData().toInt() : fallback;
        box->clear();
        for (int slot = 0; slot < names.size(); ++slot)
            if (!names[slot].isEmpty())
                box->addItem(QStringLiteral("%1: %2").arg(
                                 seriesLetter(kSeriesRoles[static_cast<std::size_t>(slot)]), names[slot]),
                    slot);
        choose(*box, chosen);
        fallback = 1;
    }
    if (m_second->count() > 1 && m_second->currentData() == m_first->currentData()) {
        const QSignalBlocker blocker(m_second);
        m_second->setCurrentIndex(m_first->currentIndex() == 1 ? 0 : 1);
    }
}

std::optional<DifferenceSides> DifferenceView::sides() const
{
    if (m_first->count() < 2)
        return std::nullopt;
    const auto nameOf = [](const QComboBox& box) { return box.currentText().section(QStringLiteral(": "), 1); };
    const auto roleOf
        = [](const QComboBox& box) { return kSeriesRoles[static_cast<std::size_t>(box.currentData().toInt())]; };
    return DifferenceSides{nameOf(*m_first), nameOf(*m_second), roleOf(*m_first), roleOf(*m_second)};
}

void DifferenceView::setDifference(std::shared_ptr<const BlockDifference> difference, const QString& reason)
{
    m_difference = std::move(difference);
    m_map->setEmptyText(reason.isEmpty() ? tr("Compare with format B to see where each is better") : reason);
    m_map->setDifference(m_difference, sides().value_or(DifferenceSides{}));
    fillTable();
}

void DifferenceView::fillTable()
{
    m_cells.clear();
    ChartTable table;
    table.columns = {tr("Row"), tr("From column"), tr("Difference, dB"), tr("Better")};
    if (m_difference) {
        const std::vector<float>& values = m_difference->decibel;
        std::vector<quint64> order;
        for (quint64 i = 0; i < values.size(); ++i)
            if (!std::isnan(values[i]) && values[i] != 0)
                order.push_back(i);
        const std::size_t listed = std::min(kListed, order.size());
        std::partial_sort(
            order.begin(), order.begin() + static_cast<std::ptrdiff_t>(listed), order.end(), [&](quint64 a, quint64 b) {
                return std::pair(-std::fabs(values[a]), a) < std::pair(-std::fabs(values[b]), b);
            });
        order.resize(listed);
        const DifferenceSides shown = sides().value_or(DifferenceSides{});
        for (const quint64 cell : order)
            table.rows.push_back({countText(cell / m_difference->cellsPerRow),
                countText(cell % m_difference->cellsPerRow * m_difference->cellLength),
                std::isinf(values[cell]) ? (values[cell] > 0 ? QStringLiteral("∞") : QStringLiteral("−∞"))
                                         : fixedText(static_cast<double>(values[cell]), 2),
                values[cell] > 0 ? shown.first : shown.second});
        m_cells = std::move(order);
    }
    m_rows->setTable(std::move(table));
}

void DifferenceView::setTheme(const Theme& theme)
{
    m_map->setTheme(theme);
}

const QAbstractTableModel& DifferenceView::tableModel() const
{
    return *m_rows;
}

}  // namespace nanoscope
