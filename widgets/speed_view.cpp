#include "widgets/speed_view.h"

#include "core/fast/instruction_set.h"
#include "widgets/number_text.h"
#include "widgets/table_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

namespace nanoscope {
namespace {

constexpr std::array kStages{SpeedStage::Loading, SpeedStage::SummaryBuild, SpeedStage::SummaryAnswer,
    SpeedStage::Preview, SpeedStage::Pass, SpeedStage::Report};

QString stageName(SpeedStage stage)
{
    switch (stage) {
    case SpeedStage::Loading:
        return SpeedView::tr("Tensor read");
    case SpeedStage::SummaryBuild:
        return SpeedView::tr("Exact summary made");
    case SpeedStage::SummaryAnswer:
        return SpeedView::tr("Exact summary asked");
    case SpeedStage::Preview:
        return SpeedView::tr("Sampled preview");
    case SpeedStage::Pass:
        return SpeedView::tr("Exact pass");
    case SpeedStage::Report:
        return SpeedView::tr("Whole report");
    }
    return {};
}

QString stageHelp(SpeedStage stage)
{
    switch (stage) {
    case SpeedStage::Loading:
        return SpeedView::tr("From the file to values in memory");
    case SpeedStage::SummaryBuild:
        return SpeedView::tr("Once per tensor, axis and block size: counts and sums by exponent and mantissa bin");
    case SpeedStage::SummaryAnswer:
        return SpeedView::tr("Every elementwise format with one scale per block, however large the tensor");
    case SpeedStage::Preview:
        return SpeedView::tr("Blocks drawn in proportion to their power; shown with the standard error");
    case SpeedStage::Pass:
        return SpeedView::tr("Scales, codes, counts and errors of every element, by a kernel for the format");
    case SpeedStage::Report:
        return SpeedView::tr("Every figure of every view, by the reference engine");
    }
    return {};
}

QString timeText(double seconds)
{
    if (seconds < 1e-3)
        return SpeedView::tr("%1 µs").arg(shortNumberText(seconds * 1e6, 3));
    if (seconds < 1.0)
        return SpeedView::tr("%1 ms").arg(shortNumberText(seconds * 1e3, 3));
    return SpeedView::tr("%1 s").arg(shortNumberText(seconds, 3));
}

QString rateText(const StageTime& time)
{
    return time.seconds > 0
        ? shortCountText(static_cast<std::uint64_t>(static_cast<double>(time.elements) / time.seconds))
        : QString();
}

QStandardItem* cell(const QString& text, bool isNumber = false)
{
    auto* item = new QStandardItem(text);
    item->setEditable(false);
    if (isNumber)
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

QTableView* table(QStandardItemModel* model, const QString& objectName, const QString& accessibleName)
{
    auto* view = new QTableView;
    view->setObjectName(objectName);
    view->setAccessibleName(accessibleName);
    view->setModel(model);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setAlternatingRowColors(true);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + 6);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    view->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    return view;
}

}  // namespace

SpeedView::SpeedView(QWidget* parent)
    : QWidget(parent)
    , m_times(new QStandardItemModel(this))
    , m_kernels(new QStandardItemModel(this))
    , m_reading(new QLabel)
    , m_measure(new QPushButton(tr("&Measure kernels")))
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_progress(new QProgressBar)
{
    m_times->setHorizontalHeaderLabels({tr("Last answer"), tr("Time"), tr("Elements/s"), tr("Format")});
    for (const SpeedStage stage : kStages) {
        QStandardItem* name = cell(stageName(stage));
        name->setToolTip(stageHelp(stage));
        m_times->appendRow({name, cell({}, true), cell({}, true), cell({})});
        showTime(stage, std::nullopt);
    }
    QTableView* times = table(m_times, QStringLiteral("speedTimes"), tr("Time of the last answers"));
    times->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    times->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    times->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);  // all rows, always
    times->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_kernels->setHorizontalHeaderLabels({tr("Kernel"), tr("Threads"), tr("Set"), tr("10⁹/s"), tr("Of reading")});
    m_kernelTable = table(m_kernels, QStringLiteral("speedKernels"), tr("Speed of the kernels"));
    m_kernelTable->setMinimumHeight(60);
    m_reading->setObjectName(QStringLiteral("speedReading"));
    m_reading->setWordWrap(true);
    m_measure->setObjectName(QStringLiteral("measureSpeed"));
    m_measure->setToolTip(
        tr("Each kernel in turn with a loop that only reads; takes some seconds on all of the machine"));
    m_cancel->setObjectName(QStringLiteral("cancelSpeed"));
    m_cancel->setAccessibleName(tr("Cancel measuring"));
    m_progress->setObjectName(QStringLiteral("speedProgress"));
    m_progress->setAccessibleName(tr("Progress of measuring"));
    m_progress->setRange(0, 1000);

    auto* controls = new QHBoxLayout;
    controls->addWidget(m_measure);
    controls->addWidget(m_progress, 1);
    controls->addWidget(m_cancel);
    controls->addStretch(0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addWidget(times);
    layout->addLayout(controls);
    layout->addWidget(m_reading);
    layout->addWidget(m_kernelTable, 100);
    layout->addStretch(1);  // where there is no table yet
    connect(m_measure, &QPushButton::clicked, this, &SpeedView::measureRequested);
    connect(m_cancel, &QPushButton::clicked, this, &SpeedView::cancelRequested);
    setSpeed(nullptr);
    setMeasuring(std::nullopt);
}

void SpeedView::setTime(SpeedStage stage, const StageTime& time)
{
    showTime(stage, time);
}

void SpeedView::clearTimes()
{
    for (const SpeedStage stage : kStages)
        showTime(stage, std::nullopt);
}

void SpeedView::showTime(SpeedStage stage, const std::optional<StageTime>& time)
{
    const int row = static_cast<int>(stage);
    m_times->item(row, 1)->setText(time ? timeText(time->seconds) : tr("–"));
    m_times->item(row, 2)->setText(time ? rateText(*time) : QString());
    m_times->item(row, 3)->setText(time ? time->format : QString());
}

void SpeedView::setSpeed(const std::shared_ptr<const SpeedReport>& speed)
{
    m_kernels->removeRows(0, m_kernels->rowCount());
    m_kernelTable->setVisible(speed != nullptr);
    m_reading->setText(tr("How fast each kernel is here, beside a loop that only reads."));
    if (!speed)
        return;
    QStringList reading;
    for (const auto& [threads, read] : speed->read)
        reading << (threads == 1 ? tr("%1 on one thread").arg(fixedText(read.gelems, 2))
                                 : tr("%1 on %2").arg(fixedText(read.gelems, 2), QString::number(threads)));
    m_reading->setText(tr("Reading alone, 10⁹ elements a second: %1").arg(reading.join(QStringLiteral(", "))));
    for (const SpeedResult& result : speed->results)
        m_kernels->appendRow({cell(QString::fromStdString(result.name)), cell(QString::number(result.threads), true),
            cell(QString::fromUtf8(instructionSetName(result.set).data())), cell(fixedText(result.gelems, 3), true),
            cell(fixedText(result.ratioToRead, 3), true)});
}

void SpeedView::setMeasuring(std::optional<double> fraction)
{
    m_measure->setEnabled(!fraction);
    m_progress->setVisible(fraction.has_value());
    m_cancel->setVisible(fraction.has_value());
    m_progress->setValue(fraction ? static_cast<int>(*fraction * 1000) : 0);
}

QString SpeedView::toText() const
{
    return tableText(*m_times) + u'\n' + tableText(*m_kernels);
}

}  // namespace nanoscope
