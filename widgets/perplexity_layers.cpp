#include "widgets/perplexity_layers.h"

#include "widgets/asked_case.h"
#include "widgets/chart_table.h"
#include "widgets/number_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

QString percentOrDash(double ratio)
{
    return std::isfinite(ratio) ? fixedText(100.0 * ratio, 2) + QStringLiteral(" %") : QStringLiteral("–");
}

QString changeText(const std::optional<LossChange>& change)
{
    if (!change)
        return QStringLiteral("…");
    QString text = (change->change > 0 ? QStringLiteral("+") : QString()) + fixedText(change->change, 5);
    if (std::isfinite(change->standardError))
        text += QStringLiteral(" ± ") + fixedText(change->standardError, 5);
    return text;
}

/// Cases whose layers a state tells of.
std::vector<AskedCase> casesWithLayers(const PerplexityState& state)
{
    std::vector<AskedCase> cases = askedCases(state);
    std::erase_if(cases, [&state](const AskedCase& each) { return each.index >= state.layers.size(); });
    return cases;
}

ChartTable layerTable(const PerplexityState& state)
{
    const bool hasSensitivities = state.layersAsked == LayerFigures::Sensitivities;
    ChartTable table;
    table.columns = {PerplexityLayers::tr("Layer")};
    const std::vector<AskedCase> cases = casesWithLayers(state);
    for (const AskedCase& each : cases) {
        const QString name = each.label();
        table.columns << PerplexityLayers::tr("%1 weight").arg(name) << PerplexityLayers::tr("%1 output").arg(name);
        if (hasSensitivities)
            table.columns << PerplexityLayers::tr("%1 alone, nats").arg(name);
    }
    for (const std::size_t layer : worstLayersFirst(state.layers)) {
        QStringList row{QString()};
        for (const AskedCase& each : cases) {
            const LayerColumn& column = state.layers[each.index];
            const bool isKnown = layer < column.errors.size();
            if (isKnown)
                row.front() = QString::fromStdString(column.errors[layer].tensor);
            row << (isKnown ? percentOrDash(column.errors[layer].weight) : QString())
                << (isKnown ? percentOrDash(column.errors[layer].output) : QString());
            if (hasSensitivities)
                row << (layer < column.sensitivities.size() ? changeText(column.sensitivities[layer]) : QString());
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

QString progressText(const PerplexityState& state)
{
    QString text;
    std::size_t known = 0;
    std::size_t all = 0;
    for (const AskedCase& each : casesWithLayers(state)) {
        const LayerColumn& column = state.layers[each.index];
        if (!column.error.empty())
            text += each.label() + QStringLiteral(": ") + QString::fromStdString(column.error) + QLatin1Char(' ');
        known += column.sensitivitiesKnown();
        all += column.errors.size();
    }
    if (state.layersAsked == LayerFigures::Sensitivities && known < all)
        text += PerplexityLayers::tr("%1 of %2 layers evaluated alone").arg(known).arg(all);
    return text;
}

/// All layers in one figure each: "A 11.5 / 9.4 %; A + GPTQ 16.2 / 6.3 %".
QString meanText(const PerplexityState& state)
{
    QStringList parts;
    for (const AskedCase& each : casesWithLayers(state))
        if (const std::vector<LayerError>& errors = state.layers[each.index].errors; !errors.empty()) {
            const LayerError mean = rootMeanSquare(errors);
            parts << QStringLiteral("%1 %2 / %3 %")
                         .arg(each.label(), fixedText(100.0 * mean.weight, 1),
                             std::isfinite(mean.output) ? fixedText(100.0 * mean.output, 1) : QStringLiteral("–"));
        }
    return parts.isEmpty()
        ? QString()
        : PerplexityLayers::tr("Root mean square, weight / output: %1").arg(parts.join(QStringLiteral("; ")));
}

}  // namespace

PerplexityLayers::PerplexityLayers(QWidget* parent)
    : QWidget(parent)
    , m_method(new QComboBox(this))
    , m_bias(new QCheckBox(tr("&Bias correction"), this))
    , m_sensitivity(new QCheckBox(tr("&Single layers"), this))
    , m_mean(new QLabel(this))
    , m_progress(new QLabel(this))
    , m_table(new QTableView(this))
    , m_rows(new ChartTableModel(this))
{
    m_sensitivity->setObjectName(QStringLiteral("perplexitySingleLayers"));
    m_sensitivity->setToolTip(
        tr("Evaluate the model with one layer cast at a time: the change of its loss in nats per token"));
    m_progress->setObjectName(QStringLiteral("perplexityLayersProgress"));
    m_table->setObjectName(QStringLiteral("perplexityLayersTable"));
    m_table->setAccessibleName(tr("Layer table"));
    m_table->setToolTip(tr("Weight: ‖W − Ŵ‖ / ‖W‖. Output: ‖XW − XŴ‖ / ‖XW‖ over recorded inputs X of the layer. "
                           "Weights alone are cast."));
    m_table->setModel(m_rows);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setMinimumHeight(60);
    m_mean->setObjectName(QStringLiteral("perplexityLayersMean"));
    for (QLabel* label : {m_mean, m_progress}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->hide();
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeControls());
    layout->addWidget(m_mean);
    layout->addWidget(m_progress);
    layout->addWidget(m_table, 1);
    connect(m_sensitivity, &QCheckBox::toggled, this, &PerplexityLayers::sensitivityToggled);
}

QWidget* PerplexityLayers::makeControls()
{
    m_method->setObjectName(QStringLiteral("perplexityMethod"));
    m_method->setToolTip(tr("How codes are chosen, with recorded inputs of the layers. Every format is shown under the "
                            "method beside its direct cast; the scale of each block stays that of the direct cast "
                            "under GPTQ."));
    for (const CastMethod method : castMethods())
        m_method->addItem(castMethodTitle(method),
            method == CastMethod::Direct ? QString() : QString::fromStdString(methodName(method)));
    m_bias->setObjectName(QStringLiteral("perplexityBiasCorrection"));
    m_bias->setToolTip(tr("Take the mean error of every output off it"));
    auto* controls = new QWidget(this);
    auto* label = new QLabel(tr("Me&thod"), controls);
    label->setBuddy(m_method);
    auto* line = new QHBoxLayout(controls);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(label);
    line->addWidget(m_method);
    line->addWidget(m_bias);
    line->addWidget(m_sensitivity);
    line->addStretch(1);
    connect(m_method, &QComboBox::activated, this, &PerplexityLayers::methodEdited);
    connect(m_bias, &QCheckBox::clicked, this, &PerplexityLayers::methodEdited);
    return controls;
}

void PerplexityLayers::setMethod(const QString& method, bool correctsBias)
{
    const QSignalBlocker quiet(m_method);
    m_method->setCurrentIndex(std::max(0, m_method->findData(method)));
    m_bias->setChecked(correctsBias);
}

QString PerplexityLayers::method() const
{
    return m_method->currentData().toString();
}

bool PerplexityLayers::correctsBias() const
{
    return m_bias->isChecked();
}

void PerplexityLayers::setState(const PerplexityState* state)
{
    m_rows->setTable(state ? layerTable(*state) : ChartTable{});
    m_table->resizeColumnsToContents();
    const auto show = [](QLabel* label, const QString& text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    show(m_mean, state ? meanText(*state) : QString());
    show(m_progress, state ? progressText(*state) : QString());
}

bool PerplexityLayers::wantsSensitivities() const
{
    return m_sensitivity->isChecked();
}

const QAbstractTableModel& PerplexityLayers::tableModel() const
{
    return *m_rows;
}

}  // namespace nanoscope
