#pragma once

#include "core/fast/speed.h"
#include "widgets/latest_job.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>

namespace nanoscope {

/// Measures the kernels on a thread of its own, when the user asks for it.
class SpeedMeter : public QObject {
    Q_OBJECT

public:
    explicit SpeedMeter(QObject* parent = nullptr);

    void start();
    void cancel();

signals:
    void progressed(double fraction);
    void measured(const std::shared_ptr<const nanoscope::SpeedReport>& speed);
    /// Nothing runs any more: done, canceled or failed.
    void stopped();
    void failed(const QString& message);

private:
    QTimer m_timer;
    std::shared_ptr<std::atomic<double>> m_fraction;
    LatestJob<std::shared_ptr<const SpeedReport>> m_job;
};

}  // namespace nanoscope
