#include "widgets/error_share_view.h"

#include "widgets/error_share_content.h"
#include "widgets/pick_plot.h"
#include "widgets/table_text.h"
#include "widgets/twin_pane.h"

#include <QCheckBox>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nanoscope {

ErrorShareView::ErrorShareView(QWidget* parent)
    : QWidget(parent)
    , m_plot(new PickPlot)
    , m_model(new ChartTableModel(this))
    , m_logarithmic(new QCheckBox(tr("&Logarithmic"), this))
    , m_pane(new TwinPane(m_plot, m_model, tr("Error share table"), this))
{
    m_plot->setObjectName(QStringLiteral("errorSharePlot"));
    m_plot->setAccessibleName(tr("Share of the error by block"));
    m_logarithmic->setObjectName(QStringLiteral("errorShareLogarithmic"));
    m_logarithmic->setToolTip(tr("Share of blocks on a logarithmic axis, which shows the worst few"));
    m_pane->addControl(m_logarithmic);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pane);
    connect(m_logarithmic, &QCheckBox::toggled, this, &ErrorShareView::rebuild);
    connect(m_plot, &PickPlot::picked, this, [this](int index) {
        m_block = m_lines.front().share->curve[static_cast<std::size_t>(index)].block;
        Q_EMIT blockChosen(*m_block);
    });
    connect(m_pane, &TwinPane::rowChosen, this, [this](int row) {
        setSelectedBlock(m_rowBlocks[static_cast<std::size_t>(row)]);
        Q_EMIT blockChosen(*m_block);
    });
    rebuild();
}

void ErrorShareView::setLines(std::vector<ErrorShareLine> lines)
{
    m_lines = std::move(lines);
    rebuild();
}

void ErrorShareView::setSelectedBlock(std::optional<quint64> block)
{
    if (block == m_block)
        return;
    m_block = block;
    showBlock();
}

void ErrorShareView::rebuild()
{
    StudyContent content
        = errorShareContent(m_lines, m_logarithmic->isChecked() ? AxisScale::Log10 : AxisScale::Linear);
    m_model->setTable(content.table);
    m_rowBlocks = m_lines.empty() ? std::vector<quint64>() : errorShareRowBlocks(*m_lines.front().share);
    m_plot->setContent(std::move(content));
    m_plot->setPicks(m_lines.empty() ? QList<PickPoint>() : errorSharePicks(m_lines.front()));
    showBlock();
}

void ErrorShareView::showBlock()
{
    if (m_lines.empty() || !m_block || *m_block >= m_lines.front().report->blockSquaredError.size())
        return m_plot->setChosen(-1);
    const std::vector<ErrorSharePoint>& curve = m_lines.front().share->curve;
    const auto own
        = std::find_if(curve.begin(), curve.end(), [this](const ErrorSharePoint& p) { return p.block == *m_block; });
    if (own != curve.end())
        m_plot->setChosen(static_cast<int>(own - curve.begin()));
    else if (const auto place = errorSharePlace(m_lines.front(), *m_block))
        m_plot->setPlace(*place);
    else
        m_plot->setChosen(-1);
}

void ErrorShareView::setTheme(const Theme& theme)
{
    m_plot->setTheme(theme);
}

QString ErrorShareView::toText() const
{
    return tableText(*m_model);
}

}  // namespace nanoscope
