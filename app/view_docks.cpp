#include "app/view_docks.h"

#include "app/block_finder.h"
#include "app/block_sqnr_dock.h"
#include "app/cost_dock.h"
#include "app/deferred_refresh.h"
#include "app/difference_dock.h"
#include "app/dock_frame.h"
#include "app/dock_titles.h"
#include "app/error_share_dock.h"
#include "app/lessons_dock.h"
#include "app/level_link.h"
#include "app/model_dock.h"
#include "app/outlier_dock.h"
#include "app/pareto_dock.h"
#include "app/perplexity_dock.h"
#include "app/speed_meter.h"
#include "app/sweep_dock.h"
#include "app/teach_dock.h"
#include "widgets/block_sqnr_chart.h"
#include "widgets/block_view_widget.h"
#include "widgets/error_map_view.h"
#include "widgets/figure_table.h"
#include "widgets/format_editor.h"
#include "widgets/heat_map.h"
#include "widgets/inspector.h"
#include "widgets/level_plot.h"
#include "widgets/level_stack.h"
#include "widgets/level_table.h"
#include "widgets/magnitude_chart.h"
#include "widgets/speed_view.h"
#include "widgets/study_view.h"
#include "widgets/tensor_model.h"
#include "widgets/tensor_panel.h"
#include "widgets/twin_pane.h"

#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>

#include <algorithm>

namespace nanoscope {

ViewDocks::ViewDocks(QMainWindow& window, Explorer& explorer)
    : QObject(&window)
    , m_window(window)
    , m_explorer(explorer)
    , m_speedMeter(new SpeedMeter(this))
{
    createViews();
    for (QDockWidget* each : m_docks)
        each->setWidget(new DockFrame(each->widget()));
    new DockTitles(m_window, m_docks);
    connectExplorer();
    connectViews();
    watchPlots();
    showFormats();
}

QDockWidget* ViewDocks::addDock(const QString& title, const QString& objectName, QWidget* content)
{
    auto* dock = new QDockWidget(title, &m_window);
    dock->setObjectName(objectName);
    dock->setWidget(content);
    m_docks.append(dock);
    m_byName.insert(objectName, dock);
    return dock;
}

template <class Panel> Panel* ViewDocks::addPanel(const QString& title, const QString& objectName)
{
    auto* panel = new Panel(*addDock(title, objectName, nullptr), m_explorer);
    watchPanel(panel);
    return panel;
}

void ViewDocks::watchPanel(PanelDock* panel)
{
    connect(panel, &PanelDock::currentChanged, this, &ViewDocks::currentChanged);
    connect(panel, &PanelDock::failed, this, &ViewDocks::failed);
    m_panels.push_back(panel);
}

void ViewDocks::createViews()
{
    m_tensors = new TensorPanel;
    addDock(tr("Tensors"), "Tensors", m_tensors);
    for (const Explorer::Slot slot : Explorer::kEverySlot) {
        const QString letter = seriesLetter(kSeriesRoles[slot]);
        m_editors[slot] = new FormatEditor(letter);
        addDock(tr("Format %1").arg(letter), "Format" + letter, m_editors[slot]);
    }
    m_levels = new LevelStack;
    m_currentPlot = m_levels->plot(SeriesRole::A);
    addDock(tr("Levels"), "Levels", m_levels);
    m_levelTable = new LevelTable;
    addDock(tr("Level table"), "LevelTable", m_levelTable);
    m_errorMap = new ErrorMapView;
    addDock(tr("Error map"), "ErrorMap", m_errorMap);
    m_magnitude = new MagnitudeChart;
    m_magnitude->setObjectName("magnitudeChart");
    m_magnitude->setAccessibleName(tr("Error by magnitude chart"));
    addDock(tr("By magnitude"), "ErrorByMagnitude",
        new TwinPane(m_magnitude, m_magnitude->tableModel(), tr("Error by magnitude table")));
    addPanel<BlockSqnrDock>(tr("Per block"), "BlockSqnr");
    addPanel<ErrorShareDock>(tr("Error share"), "ErrorShare");
    m_outliers = addPanel<OutlierDock>(tr("Outliers"), "Outliers");
    m_studies = new StudyView;
    addDock(tr("Studies"), "Studies", m_studies);
    m_block = new BlockBits;
    addDock(tr("Block"), "Block", m_block);
    m_inspector = new Inspector;
    addDock(tr("Inspector"), "Inspector", m_inspector);
    m_figures = new FigureTable;
    addDock(tr("Figures"), "Figures", m_figures);
    createSpeed();
    createPanels();
}

void ViewDocks::createPanels()
{
    m_cost = addPanel<CostDock>(tr("Cost"), "Cost");
    auto* pareto = addPanel<ParetoDock>(tr("Pareto"), "Pareto");
    connect(pareto, &ParetoDock::formatChosen, this, [this](const NamedFormat& format) {
        FormatSet formats = m_explorer.formats();
        formats.b = format;
        emit formatsEdited(formats, {});
    });
    auto* sweep = addPanel<SweepDock>(tr("Sweep"), "Sweep");
    connect(sweep, &SweepDock::formatChosen, this, [this](const NamedFormat& format) {
        FormatSet formats = m_explorer.formats();
        formats.a = format;
        emit formatsEdited(formats, {});
    });
    connect(&m_cost->desk(), &CostDesk::choiceChanged, this, [this, pareto, sweep] {
        const CostChoice& choice = m_cost->desk().choice();
        pareto->setCostSetup(choice.setup, choice.activations);
        sweep->setCostSetup(choice.setup, choice.activations);
    });
    addPanel<DifferenceDock>(tr("Difference"), "Difference");
    addPanel<ModelDock>(tr("Model"), "Model");
    auto* perplexity = addPanel<PerplexityDock>(tr("Perplexity"), "Perplexity");
    connect(&perplexity->desk(), &PerplexityDesk::filesChanged, pareto, &ParetoDock::setLanguageModel);
    m_teach = addPanel<TeachDock>(tr("Teach"), "Teach");
    m_lessons = addPanel<LessonsDock>(tr("Lessons"), "Lessons");
}

void ViewDocks::createSpeed()
{
    m_speed = new SpeedView;
    addDock(tr("Speed"), "Speed", m_speed);
    connect(m_speed, &SpeedView::measureRequested, m_speedMeter, &SpeedMeter::start);
    connect(m_speed, &SpeedView::cancelRequested, m_speedMeter, &SpeedMeter::cancel);
    connect(m_speedMeter, &SpeedMeter::progressed, m_speed, [this](double done) { m_speed->setMeasuring(done); });
    connect(m_speedMeter, &SpeedMeter::stopped, m_speed, [this] { m_speed->setMeasuring(std::nullopt); });
    connect(m_speedMeter, &SpeedMeter::measured, m_speed, &SpeedView::setSpeed);
    connect(m_speedMeter, &SpeedMeter::failed, this, &ViewDocks::failed);
    connect(&m_explorer, &Explorer::tensorChanged, this, [this] {
        const LoadedTensor& tensor = *m_explorer.tensor();
        m_speed->clearTimes();
        m_speed->setTime(SpeedStage::Loading, {tensor.readSeconds(), tensor.tensor().info.elements, {}});
    });
    connect(&m_explorer, &Explorer::answerChanged, this, &ViewDocks::showTimes);
}

/// Takes the time of the newest answer into the table of stages.
void ViewDocks::showTimes(int slot)
{
    const std::shared_ptr<const Report> answer = m_explorer.answer(static_cast<Explorer::Slot>(slot));
    if (!answer)
        return;
    const quint64 elements = answer->elements;
    const SpeedStage stage = answer->tier == ReportTier::Summary ? SpeedStage::SummaryAnswer
        : answer->tier == ReportTier::Preview                    ? SpeedStage::Preview
        : answer->tier == ReportTier::Pass                       ? SpeedStage::Pass
                                                                 : SpeedStage::Report;
    m_speed->setTime(stage, {answer->seconds, elements, QString::fromStdString(answer->format.name)});
    if (const auto seconds = m_explorer.tensor()->summarySeconds())
        m_speed->setTime(SpeedStage::SummaryBuild, {*seconds, elements, {}});
}

void ViewDocks::connectExplorer()
{
    connect(&m_explorer, &Explorer::fileOpened, this,
        [this](const QString&, const std::vector<TensorInfo>& tensors) { m_tensors->model().setTensors(tensors); });
    connect(&m_explorer, &Explorer::tensorChanged, this, [this] {
        m_tensors->setTensor(m_explorer.tensor()->tensor().info);
        m_tensors->setView(m_explorer.cut().axis, m_explorer.cut().reshape);
    });
    connect(&m_explorer, &Explorer::cutChanged, this,
        [this] { m_tensors->setView(m_explorer.cut().axis, m_explorer.cut().reshape); });
    connect(&m_explorer, &Explorer::stopped, m_tensors, &TensorPanel::markExplored);
    connect(&m_explorer, &Explorer::formatsChanged, this, &ViewDocks::showFormats);
    connect(&m_explorer, &Explorer::traceChanged, this, &ViewDocks::showTrace);
    connect(&m_explorer, &Explorer::elementChanged, this, &ViewDocks::showElement);
    connect(m_byName.value("Studies"), &QDockWidget::visibilityChanged, &m_explorer, &Explorer::setStudied);
    connect(&m_explorer, &Explorer::studyChanged, this, [this] {
        m_studies->setResult(m_explorer.study());
        m_studies->setRunning(m_explorer.study() && !m_explorer.isStudyCurrent());
    });

    const auto refresh = [this](const char* dock, std::function<void()> action) {
        m_reportViews.append(new DeferredRefresh(m_byName.value(dock), std::move(action)));
    };
    const auto answer = [this](const char* dock, std::function<void()> action) {
        m_answerViews.append(new DeferredRefresh(m_byName.value(dock), std::move(action)));
    };
    answer("Levels", [this] { m_levels->setReports(answers()); });
    answer("LevelTable", [this] { m_levelTable->setReport(m_explorer.answer(Explorer::A)); });
    refresh("ErrorMap", [this] {
        m_errorMap->setReport(m_explorer.report(Explorer::A));
        m_errorMap->setSelectedBlock(m_explorer.selectedBlock());
    });
    refresh("ErrorByMagnitude", [this] { m_magnitude->setReports(reports()); });
    answer("Figures", [this] { m_figures->setReports(answers()); });
    connect(&m_explorer, &Explorer::answerChanged, this, [this] {
        for (DeferredRefresh* view : m_answerViews)
            view->request();
    });
    connect(&m_explorer, &Explorer::reportChanged, this, [this](int slot) {
        for (DeferredRefresh* view : m_reportViews)
            view->request();
        const std::shared_ptr<const Report> report = m_explorer.report(Explorer::A);
        if (slot != Explorer::A)
            return;
        m_block->setBlockCount(report ? report->blockSquaredError.size() : 0);
        if (!report)
            return;
        m_tensors->model().setSqnr(
            QString::fromStdString(report->tensor.name), report->error.sqnrDecibel.value_or(std::nan("")));
    });
}

void ViewDocks::connectViews()
{
    connect(m_tensors, &TensorPanel::tensorActivated, &m_explorer, &Explorer::selectTensor);
    connect(m_tensors, &TensorPanel::viewChanged, this, [this](int axis, const std::optional<Shape>& reshape) {
        m_explorer.setCut({axis, reshape});
    });
    for (const Explorer::Slot slot : Explorer::kEverySlot) {
        connect(m_editors[slot], &FormatEditor::formatEdited, this,
            [this, slot](const NamedFormat& format, const QString& controlId) {
                FormatSet formats = m_explorer.formats();
                formats.set(slot, format);
                emit formatsEdited(formats, controlId);
            });
    }
    m_levelLink = new LevelLink(
        {*m_levels, *m_levelTable, *m_block, m_errorMap->map(), *m_byName.value("ErrorMap")}, m_explorer);
    watchPanel(m_levelLink);
    watchPanel(new BlockFinder(*m_block, m_explorer));
    connect(m_outliers, &OutlierDock::elementChosen, m_levelLink, &LevelLink::release);
    connect(m_errorMap, &ErrorMapView::blockSelected, &m_explorer, &Explorer::selectBlock);
    connect(m_block, &BlockBits::blockRequested, &m_explorer, &Explorer::selectBlock);
    connect(m_block, &BlockBits::elementSelected, &m_explorer, &Explorer::selectElement);
}

void ViewDocks::watchPlots()
{
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (auto* plot = qobject_cast<PlotView*>(now))
            m_currentPlot = plot;
    });
}

Explorer::Slot ViewDocks::currentSlot() const
{
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        if (m_currentPlot == m_levels->plot(kSeriesRoles[slot]))
            return slot;
    return Explorer::A;
}

void ViewDocks::showFormats()
{
    const FormatSet& formats = m_explorer.formats();
    for (const Explorer::Slot slot : Explorer::kEverySlot) {
        const NamedFormat* format = formats.at(slot);
        m_editors[slot]->setEnabled(format != nullptr);
        m_levels->setShown(kSeriesRoles[slot], format != nullptr);
        if (format != nullptr)
            m_editors[slot]->setFormat(*format);
        if (slot > Explorer::B && m_hasFormat[slot] != (format != nullptr))  // what the user closed stays closed
            m_byName["Format" + seriesLetter(kSeriesRoles[slot])]->setVisible(format != nullptr);
        m_hasFormat[slot] = format != nullptr;
    }
    if (m_sqnrFormat == formats.a)
        return;
    m_sqnrFormat = formats.a;  // figures of another format say nothing of this one
    m_tensors->model().clearSqnr();
}

void ViewDocks::hideUnusedFormats()
{
    for (const Explorer::Slot slot : {Explorer::C, Explorer::D})
        if (m_explorer.formats().at(slot) == nullptr)
            m_byName["Format" + seriesLetter(kSeriesRoles[slot])]->hide();
}

bool ViewDocks::isCurrent() const
{
    return std::all_of(m_panels.begin(), m_panels.end(), [](const PanelDock* panel) { return panel->isCurrent(); });
}

bool ViewDocks::isBusy() const
{
    return std::any_of(m_panels.begin(), m_panels.end(), [](const PanelDock* panel) { return panel->isBusy(); });
}

QString ViewDocks::unsettled() const
{
    if (isBusy())
        return {};
    for (const PanelDock* panel : m_panels)
        if (!panel->isCurrent())
            return panel->unsettled();
    return {};
}

void ViewDocks::cancel()
{
    for (PanelDock* panel : m_panels)
        panel->cancel();
}

void ViewDocks::save(QSettings& settings) const
{
    for (const PanelDock* panel : m_panels)
        panel->save(settings);
}

void ViewDocks::restore(const QSettings& settings)
{
    for (PanelDock* panel : m_panels)
        panel->restore(settings);
}

void ViewDocks::focusFirstView()
{
    m_levels->plot(SeriesRole::A)->setFocus();
}

RoleReports ViewDocks::answers() const
{
    RoleReports result;
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        result.push_back(m_explorer.answer(slot));
    return result;
}

RoleReports ViewDocks::reports() const
{
    RoleReports result;
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        result.push_back(m_explorer.report(slot));
    return result;
}

void ViewDocks::setPresets(const std::vector<Preset>& presets)
{
    for (FormatEditor* editor : m_editors)
        editor->setPresets(presets);
    for (PanelDock* panel : m_panels)
        panel->setPresets(presets);
}

void ViewDocks::setTheme(const Theme& theme)
{
    m_levels->setTheme(theme);
    m_errorMap->map().setTheme(theme);
    m_magnitude->setTheme(theme);
    m_studies->setTheme(theme);
    m_block->setTheme(theme);
    m_inspector->setTheme(theme);
    for (FormatEditor* editor : m_editors)
        editor->setTheme(theme);
    for (PanelDock* panel : m_panels)
        panel->setTheme(theme);
}

}  // namespace nanoscope
