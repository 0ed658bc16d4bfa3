#include "widgets/pareto_view.h"

#include "widgets/pareto_chart.h"
#include "widgets/pareto_loss_bar.h"
#include "widgets/pareto_model.h"
#include "widgets/plain_table.h"
#include "widgets/table_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

/// Sorts by value and leaves out the rows that the chart's filter hides; refused formats stay.
class ParetoRows : public QSortFilterProxyModel {
public:
    ParetoRows(const ParetoFilter& filter, QObject* parent)
        : QSortFilterProxyModel(parent)
        , m_filter(filter)
    {
        setSortRole(ParetoModel::SortRole);
        setDynamicSortFilter(true);
    }

    void setState(std::shared_ptr<const ParetoState> state, const std::vector<std::size_t>& front)
    {
        m_state = std::move(state);
        m_front = std::set<std::size_t>(front.begin(), front.end());
        invalidateFilter();
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        if (!m_state || parent.isValid())
            return false;
        if (static_cast<std::size_t>(row) >= m_state->presets.size())  // a bound: where it is drawn, at whole bits
            return hasBounds(m_filter) && m_filter.text.isEmpty() && isWholeBits(row);
        const auto preset = static_cast<std::size_t>(row);
        const ParetoEntry& entry = m_state->presets[preset];
        return passesFilter(entry, m_filter) && (!m_filter.onlyFront || m_front.contains(preset));
    }

private:
    [[nodiscard]] bool isWholeBits(int row) const
    {
        const double bits = sourceModel()->index(row, ParetoModel::BitsColumn).data(ParetoModel::SortRole).toDouble();
        return bits == std::floor(bits);
    }

    const ParetoFilter& m_filter;  // the view's
    std::shared_ptr<const ParetoState> m_state;
    std::set<std::size_t> m_front;
};

}  // namespace

ParetoView::ParetoView(QWidget* parent)
    : QWidget(parent)
    , m_merit(new QComboBox(this))
    , m_axis(new QComboBox(this))
    , m_text(new QLineEdit(this))
    , m_onlyFront(new QCheckBox(tr("Front onl&y"), this))
    , m_bounds(new QCheckBox(tr("L&imits"), this))
    , m_logarithmic(new QCheckBox(tr("&Logarithmic"), this))
    , m_groups(new QToolButton(this))
    , m_whole(new QToolButton(this))
    , m_setup(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_run(new QToolButton(this))
    , m_losses(new ParetoLossBar(this))
    , m_pages(new QTabWidget(this))
    , m_chart(new ParetoChart)
    , m_model(new ParetoModel(this))
    , m_sorted(new ParetoRows(m_filter, this))
    , m_table(new QTableView)
{
    m_sorted->setSourceModel(m_model);
    m_table->setObjectName(QStringLiteral("paretoTable"));
    m_table->setAccessibleName(tr("Pareto table"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ParetoModel::SqnrColumn, Qt::DescendingOrder);
    setUpTable(*m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setColumnWidth(ParetoModel::NameColumn, 180);
    for (int column = ParetoModel::FrontColumn; column < ParetoModel::GroupColumn; ++column)
        m_table->setColumnWidth(column, 84);
    for (const int column : {ParetoModel::MaximumErrorColumn, ParetoModel::VacantInBlockColumn})
        m_table->setColumnWidth(column, 108);
    m_table->setColumnWidth(ParetoModel::GroupColumn, 150);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_pages->setObjectName(QStringLiteral("paretoPages"));
    m_pages->setDocumentMode(true);
    m_pages->addTab(m_chart, tr("Chart"));
    m_pages->addTab(m_table, tr("Table"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addWidget(makeControls());
    layout->addWidget(m_pages, 1);

    connect(m_chart, &ParetoChart::presetChosen, this, &ParetoView::formatChosen);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const QString name = m_model->nameAt(m_sorted->mapToSource(index).row());
        if (!name.isEmpty())
            Q_EMIT formatChosen(name);
    });
    setAxis(ParetoAxis::Bits);
    showState();
}

QWidget* ParetoView::makeControls()
{
    auto* controls = new QWidget(this);
    m_axis->setObjectName(QStringLiteral("paretoAxis"));
    for (const ParetoAxis axis : kParetoAxes)
        m_axis->addItem(paretoAxisName(axis));
    m_merit->setObjectName(QStringLiteral("paretoMerit"));
    for (const ParetoFigure merit : kParetoFigures)
        m_merit->addItem(meritFigureName(merit));
    auto* meritLabel = new QLabel(tr("Sho&w"), controls);
    meritLabel->setBuddy(m_merit);
    m_bounds->setObjectName(QStringLiteral("paretoBounds"));
    m_bounds->setChecked(true);
    m_bounds->setToolTip(tr("What theory allows at the same bits for values drawn independently with this tensor's "
                            "distribution: Shannon's limit, a scalar quantizer with many levels (Panter-Dite), and the "
                            "best codebook of so many levels (Lloyd-Max). Formats with a scale per block may beat the "
                            "last two: they use that neighbors are alike."));
    auto* axisLabel = new QLabel(tr("A&gainst"), controls);
    axisLabel->setBuddy(m_axis);
    m_text->setObjectName(QStringLiteral("paretoFilter"));
    m_text->setAccessibleName(tr("Pareto filter"));
    m_text->setPlaceholderText(tr("part of a name"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(90);
    m_onlyFront->setObjectName(QStringLiteral("paretoOnlyFront"));
    m_onlyFront->setToolTip(tr("Show only formats that no other beats in both figures"));
    m_logarithmic->setObjectName(QStringLiteral("paretoLogarithmic"));
    m_groups->setObjectName(QStringLiteral("paretoGroups"));
    m_groups->setText(tr("Groups"));
    m_groups->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_groups);
    fillGroups(*menu);
    m_groups->setMenu(menu);
    m_whole->setObjectName(QStringLiteral("paretoWhole"));
    m_whole->setText(tr("Whole range"));
    m_whole->setToolTip(tr("Show every format; 0 or a double click shows the usual range again"));
    m_setup->setObjectName(QStringLiteral("paretoSetup"));
    m_setup->setTextFormat(Qt::PlainText);
    m_setup->setWordWrap(true);
    m_progress->setObjectName(QStringLiteral("paretoProgress"));
    m_progress->setAccessibleName(tr("Presets measured"));
    m_progress->setFormat(tr("%v of %m measured"));
    m_progress->setMaximumHeight(m_progress->fontMetrics().height() + 4);
    m_run->setObjectName(QStringLiteral("paretoRun"));
    m_run->setAccessibleName(tr("Go on measuring presets"));

    for (QComboBox* box : {m_merit, m_axis}) {  // names are long, the list shows them whole
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(9);
    }
    auto* grid = new QGridLayout(controls);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    constexpr int kGap = 8;
    auto* axes = new QHBoxLayout;  // rows of their own: names and boxes do not wait for each other's width
    axes->addWidget(meritLabel);
    axes->addWidget(m_merit, 1);
    axes->addWidget(axisLabel);
    axes->addWidget(m_axis, 1);
    axes->addWidget(m_whole);
    axes->setSpacing(kGap);
    auto* filters = new QHBoxLayout;
    filters->setSpacing(kGap);
    filters->addWidget(m_text, 1);
    for (QWidget* each : {static_cast<QWidget*>(m_bounds), static_cast<QWidget*>(m_onlyFront),
             static_cast<QWidget*>(m_logarithmic), static_cast<QWidget*>(m_groups)})
        filters->addWidget(each);
    grid->addLayout(axes, 0, 0, 1, 2);
    grid->addLayout(filters, 1, 0, 1, 2);
    grid->addWidget(m_setup, 2, 0, 1, 2);
    grid->addWidget(m_progress, 3, 0);
    grid->addWidget(m_run, 3, 1);
    grid->addWidget(m_losses, 4, 0, 1, 2);
    grid->setColumnStretch(0, 1);

    connect(m_axis, &QComboBox::currentIndexChanged, this,
        [this](int index) { setAxis(kParetoAxes[static_cast<std::size_t>(index)]); });
    connect(m_merit, &QComboBox::currentIndexChanged, this,
        [this](int index) { setMerit(kParetoFigures[static_cast<std::size_t>(index)]); });
    connect(m_bounds, &QCheckBox::toggled, this, [this](bool on) {
        m_filter.showsBounds = on;
        applyFilter();
    });
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter.text = text.trimmed();
        applyFilter();
    });
    connect(m_onlyFront, &QCheckBox::toggled, this, [this](bool on) {
        m_filter.onlyFront = on;
        applyFilter();
    });
    connect(m_logarithmic, &QCheckBox::toggled, this, [this](bool on) {
        m_filter.isLogarithmic = on;
        applyFilter();
    });
    connect(m_whole, &QToolButton::clicked, m_chart, &ParetoChart::showWholeRange);
    connect(m_run, &QToolButton::clicked, this, [this] { Q_EMIT runAsked(!(m_state && m_state->isRunning)); });
    connect(m_losses, &ParetoLossBar::startAsked, this, [this] { Q_EMIT lossesAsked(sqnrFront()); });
    connect(m_losses, &ParetoLossBar::stopAsked, this, &ParetoView::lossStopAsked);
    return controls;
}

void ParetoView::fillGroups(QMenu& menu)
{
    for (const ParetoGroup group : kParetoGroups) {
        QAction* action = menu.addAction(paretoGroupName(group));
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, this, [this, group](bool on) {
            if (on)
                m_filter.hiddenGroups.remove(static_cast<int>(group));
            else
                m_filter.hiddenGroups.insert(static_cast<int>(group));
            applyFilter();
        });
    }
}

void ParetoView::setAxis(ParetoAxis axis)
{
    m_filter.axis = axis;
    m_axis->setCurrentIndex(static_cast<int>(axis));
    const bool isCost = axis != ParetoAxis::Bits;
    m_filter.isLogarithmic = isCost;  // costs span decades
    m_logarithmic->setChecked(isCost);
    m_setup->setVisible(isCost && !m_setupText.isEmpty());
    applyFilter();
}

void ParetoView::setMerit(ParetoFigure merit)
{
    const auto at = std::find(kParetoFigures.begin(), kParetoFigures.end(), merit);
    if (at == kParetoFigures.end())
        return;
    m_filter.merit = merit;
    m_merit->setCurrentIndex(static_cast<int>(at - kParetoFigures.begin()));
    applyFilter();
}

void ParetoView::setSetupText(const QString& text)
{
    m_setupText = text;
    m_setup->setText(text);
    m_setup->setVisible(m_filter.axis != ParetoAxis::Bits && !text.isEmpty());
}

void ParetoView::setState(std::shared_ptr<const ParetoState> state)
{
    m_state = std::move(state);
    m_chart->setState(m_state);
    showState();
}

void ParetoView::applyFilter()
{
    m_chart->setFilter(m_filter);
    showState();
}

void ParetoView::showState()
{
    ParetoFilter drawn = m_filter;
    drawn.showsBounds = true;
    m_bounds->setEnabled(hasBounds(drawn));
    m_model->setState(m_state, m_filter.axis, m_chart->front(), m_filter.merit);
    static_cast<ParetoRows*>(m_sorted)->setState(m_state, m_chart->front());
    showLosses();
    const bool isOpen = m_state && m_state->measured < m_state->presets.size();
    m_progress->setVisible(isOpen);
    m_run->setVisible(isOpen);
    if (!isOpen)
        return;
    m_progress->setRange(0, static_cast<int>(m_state->presets.size()));
    m_progress->setValue(static_cast<int>(m_state->measured));
    m_run->setText(m_state->isRunning ? tr("Stop") : tr("Go on"));
    m_run->setAccessibleName(m_state->isRunning ? tr("Stop measuring presets") : tr("Go on measuring presets"));
}

QStringList ParetoView::sqnrFront() const
{
    QStringList names;
    if (!m_state)
        return names;
    ParetoFilter filter = m_filter;
    filter.merit = MeritFigure::Sqnr;
    for (const std::size_t preset : paretoSelection(*m_state, filter).front)
        names << m_state->presets[preset].name;
    return names;
}

void ParetoView::showLosses()
{
    const bool isOfLoss = m_filter.merit.isLossChange();
    m_losses->setVisible(isOfLoss);
    if (isOfLoss)
        m_losses->setRun(m_state ? m_state->losses : ParetoLossRun{}, static_cast<std::size_t>(sqnrFront().size()));
}

void ParetoView::setTheme(const Theme& theme)
{
    m_chart->setTheme(theme);
}

const QAbstractItemModel& ParetoView::tableModel() const
{
    return *m_sorted;
}

QString ParetoView::toText() const
{
    return tableText(*m_sorted);
}

}  // namespace nanoscope
