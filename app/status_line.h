#pragma once

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace nanoscope {

struct Report;

/// The figures of format A in one line, ending in "ready" when all that is visible is exact, and the progress of
/// anything that takes longer than half a second, with a button that stops it.
class StatusLine : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    /// @param report  null before the first one
    void setReport(const Report* report);
    /// @param what  shown instead of "ready" until everything is exact; empty: ready
    void setBusy(const QString& what);
    /// Nothing runs, yet what is shown is not what was asked for last.
    /// @param why  shown instead of "ready"
    void setUnsettled(const QString& why);
    void setProgress(const QString& what, double fraction);
    [[nodiscard]] QString text() const;

    /// As high as with the progress bar, so that nothing above moves when that comes and goes.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void cancelRequested();

private:
    void refresh();
    [[nodiscard]] QSize withRoomForProgress(QSize size) const;

    QString m_figures;
    QString m_busy;
    QString m_unsettled;
    QElapsedTimer m_busySince;
    QLabel* m_label;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
};

}  // namespace nanoscope
