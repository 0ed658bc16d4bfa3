#pragma once

#include "core/format/format_json.h"
#include "core/format/preset.h"

#include <QHash>
#include <QString>

#include <optional>
#include <vector>

namespace nanoscope {

/// True when two specs are the same format; the blocked axis belongs to the tensor's view, not to the format.
[[nodiscard]] bool isSameFormat(const FormatSpec& a, const FormatSpec& b);

/// Names edited formats after what they were edited from: "NxFP4 (edited)", and "NxFP4" again once equal to it.
class FormatNaming {
public:
    void setPresets(const std::vector<Preset>& presets);

    /// Takes note of a format that was given by name: the name of a file stands for the spec it came with.
    void learn(const NamedFormat& format);

    /// The name that an edit starts from: "NxFP4" for "NxFP4 (edited)" and for "NxFP4:scale.rule=ceil".
    [[nodiscard]] QString baseOf(const QString& name) const;
    /// The spec that a base name stands for.
    [[nodiscard]] std::optional<FormatSpec> specOf(const QString& base) const;
    /// The name of `spec` when it was edited from `base`.
    [[nodiscard]] QString nameFor(const QString& base, const FormatSpec& spec) const;

private:
    QHash<QString, FormatSpec> m_presets;
    QHash<QString, FormatSpec> m_others;
};

}  // namespace nanoscope
