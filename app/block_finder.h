#pragma once

#include "app/explorer.h"
#include "app/panel_dock.h"
#include "widgets/latest_job.h"

#include <cstdint>
#include <optional>

namespace nanoscope {

class BlockBits;

/// Finds the next block that chose a codebook of format A, on a lane of its own, and goes there.
class BlockFinder : public PanelDock {
    Q_OBJECT

public:
    BlockFinder(BlockBits& view, Explorer& explorer);

    [[nodiscard]] bool isCurrent() const override { return !isBusy(); }
    [[nodiscard]] bool isBusy() const override { return m_job.isBusy(); }
    void cancel() override;
    void setTheme(const Theme& /*theme*/) override { }

private:
    void find(quint32 book);
    void showBooks();
    void receive(std::optional<std::uint64_t> block);

    BlockBits& m_view;
    Explorer& m_explorer;
    LatestJob<std::optional<std::uint64_t>> m_job;
};

}  // namespace nanoscope
