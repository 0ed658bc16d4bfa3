#pragma once

#include "widgets/pareto_points.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace nanoscope {

/// What runs behind the loss axis of the Pareto view: a button that starts or stops it, how far it is, what went wrong.
class ParetoLossBar : public QWidget {
    Q_OBJECT

public:
    explicit ParetoLossBar(QWidget* parent = nullptr);

    /// @param front  formats on the front that a start would evaluate, known ones included
    void setRun(const ParetoLossRun& run, std::size_t front);

signals:
    void startAsked();
    void stopAsked();

private:
    QLabel* m_text;
    QProgressBar* m_progress;
    QToolButton* m_button;
    bool m_isRunning = false;
};

}  // namespace nanoscope
