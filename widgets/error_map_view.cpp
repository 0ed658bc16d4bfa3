#include "widgets/error_map_view.h"

#include "widgets/heat_map.h"
#include "widgets/plot_data_model.h"

#include <QComboBox>
#include <QLabel>

namespace nanoscope {

ErrorMapView::ErrorMapView(QWidget* parent)
    : ErrorMapView(new HeatMap, new PlotDataModel, parent)
{
}

ErrorMapView::ErrorMapView(HeatMap* map, PlotDataModel* model, QWidget* parent)
    : TwinPane(map, model, tr("Error map table"), parent)
    , m_map(map)
    , m_model(model)
    , m_quantity(new QComboBox(this))
{
    m_model->setParent(this);
    m_map->setObjectName(QStringLiteral("errorMap"));
    m_map->setAccessibleName(tr("Error map of format A"));
    m_quantity->setObjectName(QStringLiteral("errorMapQuantity"));
    m_quantity->setAccessibleName(tr("Error map shows"));
    m_quantity->setToolTip(tr("What the map shows of each block"));
    m_quantity->addItem(tr("MSE"), static_cast<int>(BlockQuantity::SquaredError));
    m_quantity->addItem(tr("SQNR"), static_cast<int>(BlockQuantity::Sqnr));
    m_quantity->addItem(tr("Largest |error|"), static_cast<int>(BlockQuantity::MaxError));
    auto* label = new QLabel(tr("Sho&w"), this);
    label->setBuddy(m_quantity);
    addControl(label);
    addControl(m_quantity);
    connect(m_quantity, &QComboBox::currentIndexChanged, this,
        [this] { m_map->setQuantity(static_cast<BlockQuantity>(m_quantity->currentData().toInt())); });
    connect(m_map, &HeatMap::blockSelected, this, [this](quint64 block) {
        showRow();
        Q_EMIT blockSelected(block);
    });
    connect(this, &TwinPane::rowChosen, this, [this](int row) {
        m_map->setSelectedBlock(static_cast<quint64>(row));
        Q_EMIT blockSelected(static_cast<quint64>(row));
    });
    connect(this, &TwinPane::turned, this, &ErrorMapView::fillTable);
}

void ErrorMapView::setReport(const std::shared_ptr<const Report>& report)
{
    m_map->setReport(report);
    m_isFilled = false;
    fillTable();
}

void ErrorMapView::setSelectedBlock(std::optional<quint64> block)
{
    m_map->setSelectedBlock(block);
    showRow();
}

void ErrorMapView::fillTable()
{
    if (isTableShown() == m_isFilled)
        return;
    m_isFilled = isTableShown();
    m_model->show(m_isFilled ? m_map->plotData() : PlotData());
    showRow();
}

void ErrorMapView::showRow()
{
    if (!m_isFilled)
        return;
    const std::optional<quint64> block = m_map->selectedBlock();
    if (block)
        m_model->reach(static_cast<int>(*block));
    setCurrentRow(block ? std::optional(static_cast<int>(*block)) : std::nullopt);
}

}  // namespace nanoscope
