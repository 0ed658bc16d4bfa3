#include "app/speed_meter.h"

#include <chrono>
#include <exception>

namespace nanoscope {
namespace {

/// Four times what a large cache holds; the command line measures more.
constexpr std::uint64_t kElements = std::uint64_t{32} << 20;
constexpr std::chrono::milliseconds kProgressInterval{100};

}  // namespace

SpeedMeter::SpeedMeter(QObject* parent)
    : QObject(parent)
    , m_fraction(std::make_shared<std::atomic<double>>(0.0))
    , m_job(
          [this](const std::shared_ptr<const SpeedReport>& speed) {
              m_timer.stop();
              emit measured(speed);
              emit stopped();
          },
          [this](const std::exception_ptr& exception) {
              m_timer.stop();
              try {
                  std::rethrow_exception(exception);
              } catch (const std::exception& error) {
                  emit failed(tr("The kernels could not be measured: %1").arg(QString::fromUtf8(error.what())));
              }
              emit stopped();
          })
{
    m_timer.setInterval(kProgressInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] { emit progressed(*m_fraction); });
}

void SpeedMeter::start()
{
    m_fraction = std::make_shared<std::atomic<double>>(0.0);
    emit progressed(0.0);
    m_timer.start();
    m_job.submit([fraction = m_fraction](const std::stop_token& stop) {
        SpeedOptions options;
        options.elements = kElements;
        options.stop = stop;
        options.progress = [fraction](double done) { *fraction = done; };
        return std::make_shared<const SpeedReport>(measureSpeed(options));
    });
}

void SpeedMeter::cancel()
{
    if (!m_job.isBusy())
        return;
    m_job.cancel();
    m_timer.stop();
    emit stopped();
}

}  // namespace nanoscope
