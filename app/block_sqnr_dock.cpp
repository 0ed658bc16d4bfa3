#include "app/block_sqnr_dock.h"

#include "widgets/block_sqnr_chart.h"
#include "widgets/twin_pane.h"

#include <QCheckBox>
#include <QDockWidget>

#include <utility>

namespace nanoscope {

BlockSqnrDock::BlockSqnrDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_chart(new BlockSqnrChart)
    , m_lane(
          [](const Report& report, const std::stop_token& stop) {
              return blockSqnrSpread(report.blockSquaredError, report.blockPower, stop);
          },
          [this](const FigureLane<BlockSqnrSpread>::Entries& entries) { show(entries); },
          [this](const QString& message) {
              Q_EMIT failed(message);
              Q_EMIT currentChanged();
          })
{
    m_chart->setObjectName("blockSqnrChart");
    m_chart->setAccessibleName(tr("SQNR per block chart"));
    auto* pane = new TwinPane(m_chart, m_chart->tableModel(), tr("SQNR per block table"));
    auto* cumulative = new QCheckBox(tr("C&umulative"));
    cumulative->setObjectName("blockSqnrCumulative");
    cumulative->setToolTip(tr("Share of the blocks with no more than so much SQNR"));
    pane->addControl(cumulative);
    dock.setWidget(pane);
    connect(cumulative, &QCheckBox::toggled, m_chart, [this](bool isOn) {
        m_chart->setShape(isOn ? BlockSqnrChart::Shape::Cumulative : BlockSqnrChart::Shape::Histogram);
    });
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isVisible = isVisible;
        request();
    });
    connect(&explorer, &Explorer::reportChanged, this, [this] {
        m_isStale = true;
        request();
    });
    connect(
        &explorer, &Explorer::traceChanged, this, [this] { m_chart->setSelectedBlock(m_explorer.selectedBlock()); });
    connect(pane, &TwinPane::rowChosen, m_chart, &BlockSqnrChart::chooseRow);
    connect(m_chart, &BlockSqnrChart::blockChosen, &explorer, &Explorer::selectBlock);
}

QString BlockSqnrDock::unsettled() const
{
    return tr("stopped before the blocks were counted");
}

void BlockSqnrDock::setTheme(const Theme& theme)
{
    m_chart->setTheme(theme);
}

void BlockSqnrDock::request()
{
    if (!m_isVisible || !m_isStale)
        return;
    m_lane.request(m_explorer);
    Q_EMIT currentChanged();
}

void BlockSqnrDock::show(const FigureLane<BlockSqnrSpread>::Entries& entries)
{
    m_isStale = false;
    std::vector<BlockSqnrLine> lines;
    for (const auto& entry : entries)
        lines.push_back({entry.role, entry.report, entry.figure});
    m_chart->setLines(std::move(lines));
    m_chart->setSelectedBlock(m_explorer.selectedBlock());
    Q_EMIT currentChanged();
}

}  // namespace nanoscope
