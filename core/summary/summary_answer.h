#pragma once

#include "core/analysis/report.h"
#include "core/format/codebook.h"
#include "core/format/format_spec.h"
#include "core/summary/exact_summary.h"

#include <optional>
#include <vector>

namespace nanoscope {

/// The summary that answers a format: one scale per block that is a power of two or proportional to the block's
/// maximum, and one codebook for all elements. Nothing for formats that search, choose, keep exceptions or look at more
/// than the maximum.
[[nodiscard]] std::optional<SummaryKind> summaryKindFor(const FormatSpec& spec);

/// What a summary says of a format, without a look at the tensor.
struct SummaryAnswer {
    bool isExact = false;        ///< every threshold lies on the edge of a bin: counts are exact, sums to rounding
    std::vector<double> counts;  ///< elements per code; whole numbers where isExact
    double squaredError = 0.0;
    double absoluteError = 0.0;
    double error = 0.0;             ///< sum d - w
    double power = 0.0;             ///< sum w^2
    double dequantizedPower = 0.0;  ///< sum d^2
    double product = 0.0;           ///< sum w d
    double clipped = 0.0;           ///< elements beyond the outermost level by more than half the outermost step
    double zero = 0.0;              ///< elements that decode to 0
};

/// A format as a summary is asked: its levels and where their cells end, found once for any number of tensors.
class SummaryQuery {
public:
    /// @param spec  with a summaryKindFor()
    explicit SummaryQuery(const FormatSpec& spec);

    [[nodiscard]] SummaryKind kind() const { return m_kind; }
    [[nodiscard]] int block() const { return m_block; }
    /// Scaled value of an element as large as its block's unit.
    [[nodiscard]] double factor() const { return m_factor; }
    /// @return nothing where the summary cannot tell: another kind or block, blocks or thresholds below its smallest
    ///         magnitude, zeros without a level of their own, scales that leave their codec's range
    [[nodiscard]] std::optional<SummaryAnswer> ask(const ExactSummary& summary) const;

private:
    /// The elements of one sign that take one level.
    struct Part {
        std::uint32_t code = 0;
        bool negative = false;
        bool isZero = false;   ///< the level is 0
        bool crosses = false;  ///< magnitudes below and above the level's are apart: the errors' signs differ
        double level = 0.0;    ///< in units of the block
        SummaryCut lower;      ///< toward zero
        SummaryCut upper;      ///< away from it
        SummaryCut atLevel;
    };
    void addParts(const Codebook& book, std::size_t rank);
    [[nodiscard]] SummaryCut cutAt(const Codebook& book, double scaled);
    void addClipCuts(const Codebook& book);
    [[nodiscard]] double maximaPower(const ExactSummary& summary) const;

    SummaryKind m_kind;
    int m_block;
    bool m_isAnswerable = true;
    bool m_isExact = true;
    int m_shift = 0;  // of the scale's exponent against that of the maximum
    int m_lowestExponent = 0;
    int m_highestExponent = 0;
    double m_factor = 1.0;  // scaled value of an element as large as its block's unit
    int m_scaleBits = 0;    // of the mantissa of a real scale, and
    int m_scaleLowest = 0;  // the exponent of the smallest that has all of them
    std::uint32_t m_zeroCode = 0;
    std::size_t m_codeCount = 0;
    std::vector<Part> m_parts;
    SummaryCut m_clip[2];  // positive and negative: magnitudes from here on are clipped
};

/// The tensor that a summary or a sample was made of, for its reports.
struct SummarySubject {
    std::string file;
    TensorInfo tensor;
    Shape shape;
    int axis = 0;
    std::uint64_t rows = 0;
    std::uint64_t rowLength = 0;
};

/// @param view  the tensor's rows, whatever their blocks
[[nodiscard]] SummarySubject subjectOf(const Tensor& tensor, const BlockView& view);

/// What a report says of its tensor and format before any figure.
/// @param spec  of the format, resolved for the rows
[[nodiscard]] Report startReport(
    ReportTier tier, const SummarySubject& subject, const NamedFormat& format, const FormatSpec& spec);

/// An answer as a report (ReportTier::Summary): error figures but the largest error, counts per level, structural and
/// tensor vacancy, entropy, zero, underflow and clipped fractions, density, bits. What a summary does not know is NaN
/// or empty.
/// @param query  of the same format
[[nodiscard]] std::optional<Report> summaryReport(
    const ExactSummary& summary, const SummaryQuery& query, const NamedFormat& format, const SummarySubject& subject);

}  // namespace nanoscope
