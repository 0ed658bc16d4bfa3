#include "widgets/outlier_view.h"

#include "widgets/outlier_content.h"
#include "widgets/pick_plot.h"
#include "widgets/table_text.h"
#include "widgets/twin_pane.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <array>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::array kMeasures{OutlierMeasure::TensorRms, OutlierMeasure::BlockRms};
constexpr std::array kQuantities{OutlierQuantity::RestCost, OutlierQuantity::OwnError, OutlierQuantity::RestShare};

/// A choice that a narrow dock can squeeze.
QComboBox* makeChoice(const QString& objectName, const QString& accessibleName, const QString& tip)
{
    auto* box = new QComboBox;
    box->setObjectName(objectName);
    box->setAccessibleName(accessibleName);
    box->setToolTip(tip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    constexpr int kFewestLetters = 7;
    box->setMinimumContentsLength(kFewestLetters);
    box->setMinimumWidth(box->fontMetrics().averageCharWidth() * kFewestLetters);
    return box;
}

}  // namespace

OutlierView::OutlierView(QWidget* parent)
    : QWidget(parent)
    , m_plot(new PickPlot)
    , m_model(new ChartTableModel(this))
    , m_measure(makeChoice(QStringLiteral("outlierMeasure"), tr("Outlier measure"),
          tr("What magnitudes are compared with: the RMS of the tensor, or that of the element's own block")))
    , m_quantity(
          makeChoice(QStringLiteral("outlierQuantity"), tr("Outlier quantity"), tr("What the plot shows upwards")))
    , m_pane(new TwinPane(m_plot, m_model, tr("Outlier table"), this))
{
    m_plot->setObjectName(QStringLiteral("outlierPlot"));
    m_plot->setAccessibleName(tr("Outliers chart"));
    for (const OutlierMeasure measure : kMeasures)
        m_measure->addItem(outlierMeasureName(measure));
    for (const OutlierQuantity quantity : kQuantities)
        m_quantity->addItem(outlierQuantityName(quantity));
    for (const auto& [text, box] : {std::pair(tr("Across"), m_measure), std::pair(tr("Up"), m_quantity)}) {
        auto* label = new QLabel(text);
        label->setBuddy(box);
        m_pane->addControl(label);
        m_pane->addControl(box);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pane);
    connect(m_quantity, &QComboBox::currentIndexChanged, this, &OutlierView::rebuild);
    connect(m_measure, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT measureChanged(measure()); });
    connect(m_plot, &PickPlot::picked, this, [this](int index) { chooseOutlier(static_cast<std::size_t>(index)); });
    connect(m_pane, &TwinPane::rowChosen, this, [this](int row) { chooseOutlier(static_cast<std::size_t>(row)); });
    rebuild();
}

OutlierMeasure OutlierView::measure() const
{
    return kMeasures[static_cast<std::size_t>(m_measure->currentIndex())];
}

OutlierQuantity OutlierView::quantity() const
{
    return kQuantities[static_cast<std::size_t>(m_quantity->currentIndex())];
}

void OutlierView::setMeasure(OutlierMeasure measure)
{
    const QSignalBlocker quiet(m_measure);
    m_measure->setCurrentIndex(measure == OutlierMeasure::TensorRms ? 0 : 1);
}

void OutlierView::setStudy(std::shared_ptr<const OutlierStudy> study, std::shared_ptr<const Report> report)
{
    m_study = std::move(study);
    m_report = std::move(report);
    rebuild();
}

void OutlierView::setSelected(quint64 block, int element)
{
    m_selected = {block, element};
    showSelected();
}

void OutlierView::rebuild()
{
    StudyContent content;
    content.title = tr("Outliers");
    content.emptyText = tr("Open a tensor to see its largest elements and what they cost");
    if (m_study)
        content = outlierContent(*m_study, *m_report, quantity());
    m_model->setTable(content.table);
    m_plot->setContent(std::move(content));
    m_plot->setPicks(m_study ? outlierPicks(*m_study, quantity()) : QList<PickPoint>());
    showSelected();
}

void OutlierView::showSelected()
{
    int found = -1;
    if (m_study && m_selected)
        for (std::size_t i = 0; i < m_study->outliers.size() && found < 0; ++i)
            if (m_study->outliers[i].block == m_selected->first
                && m_study->outliers[i].element == static_cast<quint64>(m_selected->second))
                found = static_cast<int>(i);
    m_plot->setChosen(found);
    m_pane->setCurrentRow(found < 0 ? std::nullopt : std::optional(found));
}

void OutlierView::chooseOutlier(std::size_t rank)
{
    const Outlier& outlier = m_study->outliers[rank];
    setSelected(outlier.block, static_cast<int>(outlier.element));
    Q_EMIT elementChosen(outlier.block, static_cast<int>(outlier.element));
}

void OutlierView::setTheme(const Theme& theme)
{
    m_plot->setTheme(theme);
}

QString OutlierView::toText() const
{
    return tableText(*m_model);
}

}  // namespace nanoscope
