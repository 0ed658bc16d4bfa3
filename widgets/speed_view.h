#pragma once

#include "core/fast/speed.h"

#include <QString>
#include <QWidget>

#include <array>
#include <memory>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QStandardItemModel;
class QTableView;

namespace nanoscope {

/// Where a figure on the screen may come from, from the file to the whole report.
enum class SpeedStage { Loading, SummaryBuild, SummaryAnswer, Preview, Pass, Report };
inline constexpr std::size_t kSpeedStages = 6;

/// How long a stage took the last time.
struct StageTime {
    double seconds = 0.0;  ///< wall time
    quint64 elements = 0;  ///< of the tensor that it answered for
    QString format;        ///< empty for stages that know none
};

/// The time that each stage of an answer took last, and how fast the kernels are on this machine.
class SpeedView : public QWidget {
    Q_OBJECT

public:
    explicit SpeedView(QWidget* parent = nullptr);

    void setTime(SpeedStage stage, const StageTime& time);
    /// For another tensor nothing was measured yet.
    void clearTimes();
    /// @param speed  null: not measured yet
    void setSpeed(const std::shared_ptr<const SpeedReport>& speed);
    /// @param fraction  of the measurement that runs; nothing: none does
    void setMeasuring(std::optional<double> fraction);
    /// Both tables as tab-separated text with header lines.
    [[nodiscard]] QString toText() const;

signals:
    void measureRequested();
    void cancelRequested();

private:
    void showTime(SpeedStage stage, const std::optional<StageTime>& time);

    QStandardItemModel* m_times;
    QStandardItemModel* m_kernels;
    QTableView* m_kernelTable;
    QLabel* m_reading;
    QPushButton* m_measure;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
};

}  // namespace nanoscope
