#pragma once

#include "app/explorer.h"
#include "app/panel_dock.h"
#include "app/teach_edit.h"
#include "core/analysis/block_lab.h"
#include "widgets/latest_job.h"

#include <memory>
#include <vector>

class QDockWidget;

namespace nanoscope {

class DeferredRefresh;
class TeachView;

/// The Teach dock: one block under format A, with values that can be changed and bits that can be flipped. It follows
/// the selected block of the tensor, and shows what the user made of it whenever that block is there; values of the
/// user's own stay until another tensor comes. Quantizing and decoding are done on a lane of its own.
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

    /// What is shown: edit() as far as it belongs to the present block and format.
    [[nodiscard]] TeachEdit present() const;
    /// What the user made last, of whichever block.
    [[nodiscard]] const TeachEdit& edit() const { return m_edit; }
    void setEdit(const TeachEdit& edit);

signals:
    /// The user changed the block; controlId tells edits by the same control apart from others.
    void edited(const nanoscope::TeachEdit& edit, const QString& controlId);

private:
    void connectExplorer();
    void connectView();
    [[nodiscard]] TeachEdit plain() const;
    [[nodiscard]] bool belongs(const TeachEdit& edit) const;
    void changeValue(int element, float value);
    void flip(std::size_t place);
    void request();
    void refresh();
    void receive(std::shared_ptr<const LabBlock> block);
    void showProblem(const std::exception_ptr& exception);
    [[nodiscard]] QString sourceText() const;

    Explorer& m_explorer;
    TeachView* m_view;
    DeferredRefresh* m_refresh;
    TeachEdit m_edit;
    std::size_t m_element = 0;
    std::shared_ptr<const LabBlock> m_block;
    std::shared_ptr<const Report> m_report;  ///< that the block belongs to; null before a tensor's first trace
    quint64 m_blockNumber = 0;
    bool m_isVisible = false;
    bool m_isStale = true;
    LatestJob<std::shared_ptr<const LabBlock>> m_lab;
};

}  // namespace nanoscope
