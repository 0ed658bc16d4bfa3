#pragma once

#include "core/lm/perplexity_session.h"
#include "widgets/series_role.h"

#include <QString>

#include <cstddef>
#include <vector>

namespace nanoscope {

/// "GPTQ, act-order" and so on, as the papers write it; direct cast: "direct cast".
[[nodiscard]] QString castMethodTitle(CastMethod method);

/// "GPTQ + bias correction"; empty for a direct cast.
[[nodiscard]] QString castMethodText(const CalibratedCast& calibrated);

/// One of the cases of a state: whose format it is, and how its codes are chosen.
struct AskedCase {
    std::size_t index = 0;  ///< in PerplexityState::asked, and in its layers
    SeriesRole role{};      ///< of the format
    QString method;         ///< castMethodText()

    /// "A", or "A + GPTQ".
    [[nodiscard]] QString label() const { return withMethod(seriesLetter(role)); }
    /// A name of the format with the method behind it.
    [[nodiscard]] QString withMethod(const QString& name) const
    {
        return method.isEmpty() ? name : name + QStringLiteral(" + ") + method;
    }
};

/// The cases of a state in the order in which they are shown: a format's direct cast, then the same format under a
/// method. They are asked for direct casts first, then methods in the same order of formats.
[[nodiscard]] std::vector<AskedCase> askedCases(const PerplexityState& state);

}  // namespace nanoscope
