#pragma once

#include "app/explorer.h"
#include "app/panel_dock.h"
#include "core/analysis/block_lab.h"
#include "widgets/latest_job.h"

#include <memory>
#include <vector>

class QDockWidget;

namespace nanoscope {

class DeferredRefresh;
class TeachView;

/// The Teach dock: one block under format A, with values that can be changed and bits that can be flipped. It follows
/// the selected block of the tensor until values are given; quantizing and decoding are done on a lane of its own.
class TeachDock : public PanelDock {
    Q_OBJECT

public:
    /// @param dock  gets the view as its content
    TeachDock(QDockWidget& dock, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override { return !m_isVisible || !(m_isStale || m_lab.isBusy()); }
    [[nodiscard]] bool isBusy() const override { return m_lab.isBusy(); }
    [[nodiscard]] QString unsettled() const override;
    void cancel() override;
    void setTheme(const Theme& theme) override;

private:
    /// Where the values are from.
    enum class Source {
        Tensor,   ///< the selected block as it is
        Changed,  ///< that block with values of the user's: its tensor scale and fitted parts stay
        Own       ///< the user's values alone
    };

    void connectExplorer();
    void connectView();
    void takeTensor();
    void request();
    void refresh();
    void receive(std::shared_ptr<const LabBlock> block);
    void showProblem(const std::exception_ptr& exception);
    [[nodiscard]] QString sourceText() const;

    Explorer& m_explorer;
    TeachView* m_view;
    DeferredRefresh* m_refresh;
    Source m_source = Source::Own;
    std::vector<float> m_values;
    std::vector<std::size_t> m_flips;
    std::size_t m_element = 0;
    std::shared_ptr<const LabBlock> m_block;
    std::shared_ptr<const Report> m_report;  ///< that a changed block belongs to
    quint64 m_blockNumber = 0;
    bool m_isVisible = false;
    bool m_isStale = true;
    LatestJob<std::shared_ptr<const LabBlock>> m_lab;
};

}  // namespace nanoscope
