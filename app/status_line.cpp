#include "app/status_line.h"

#include "core/analysis/report.h"
#include "widgets/tier_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

#include <algorithm>

namespace nanoscope {
namespace {

constexpr qint64 kPatience = 500;  // milliseconds before progress is worth showing

}  // namespace

StatusLine::StatusLine(QWidget* parent)
    : QWidget(parent)
    , m_label(new QLabel)
    , m_progress(new QProgressBar)
    , m_cancel(new QToolButton)
{
    m_label->setObjectName("statusText");
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_label->setMinimumWidth(100);
    m_progress->setObjectName("progress");
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, 1000);
    m_progress->setMaximumWidth(180);
    m_cancel->setObjectName("cancel");
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop what is running (Esc)"));
    m_progress->hide();
    m_cancel->hide();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, &StatusLine::cancelRequested);
    refresh();
}

void StatusLine::setReport(const Report* report)
{
    m_figures.clear();
    if (report && !report->hasMeasured()) {
        const QLocale locale;
        m_figures
            = tr("%1: nothing to measure: every block holds a NaN or infinity · %2 elements (%3 NaN, %4 infinite)")
                  .arg(QString::fromStdString(report->format.name), locale.toString(qulonglong{report->elements}),
                      locale.toString(qulonglong{report->nanCount}),
                      locale.toString(qulonglong{report->infinityCount}));
    } else if (report && report->tier != ReportTier::Exact) {
        const QLocale locale;
        const QString vacant = report->tier == ReportTier::Summary
            ? tr("vacant %1 of the tensor").arg(locale.toString(qulonglong{report->vacant.tensor}))
            : tr("%1 unused per block").arg(locale.toString(report->vacant.blockMean, 'f', 2));
        m_figures
            = tr("%1: %2 bits per element · SQNR %3 · MSE %4 · %5 · %6")
                  .arg(QString::fromStdString(report->format.name), locale.toString(report->bitsPerElement, 'f', 4),
                      report->error.sqnrDecibel ? tr("%1 dB").arg(locale.toString(*report->error.sqnrDecibel, 'f', 2))
                                                : tr("undefined"),
                      locale.toString(report->error.mse, 'g', 4), vacant, tierText(*report));
    } else if (report) {
        const QLocale locale;
        const QString sqnr = report->error.sqnrDecibel
            ? tr("%1 dB").arg(locale.toString(*report->error.sqnrDecibel, 'f', 2))
            : tr("undefined");
        m_figures
            = tr("%1: %2 bits per element · SQNR %3 · MSE %4 · vacant %5 of the tensor, %6 per block · %7 elements%8 · "
                 "%9 ms")
                  .arg(QString::fromStdString(report->format.name), locale.toString(report->bitsPerElement, 'f', 4),
                      sqnr, locale.toString(report->error.mse, 'g', 4),
                      locale.toString(qulonglong{report->vacant.tensor}),
                      locale.toString(report->vacant.blockMean, 'f', 2), locale.toString(qulonglong{report->elements}),
                      report->excluded > 0 ? tr(" (%1 excluded: %2 NaN, %3 infinite)")
                                                 .arg(locale.toString(qulonglong{report->excluded}),
                                                     locale.toString(qulonglong{report->nanCount}),
                                                     locale.toString(qulonglong{report->infinityCount}))
                                           : QString(),
                      locale.toString(report->seconds * 1000, 'f', report->seconds < 0.01 ? 1 : 0));
    }
    refresh();
}

void StatusLine::setBusy(const QString& what)
{
    if (m_busy.isEmpty() && !what.isEmpty())
        m_busySince.start();
    m_busy = what;
    m_unsettled.clear();
    if (what.isEmpty()) {
        m_progress->hide();
        m_cancel->hide();
    }
    refresh();
}

void StatusLine::setUnsettled(const QString& why)
{
    setBusy({});
    m_unsettled = why;
    refresh();
}

void StatusLine::setProgress(const QString& what, double fraction)
{
    if (m_busy.isEmpty())
        return;
    m_busy = what;
    if (m_busySince.elapsed() > kPatience) {
        m_progress->show();
        m_cancel->show();
    }
    m_progress->setValue(static_cast<int>(fraction * m_progress->maximum()));
    refresh();
}

QSize StatusLine::withRoomForProgress(QSize size) const
{
    const int height = std::max(m_progress->sizeHint().height(), m_cancel->sizeHint().height());
    return {size.width(), std::max(size.height(), height)};
}

QSize StatusLine::sizeHint() const
{
    return withRoomForProgress(QWidget::sizeHint());
}

QSize StatusLine::minimumSizeHint() const
{
    return withRoomForProgress(QWidget::minimumSizeHint());
}

QString StatusLine::text() const
{
    return m_label->text();
}

void StatusLine::refresh()
{
    const QString end = !m_busy.isEmpty() ? tr("%1 …").arg(m_busy) : m_unsettled.isEmpty() ? tr("ready") : m_unsettled;
    m_label->setText(m_figures.isEmpty() ? end : m_figures + " · " + end);
    m_label->setToolTip(m_label->text());
}

}  // namespace nanoscope
