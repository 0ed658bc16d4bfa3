#include "widgets/perplexity_layers.h"

#include "widgets/chart_table.h"
#include "widgets/number_text.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

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

/// "A", "B" and so on, by the order in which formats were asked for.
QString slotName(std::size_t index)
{
    return QString(QChar(static_cast<char16_t>(u'A' + index)));
}

ChartTable layerTable(const PerplexityState& state)
{
    const bool hasSensitivities = state.layersAsked == LayerFigures::Sensitivities;
    ChartTable table;
    table.columns = {PerplexityLayers::tr("Layer")};
    for (std::size_t i = 0; i < state.layers.size(); ++i) {
        const QString name = slotName(i);
        table.columns << PerplexityLayers::tr("%1 weight").arg(name) << PerplexityLayers::tr("%1 output").arg(name);
        if (hasSensitivities)
            table.columns << PerplexityLayers::tr("%1 alone, nats").arg(name);
    }
    for (const std::size_t layer : worstLayersFirst(state.layers)) {
        QStringList row{QString()};
        for (const LayerColumn& column : state.layers) {
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
    for (std::size_t i = 0; i < state.layers.size(); ++i) {
        const LayerColumn& column = state.layers[i];
        if (!column.error.empty())
            text += slotName(i) + QStringLiteral(": ") + QString::fromStdString(column.error) + QLatin1Char(' ');
        known += column.sensitivitiesKnown();
        all += column.errors.size();
    }
    if (state.layersAsked == LayerFigures::Sensitivities && known < all)
        text += PerplexityLayers::tr("%1 of %2 layers evaluated alone").arg(known).arg(all);
    return text;
}

}  // namespace

PerplexityLayers::PerplexityLayers(QWidget* parent)
    : QWidget(parent)
    , m_sensitivity(new QCheckBox(tr("&Single layers"), this))
    , m_progress(new QLabel(this))
    , m_table(new QTableView(this))
    , m_rows(new ChartTableModel(this))
{
    m_sensitivity->setObjectName(QStringLiteral("perplexitySingleLayers"));
    m_sensitivity->setToolTip(
        tr("Evaluate the model with one layer cast at a time: the change of its loss in nats per token"));
    m_progress->setObjectName(QStringLiteral("perplexityLayersProgress"));
    m_progress->setTextFormat(Qt::PlainText);
    m_progress->setWordWrap(true);
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
    auto* line = new QHBoxLayout;
    line->addWidget(m_sensitivity);
    line->addWidget(m_progress, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(line);
    layout->addWidget(m_table, 1);
    connect(m_sensitivity, &QCheckBox::toggled, this, &PerplexityLayers::sensitivityToggled);
}

void PerplexityLayers::setState(const PerplexityState* state)
{
    m_rows->setTable(state ? layerTable(*state) : ChartTable{});
    m_table->resizeColumnsToContents();
    m_progress->setText(state ? progressText(*state) : QString());
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
