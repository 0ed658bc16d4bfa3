#pragma once

#include "app/explorer.h"
#include "app/panel_dock.h"
#include "core/analysis/outliers.h"
#include "widgets/latest_job.h"

#include <memory>

class QDockWidget;

namespace nanoscope {

class OutlierView;

/// The Outliers dock: finds the largest elements of format A's report on a lane of its own while the dock can be seen.
class OutlierDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    OutlierDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override { return !m_isVisible || !m_isStale; }
    [[nodiscard]] bool isBusy() const override { return m_job.isBusy(); }
    [[nodiscard]] QString unsettled() const override;
    void cancel() override;
    void setTheme(const Theme& theme) override;
    void save(QSettings& settings) const override;
    void restore(const QSettings& settings) override;

signals:
    /// The user chose an outlier.
    void elementChosen(quint64 block, int element);

private:
    struct Answer {
        std::shared_ptr<const OutlierStudy> study;
        std::shared_ptr<const Report> report;
    };

    void markStale();
    void request();

    Explorer& m_explorer;
    OutlierView* m_view;
    bool m_isVisible = false;
    bool m_isStale = false;
    LatestJob<Answer> m_job;
};

}  // namespace nanoscope
