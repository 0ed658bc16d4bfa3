#pragma once

#include "core/lm/direct_cast.h"
#include "core/lm/perplexity.h"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// Everything of a model that is cast, and how.
struct PerplexityCase {
    std::string name;  ///< of the result
    CastPlan weights;
    std::optional<NamedFormat> activations;  ///< inputs of the linear layers, a window at a time
    std::optional<NamedFormat> keyValues;    ///< keys and values, a window at a time
};

/// Columns by which the grid of blocks is moved to see how much of a change is the luck of one rounding. More tokens do
/// not lessen that luck.
inline constexpr std::array<std::size_t, 6> kGridShifts{0, 5, 11, 17, 23, 29};

/// What a language model loses by a cast.
struct PerplexityFigures {
    std::string format;
    double loss = 0.0;                    ///< nats per token
    double perplexity = 0.0;              ///< its exponential
    double delta = 0.0;                   ///< of the perplexity, against the model as it is
    double deltaLoss = 0.0;               ///< nats per token
    double deltaLossStandardError = 0.0;  ///< over windows, paired; NaN for a single window
    std::optional<double> gridSpread;     ///< standard deviation of deltaLoss over kGridShifts; weights only
    double bitsPerElement = 0.0;          ///< of the cast weights, all-in; as the file has them where none is cast
    std::size_t tokens = 0;               ///< that were predicted
    std::size_t grids = 1;                ///< of kGridShifts that were evaluated
    double seconds = 0.0;                 ///< wall time
    std::vector<double> windowLosses;     ///< nats, sum over the tokens of each window
};

/// How to run a comparison.
struct PerplexityOptions {
    unsigned threads = 0;                  ///< 0: as many as there are cores
    std::stop_token stop;                  ///< a stop throws Cancelled
    std::function<void(double)> progress;  ///< fraction done, from any worker, one call at a time; may be empty
    /// Figures of the windows, and then of the grids, that are done; called as progress is. They have no window losses
    /// until all windows are done.
    std::function<void(const PerplexityFigures&)> refined;
};

/// The model as it is.
[[nodiscard]] PerplexityFigures unquantizedFigures(
    const LanguageModel& model, const TokenWindows& windows, const PerplexityOptions& options = {});

/// The model after a cast, against itself on the same windows; without the spread over grids.
/// @param unquantized  unquantizedFigures() of the same model and windows
/// @throws Cancelled; Error as castModel()
[[nodiscard]] PerplexityFigures castFigures(const LanguageModel& model, const TokenWindows& windows,
    const PerplexityCase& what, const PerplexityFigures& unquantized, const PerplexityOptions& options = {});

/// The same of a model that castModel() has cast as `what` says.
[[nodiscard]] PerplexityFigures castFigures(const CastModel& cast, const TokenWindows& windows,
    const PerplexityCase& what, const PerplexityFigures& unquantized, const PerplexityOptions& options = {});

/// The model after the cast that a case asks for.
/// @param options  progress is that over matrices
/// @throws Cancelled; Error as castModel(), and for a pattern that no layer matches
[[nodiscard]] CastModel castFor(
    const LanguageModel& model, const PerplexityCase& what, const PerplexityOptions& options = {});

/// The same figures with the spread over grids, which takes five evaluations more; as they are where no weights are
/// cast.
/// @param figures  castFigures() of the same case
/// @throws Cancelled; Error as castModel()
[[nodiscard]] PerplexityFigures withGridSpread(PerplexityFigures figures, const LanguageModel& model,
    const TokenWindows& windows, const PerplexityCase& what, const PerplexityFigures& unquantized,
    const PerplexityOptions& options = {});

/// False where one cast cannot tell two formats apart: their losses differ by less than twice the spread over grids of
/// either, or twice the standard error of the paired difference over windows.
[[nodiscard]] bool areSeparable(const PerplexityFigures& a, const PerplexityFigures& b);

/// One object of `perplexity --json` (DESIGN section 5).
[[nodiscard]] nlohmann::json toJson(const PerplexityFigures& figures);

}  // namespace nanoscope
