#pragma once

#include "app/explorer.h"
#include "widgets/latest_job.h"
#include "widgets/series_role.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace nanoscope {

/// Makes a figure of every report on show, on a lane of its own. A report whose figure is at hand is not read again.
template <class Figure> class FigureLane {
public:
    struct Entry {
        SeriesRole role = SeriesRole::A;
        std::shared_ptr<const Report> report;
        std::shared_ptr<const Figure> figure;
    };
    using Entries = std::vector<Entry>;
    /// Runs on the lane.
    using Measure = std::function<Figure(const Report&, const std::stop_token&)>;

    /// @param done    gets the figures of all reports, from A on
    /// @param failed  gets what went wrong, for the user
    FigureLane(Measure measure, std::function<void(const Entries&)> done, std::function<void(const QString&)> failed)
        : m_measure(std::move(measure))
        , m_job(
              [this, done = std::move(done)](Entries entries) {
                  m_known = std::move(entries);
                  done(m_known);
              },
              [failed = std::move(failed)](
                  const std::exception_ptr& exception) { failed(Explorer::messageOf(exception)); })
    {
    }

    /// Asks for the figures of the reports that the explorer has now.
    void request(const Explorer& explorer)
    {
        Entries wanted;
        for (const Explorer::Slot slot : Explorer::kEverySlot) {
            Entry entry{kSeriesRoles[slot], explorer.report(slot), nullptr};
            if (!entry.report)
                continue;
            for (const Entry& known : m_known)
                if (known.report == entry.report)
                    entry.figure = known.figure;
            wanted.push_back(std::move(entry));
        }
        m_job.submit([wanted = std::move(wanted), measure = m_measure](const std::stop_token& stop) mutable {
            for (Entry& entry : wanted)
                if (!entry.figure)
                    entry.figure = std::make_shared<const Figure>(measure(*entry.report, stop));
            return std::move(wanted);
        });
    }

    void cancel() { m_job.cancel(); }
    [[nodiscard]] bool isBusy() const { return m_job.isBusy(); }

private:
    Measure m_measure;
    Entries m_known;  // of the newest answer
    LatestJob<Entries> m_job;
};

}  // namespace nanoscope
