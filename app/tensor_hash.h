#pragma once

#include "app/explorer.h"
#include "widgets/latest_job.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace nanoscope {

/// "sha256:" and the hexadecimal SHA-256 of a tensor's values as little-endian float32 in C order: of what every figure
/// refers to, so that the same values have the same hash in whatever file and as whatever type they were stored.
/// @return empty when it was stopped
[[nodiscard]] QString hashOf(const TensorValues& values, const std::stop_token& stop = {});

/// The hash of the tensor on show: made when it is first asked for, off the GUI thread, and kept while the tensor is.
class TensorHash : public QObject {
    Q_OBJECT

public:
    explicit TensorHash(Explorer& explorer);

    /// Starts making it where it is not known yet.
    void prepare();
    /// The hash of the tensor on show; empty when it is not known yet, or there is no tensor.
    [[nodiscard]] QString known() const;
    /// Calls `then` as soon as the hash is known: at once, or from the event loop. Not at all when another tensor comes
    /// before that.
    void whenKnown(std::function<void(const QString&)> then);

private:
    struct Made {
        std::weak_ptr<const LoadedTensor> tensor;
        QString hash;
    };
    void receive(const Made& made);

    Explorer& m_explorer;
    Made m_made;
    std::weak_ptr<const LoadedTensor> m_wanted;
    std::vector<std::function<void(const QString&)>> m_waiting;
    LatestJob<Made> m_job;
};

}  // namespace nanoscope
