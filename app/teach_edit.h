#pragma once

#include "core/format/format_spec.h"

#include <QJsonObject>
#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace nanoscope {

/// What the user made of the block in Teach, and of which block it was made: shown while that block is.
struct TeachEdit {
    enum class Values {
        Tensor,   ///< as the tensor has them
        Changed,  ///< some are the user's; the block's tensor scale and fitted parts stay
        Own       ///< the user's alone
    };
    Values kind = Values::Tensor;
    std::vector<float> values;               ///< of Changed and Own, by element
    std::vector<std::size_t> flips;          ///< places of flipped bits in packed order
    std::optional<FormatSpec> flippedUnder;  ///< whose bits those are; nothing without flips
    QString file;                            ///< absolute; empty when no tensor was open
    QString tensor;
    quint64 block = 0;
    bool operator==(const TeachEdit&) const = default;

    /// True when the block is as the tensor and the encoder have it.
    [[nodiscard]] bool isPlain() const { return kind == Values::Tensor && flips.empty(); }
};

/// As sessions keep it; the tensor and the format are the session's own.
[[nodiscard]] QJsonObject toJson(const TeachEdit& edit);

/// @param edit  takes values and flips; has the tensor and the format of the session already
/// @return false when it is not what toJson() writes; `edit` stays then
[[nodiscard]] bool readTeachEdit(const QJsonObject& json, TeachEdit& edit);

}  // namespace nanoscope
