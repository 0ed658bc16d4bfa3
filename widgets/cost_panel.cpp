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
    buildParameters();
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
