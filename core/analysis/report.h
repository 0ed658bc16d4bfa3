#pragma once

#include "core/analysis/compact_doubles.h"
#include "core/format/codebook.h"
#include "core/format/format_json.h"
#include "core/format/format_spec.h"
#include "core/tensor.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// Figures of the error d - w over the elements of all blocks without NaN or infinity. Definitions: catalogue
/// section 8.
struct ErrorFigures {
    double mse = 0.0;                   ///< mean (d-w)^2
    std::optional<double> nmse;         ///< sum (d-w)^2 / sum w^2; absent when the tensor is zero
    std::optional<double> sqnrDecibel;  ///< -10 log10 NMSE; absent when the error or the tensor is zero
    double meanAbsolute = 0.0;          ///< mean |d-w|
    double maximum = 0.0;               ///< max |d-w|
    double bias = 0.0;                  ///< mean d-w
    std::optional<double> cosine;       ///< <w,d> / (|w| |d|)
    std::optional<double> gain;         ///< <w,d> / <w,w>
};

/// The four kinds of vacant level, always named (DESIGN section 4).
struct VacancyFigures {
    std::uint64_t structural = 0;  ///< (book, code) pairs never written or repeating a value
    std::uint64_t tensor = 0;      ///< other pairs with count 0
    double blockMean = 0.0;        ///< mean over blocks of unused codes of the block's book, structural ones left out
    double blockExpected = 0.0;    ///< the same for independent draws: mean over blocks of sum (1-p_c)^n
    double headroomMean = 0.0;     ///< mean over blocks of levels beyond the block's highest and lowest used level
};

/// One (book, code) pair.
struct LevelCount {
    std::uint32_t book = 0;
    std::uint32_t code = 0;
    double level = 0.0;  ///< before scaling; NaN where the code is no number
    CodeUse use = CodeUse::Level;
    std::uint64_t count = 0;
    double squaredError = 0.0;  ///< sum over the elements with this code

    /// True when no input can produce the code.
    [[nodiscard]] bool isStructurallyVacant() const { return use == CodeUse::Redundant || use == CodeUse::NotANumber; }
    [[nodiscard]] bool isTensorVacant() const { return count == 0 && !isStructurallyVacant(); }
};

/// How many elements lie where on the axis value / (scale * micro-scale), for the picture under the levels.
struct Density {
    double lowest = 0.0;                ///< left edge of the first bin
    double highest = 0.0;               ///< right edge of the last bin; outliers are counted in the outermost bins
    std::vector<std::uint64_t> counts;  ///< equal bins
};

/// Elements and squared error by magnitude, in bins of half an octave.
struct MagnitudeBin {
    double lowest = 0.0;   ///< |w| >= lowest
    double highest = 0.0;  ///< |w| < highest
    std::uint64_t count = 0;
    double squaredError = 0.0;  ///< sum (d-w)^2
    double power = 0.0;         ///< sum w^2
};

/// Share of blocks (or subgroups) that chose each candidate; empty where the format has no such choice.
struct ChoiceShares {
    std::vector<double> book;
    std::vector<double> micro;
    std::vector<double> offset;
    std::vector<double> target;
};

/// How much of the tensor stands behind a report.
enum class ReportTier {
    Exact,    ///< every element was quantized
    Summary,  ///< from an ExactSummary: no figures of single blocks and no largest error
    Preview,  ///< from a BlockSample: estimates; no figures of single blocks, no largest error, no bounds
    Pass      ///< errors, counts and vacancy of every element from a kernel; the rest from a summary or a preview
};

/// Bounds on the SQNR of a quantizer of the same bits per element, for the values' own distribution (catalogue section
/// 9).
struct Bounds {
    std::optional<double> shannonDecibel;     ///< Shannon lower bound on the error
    std::optional<double> panterDiteDecibel;  ///< fixed-rate scalar, many levels
    std::optional<double>
        lloydMaxDecibel;  ///< best scalar codebook of round(2^bits) levels for the whole tensor; up to 8 bits
};

struct PreparedTensor;

/// Everything that is reported of one tensor under one format. Immutable once made; what `--json` prints.
struct Report {
    std::string file;
    TensorInfo tensor;
    NamedFormat format;
    ReportTier tier = ReportTier::Exact;
    Shape shape;   ///< after --reshape
    int axis = 0;  ///< blocked axis, from the front
    std::uint64_t rows = 0;
    std::uint64_t rowLength = 0;
    std::uint64_t blocksPerRow = 0;
    std::uint64_t blockLength = 0;  ///< elements of a whole block

    std::uint64_t elements = 0;
    std::uint64_t excluded = 0;  ///< elements of blocks with NaN or infinity
    std::uint64_t nanCount = 0;
    std::uint64_t infinityCount = 0;
    std::uint64_t saturated = 0;  ///< dequantized beyond the largest float32
    double bitsPerElement = 0.0;  ///< all-in: what is stored
    double payloadBits = 0.0;     ///< element codes alone
    std::string basis;            ///< what figures refer to: "as stored", or the transform in words
    double tensorScale = 1.0;
    double power = 0.0;  ///< sum w^2 of the blocks without NaN or infinity

    ErrorFigures error;
    std::optional<double> sqnrStandardError;  ///< dB; of a preview only
    double clippedFraction = 0.0;
    double zeroFraction = 0.0;                 ///< P(d = 0)
    double underflowFraction = 0.0;            ///< P(d = 0 and w != 0)
    double blockMaxRelativeError = 0.0;        ///< mean over blocks of |d-w|/|w| at the first largest element
    double blockMaxErrorShare = 0.0;           ///< its share of the squared error
    double entropyBits = 0.0;                  ///< of the codes, all books pooled
    double utilisation = 0.0;                  ///< entropy / code bits
    double klDivergenceBits = 0.0;             ///< KL(w || d), 512 bins over +-valueReach; display only
    double valueReach = 0.0;                   ///< largest magnitude of the tensor, excluded blocks left out
    std::vector<LevelCount> levels;            ///< every (book, code), by book, then code
    std::vector<std::uint64_t> blocksPerBook;  ///< units that chose each book
    VacancyFigures vacant;
    ChoiceShares choices;
    Bounds bounds;                                                ///< at the payload bits
    Bounds boundsAllIn;                                           ///< at all bits stored
    std::vector<Density> density;                                 ///< per book
    std::vector<MagnitudeBin> magnitudes;                         ///< ascending, empty bins at the ends left out
    std::vector<std::pair<double, double>> blockSqnrPercentiles;  ///< (percent, dB)
    CompactDoubles blockSquaredError;                             ///< per block, row by row; NaN for excluded blocks
    CompactDoubles blockPower;                                    ///< per block: sum w^2; NaN for excluded blocks
    std::vector<float> blockMaxError;                             ///< per block: max |d-w|; NaN for excluded blocks
    std::uint64_t worstBlock = 0;                    ///< number of the block with the largest squared error
    double seconds = 0.0;                            ///< wall time of the analysis
    std::shared_ptr<const PreparedTensor> prepared;  ///< what was measured, for a closer look; not part of the figures
    std::vector<std::uint64_t> chunksByWorker;       ///< how many chunks each worker measured

    /// False when every block holds a NaN or infinity: then no figure of errors, levels or blocks means anything.
    [[nodiscard]] bool hasMeasured() const { return excluded < elements; }
    /// Every measured element came back as it was.
    [[nodiscard]] bool isLossless() const { return hasMeasured() && error.mse == 0.0; }
};

/// Percentiles reported of the per-block SQNR.
inline constexpr std::array<double, 7> kBlockPercentiles{1, 5, 25, 50, 75, 95, 99};

}  // namespace nanoscope
