#include "widgets/cost_panel.h"

#include "core/error.h"
#include "core/format/preset.h"
#include "widgets/cost_bars.h"
#include "widgets/cost_constants.h"
#include "widgets/cost_controls.h"
#include "widgets/cost_fields.h"
#include "widgets/cost_page_text.h"
#include "widgets/cost_ratio_plot.h"
#include "widgets/cost_roofline_chart.h"
#include "widgets/cost_rows.h"
#include "widgets/cost_table.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>
#include <QTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <utility>

namespace nanoscope {
namespace {

constexpr int kRoomForText = 580;  // from here on a layer's text stands beside its name
constexpr int kWide = 860;         // from here on parameters stand beside the pages

QScrollArea* scrolled(QWidget* content)
{
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    return scroll;
}

QLabel* sentence(const QString& objectName)
{
    auto* label = new QLabel;
    label->setObjectName(objectName);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

}  // namespace

CostPanel::CostPanel(QWidget* parent)
    : QWidget(parent)
    , m_all(new QCheckBox(tr("All parameters")))
    , m_fp16(new QCheckBox(tr("FP16 in the bars")))
    , m_reset(new QToolButton)
    , m_problem(sentence(QStringLiteral("costProblem")))
    , m_split(new QSplitter(Qt::Vertical))
    , m_right(new QSplitter(Qt::Vertical))
    , m_pages(new QTabWidget)
    , m_badges(sentence(QStringLiteral("costBadges")))
    , m_ratios(new CostRatioPlot)
    , m_area(new CostBarChart(QStringLiteral("costArea")))
    , m_decode(new CostBarChart(QStringLiteral("costDecodeEnergy")))
    , m_prefill(new CostBarChart(QStringLiteral("costPrefillEnergy")))
    , m_roofline(new CostRooflineChart)
    , m_layers(new QComboBox)
    , m_layerText(sentence(QStringLiteral("costLayerText")))
    , m_table(new CostTable)
    , m_notes(sentence(QStringLiteral("costNotes")))
    , m_detail(new QTextEdit)
{
    setObjectName(QStringLiteral("costPanel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(4);
    buildHead(*layout);
    buildPages();

    m_detail->setObjectName(QStringLiteral("costDetail"));
    m_detail->setAccessibleName(tr("Formula and source"));
    m_detail->setReadOnly(true);
    m_detail->setTabChangesFocus(true);
    m_detail->setMinimumHeight(3 * fontMetrics().height());
    m_parameters = scrolled(buildParameters());
    m_parameters->hide();
    m_right->addWidget(m_pages);
    m_right->addWidget(m_detail);
    m_right->setStretchFactor(0, 1);
    m_right->setStretchFactor(1, 0);
    m_right->setCollapsible(0, false);
    connect(m_right, &QSplitter::splitterMoved, this, [this] { m_isDetailMoved = true; });
    m_split->addWidget(m_parameters);
    m_split->addWidget(m_right);
    m_split->setStretchFactor(0, 0);
    m_split->setStretchFactor(1, 1);
    m_split->setChildrenCollapsible(false);
    layout->addWidget(m_split, 1);
    connectPages();
    setTheme(m_theme);
    showResult();
}

void CostPanel::buildHead(QVBoxLayout& layout)
{
    m_all->setObjectName(QStringLiteral("costAllParameters"));
    m_all->setAccessibleName(tr("All cost parameters"));
    m_all->setToolTip(tr("Show every parameter of unit, array, process, buffers and memory, and the constants"));
    m_fp16->setObjectName(QStringLiteral("costFp16"));
    m_fp16->setAccessibleName(tr("FP16 in the bars"));
    m_fp16->setToolTip(tr("Bars of FP16 are several times as long as those of four bits"));
    m_reset->setObjectName(QStringLiteral("costReset"));
    m_reset->setText(tr("Reset"));
    m_reset->setAccessibleName(tr("Reset cost parameters"));
    m_reset->setToolTip(tr("Everything as the accelerator has it, and the constants as shipped"));
    m_problem->hide();
    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_all);
    row->addStretch(1);
    row->addWidget(m_reset);
    m_controls = new CostControls(buttons);
    layout.addWidget(m_controls);
    layout.addWidget(m_problem);

    connect(m_all, &QCheckBox::toggled, this, [this](bool on) {
        m_parameters->setVisible(on);
        const int whole = m_split->orientation() == Qt::Vertical ? m_split->height() : m_split->width();
        m_split->setSizes({whole * 2 / 5, whole * 3 / 5});
    });
    connect(m_fp16, &QCheckBox::toggled, this, [this] {
        m_isStale[static_cast<std::size_t>(Page::Area)] = m_isStale[static_cast<std::size_t>(Page::Energy)] = true;
        showPage(m_pages->currentIndex());
    });
    connect(m_reset, &QToolButton::clicked, this,
        [this] { applyChoice(QStringLiteral("reset"), [this](CostChoice& choice) { reset(choice); }); });
    connect(m_controls, &CostControls::settingAsked, this, &CostPanel::applySetting);
    connect(m_controls, &CostControls::refused, this, &CostPanel::refuse);
    connect(m_controls, &CostControls::acceleratorChosen, this, [this](const QString& name) {
        applyChoice(QStringLiteral("accelerator"), [&name](CostChoice& choice) {
            HardwareParameters next = acceleratorByName(name.toStdString()).parameters;
            const HardwareParameters& old = choice.setup.parameters;
            next.run = old.run;  // what is computed and the constants are no part of an accelerator
            next.storage = old.storage;
            next.constants = old.constants;
            choice.setup.parameters = next;
            choice.accelerator = name.toStdString();
        });
    });
    connect(m_controls, &CostControls::workloadChosen, this, [this](const QString& name) {
        applyChoice(QStringLiteral("workload"),
            [&name](CostChoice& choice) { choice.setup.workload = workloadByName(name.toStdString()); });
    });
    connect(m_controls, &CostControls::activationsChosen, this, [this](const QString& name) {
        applyChoice(QStringLiteral("activations"), [this, &name](CostChoice& choice) {
            choice.activations.reset();
            for (const Preset& preset : m_presets)
                if (preset.name == name.toStdString())
                    choice.activations = NamedFormat{preset.name, preset.spec};
        });
    });
}

QWidget* CostPanel::buildParameters()
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 6, 0);
    column->setSpacing(4);
    QString section;
    const auto heading = [&](const QString& text) {
        auto* label = new QLabel(text);
        QFont bold = label->font();
        bold.setBold(true);
        label->setFont(bold);
        column->addWidget(label);
    };
    for (const CostParameter& parameter : costParameters()) {
        if (parameter.isMain)
            continue;
        if (parameter.section != section) {
            section = parameter.section;
            heading(section);
            m_fields << new CostFields;
            column->addWidget(m_fields.back());
            connect(m_fields.back(), &CostFields::settingAsked, this, &CostPanel::applySetting);
            connect(m_fields.back(), &CostFields::refused, this, &CostPanel::refuse);
        }
        m_fields.back()->addParameter(parameter);
    }
    heading(tr("Bars"));
    column->addWidget(m_fp16);
    heading(tr("Constants (empty: as shipped)"));
    m_constants = new CostConstantTable;
    connect(m_constants, &CostConstantTable::settingAsked, this, &CostPanel::applySetting);
    connect(m_constants, &CostConstantTable::refused, this, &CostPanel::refuse);
    column->addWidget(m_constants, 1);
    return content;
}

void CostPanel::buildPages()
{
    m_pages->setObjectName(QStringLiteral("costPages"));
    m_pages->setAccessibleName(tr("Views of the cost"));
    m_pages->setDocumentMode(true);
    m_pages->addTab(buildRatios(), tr("Ratios"));
    m_area->setAccessibleName(tr("Area chart"));
    m_pages->addTab(scrolled(m_area), tr("Area"));
    m_pages->addTab(buildEnergy(), tr("Energy"));
    m_pages->addTab(buildRoofline(), tr("Roofline"));
    m_pages->addTab(m_table, tr("Figures"));
    m_notes->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_notes->setContentsMargins(8, 6, 8, 6);
    m_pages->addTab(scrolled(m_notes), tr("Limits"));
}

QWidget* CostPanel::buildRatios()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    m_badges->setContentsMargins(8, 0, 8, 0);
    column->addWidget(m_badges);
    column->addWidget(m_ratios, 1);
    return scrolled(page);
}

QWidget* CostPanel::buildEnergy()
{
    m_decode->setAccessibleName(tr("Energy per decoded token chart"));
    m_prefill->setAccessibleName(tr("Energy per token of the prompt chart"));
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_decode, 1);
    column->addWidget(m_prefill, 1);
    return scrolled(page);
}

QWidget* CostPanel::buildRoofline()
{
    auto* label = new QLabel(tr("Layer"));
    label->setBuddy(m_layers);
    m_layers->setObjectName(QStringLiteral("costLayer"));
    m_layers->setAccessibleName(tr("Layer"));
    m_layers->setFocusPolicy(Qt::StrongFocus);
    m_layers->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_layers, 1);
    m_layerRow = new QBoxLayout(QBoxLayout::TopToBottom);
    m_layerRow->setContentsMargins(8, 4, 8, 0);
    m_layerRow->setSpacing(4);
    m_layerRow->addLayout(row);
    m_layerRow->addWidget(m_layerText, 1);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(m_layerRow);
    column->addWidget(m_roofline, 1);
    return scrolled(page);
}

void CostPanel::connectPages()
{
    connect(m_pages, &QTabWidget::currentChanged, this, &CostPanel::showPage);
    connect(m_ratios, &CostRatioPlot::figureSelected, this, &CostPanel::selectFigure);
    for (CostBarChart* chart : {m_area, m_decode, m_prefill})
        connect(chart, &CostBarChart::partSelected, this, &CostPanel::selectFigure);
    connect(m_table, &CostTable::figureSelected, this, &CostPanel::selectFigure);
    connect(m_roofline, &CostRooflineChart::layerSelected, this, &CostPanel::setLayer);
    connect(m_layers, &QComboBox::activated, this,
        [this](int index) { setLayer(m_layers->itemData(index).value<CostLayerId>()); });
}

void CostPanel::setPresets(const std::vector<Preset>& presets)
{
    m_presets = presets;
    m_controls->setPresets(presets);
    m_controls->setChoice(m_choice, parameterTexts(m_choice.setup.parameters));
}

void CostPanel::setChoice(const CostChoice& choice)
{
    m_choice = choice;
    const QHash<QString, QString> texts = parameterTexts(choice.setup.parameters);
    m_controls->setChoice(choice, texts);
    for (CostFields* fields : m_fields)
        fields->setParameters(choice.setup.parameters, texts);
    m_constants->setConstants(choice.setup.parameters.constants);
    refuse({});
}

void CostPanel::applySetting(const QString& controlId, const QString& setting)
{
    applyChoice(
        controlId, [&setting](CostChoice& choice) { choice.setup = withSetting(choice.setup, setting.toStdString()); });
}

/// Sends the edited choice, or says why there can be none.
void CostPanel::applyChoice(const QString& controlId, const std::function<void(CostChoice&)>& edit)
{
    try {
        CostChoice next = m_choice;
        edit(next);
        refuse({});
        if (next == m_choice)
            return;
        m_choice = next;
        Q_EMIT choiceEdited(next, controlId);
    } catch (const Error& error) {
        QString why = QString::fromUtf8(error.what());
        if (why.startsWith(QLatin1String("--set: ")))
            why.remove(0, 7);
        refuse(why);
    }
}

void CostPanel::reset(CostChoice& choice) const
{
    choice.setup.parameters = acceleratorByName(choice.accelerator).parameters;
    choice.activations.reset();
}

void CostPanel::refuse(const QString& why)
{
    m_refusal = why;
    showProblem();
}

void CostPanel::setProblem(const QString& problem)
{
    m_failure = problem;
    showProblem();
}

void CostPanel::showProblem()
{
    m_problem->setText(!m_refusal.isEmpty() ? QStringLiteral("⚠ ") + m_refusal
            : !m_failure.isEmpty()          ? tr("⚠ %1. What is shown is of the setting before.").arg(m_failure)
                                            : QString());
    m_problem->setVisible(!m_problem->text().isEmpty());
}

QString CostPanel::problem() const
{
    return m_problem->text();
}

QStringList CostPanel::paths() const
{
    QStringList paths = m_controls->paths();
    for (const CostFields* fields : m_fields)
        paths << fields->paths();
    return paths << m_constants->paths();
}

void CostPanel::setResult(std::shared_ptr<const CostResult> result)
{
    if (result == m_result)
        return;
    m_result = std::move(result);
    showResult();
}

/// Every page is stale; the one that can be seen is made now, the others when they are turned to.
void CostPanel::showResult()
{
    for (bool& isStale : m_isStale)
        isStale = true;
    showLayers();
    if (m_result)
        m_table->setSections(costSections(*m_result, m_layer), m_result->b.has_value());
    showPage(m_pages->currentIndex());
    showDetail();
}

void CostPanel::showPage(int page)
{
    if (page < 0 || !std::exchange(m_isStale[static_cast<std::size_t>(page)], false))
        return;
    switch (static_cast<Page>(page)) {
    case Page::Ratios:
        m_ratios->setResult(m_result);
        showBadges();
        break;
    case Page::Area:
        m_area->setBars(m_result ? areaBars(*m_result, baselines()) : CostBars{});
        break;
    case Page::Energy:
        m_decode->setBars(m_result ? energyBars(*m_result, true, baselines()) : CostBars{});
        m_prefill->setBars(m_result ? energyBars(*m_result, false, baselines()) : CostBars{});
        break;
    case Page::Roofline:
        m_roofline->setResult(m_result);
        showLayerText();
        break;
    case Page::Figures:
        break;  // always filled: the detail beneath all pages reads it
    case Page::Limits:
        showNotes();
        break;
    }
}

BarBaselines CostPanel::baselines() const
{
    return m_fp16->isChecked() ? BarBaselines::AlsoFp16 : BarBaselines::FourBits;
}

void CostPanel::refreshPages()
{
    for (int page = 0; page < m_pages->count(); ++page)
        showPage(page);
}

void CostPanel::showLayers()
{
    if (!m_result)
        return;
    QStringList texts;
    std::vector<CostLayerId> layers;
    for (const bool isDecode : {true, false})
        for (const LayerCost& layer : (isDecode ? m_result->a.decode : m_result->a.prefill).layers) {
            layers.push_back({isDecode, layer.name});
            texts << (isDecode ? tr("decode: %1") : tr("prefill: %1")).arg(QString::fromStdString(layer.name));
        }
    const QSignalBlocker blocker(m_layers);
    bool isSame = m_layers->count() == texts.size();
    for (int i = 0; isSame && i < m_layers->count(); ++i)
        isSame = m_layers->itemText(i) == texts[i];
    if (!isSame) {
        m_layers->clear();
        for (qsizetype i = 0; i < texts.size(); ++i)
            m_layers->addItem(texts[i], QVariant::fromValue(layers[static_cast<std::size_t>(i)]));
    }
    if (!findLayer(m_result->a, m_layer) && !layers.empty())
        m_layer = layers.front();
    m_roofline->setLayer(m_layer);
    m_layers->setCurrentIndex(static_cast<int>(std::find(layers.begin(), layers.end(), m_layer) - layers.begin()));
}

void CostPanel::setLayer(const CostLayerId& layer)
{
    m_layer = layer;
    if (!m_result)
        return;
    showLayers();
    m_table->setSections(costSections(*m_result, m_layer), m_result->b.has_value());
    showLayerText();
    selectFigure(QStringLiteral("layer/cycles"));
}

void CostPanel::showLayerText()
{
    m_layerText->setText(m_result ? costLayerText(*m_result, m_layer) : QString());
}

void CostPanel::selectFigure(const QString& id)
{
    m_figure = id;
    m_table->select(id);
    m_ratios->setSelected(id);
    for (CostBarChart* chart : {m_area, m_decode, m_prefill})
        chart->setSelected(id);
    showDetail();
}

void CostPanel::showDetail()
{
    const CostRow* row = m_table->find(m_figure);
    m_detail->setHtml(row ? costDetailHtml(*row, m_theme)
                          : tr("Choose a figure, a bar or a point: its formula and source appear here."));
}

void CostPanel::showBadges()
{
    m_badges->setText(m_result ? costBadgeText(*m_result) : QString());
    m_badges->setVisible(!m_badges->text().isEmpty());
}

void CostPanel::showNotes()
{
    m_notes->setText(costNotesText(m_result.get()));
}

void CostPanel::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_ratios->setTheme(theme);
    for (CostBarChart* chart : {m_area, m_decode, m_prefill})
        chart->setTheme(theme);
    m_roofline->setTheme(theme);
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, theme.error);
    m_problem->setPalette(palette);
    showDetail();
}

void CostPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() >= kWide ? Qt::Horizontal : Qt::Vertical;
    if (m_split->orientation() != wanted)
        m_split->setOrientation(wanted);
    m_layerRow->setDirection(width() >= kRoomForText ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    if (m_isDetailMoved)
        return;
    const int line = fontMetrics().height();
    const int detail = std::clamp(height() / 6, 7 * line / 2, 7 * line);
    m_right->setSizes({std::max(1, m_right->height() - detail), detail});
}

}  // namespace nanoscope
