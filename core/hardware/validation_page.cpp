#include "core/hardware/validation.h"

#include <array>
#include <charconv>

namespace nanoscope {
namespace {

constexpr double kPercent = 100.0;

std::string number(double value, int digits)
{
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, digits).ptr;
    return {text.data(), end};
}

std::string publishedText(const ValidationFigure& figure)
{
    if (!figure.low)
        return "order";
    const std::string low = number(*figure.low, figure.digits);
    return *figure.low == *figure.high ? low : low + " to " + number(*figure.high, figure.digits);
}

bool isPercentage(const ValidationFigure& figure)
{
    return figure.unit == "%";
}

std::string differenceText(const ValidationFigure& figure)
{
    if (!figure.difference() || figure.kind == ToleranceKind::Order)
        return "";
    const double value = isPercentage(figure) ? *figure.difference() : kPercent * *figure.relativeDifference();
    const std::string text = number(value, 1);
    const bool isZero = text == "0.0" || text == "-0.0";
    return (isZero ? "0" : value > 0.0 ? "+" + text : text) + (isPercentage(figure) ? " points" : " %");
}

std::string toleranceText(const ValidationFigure& figure)
{
    switch (figure.kind) {
    case ToleranceKind::Exact:
        return "exact";
    case ToleranceKind::Digits:
        return "digits given";
    case ToleranceKind::Relative:
        return number(kPercent * figure.tolerance, figure.tolerance < 0.01 ? 1 : 0) + " %";
    case ToleranceKind::Points:
        return number(figure.tolerance, 0) + " points";
    case ToleranceKind::Order:
        return "order only";
    case ToleranceKind::Bound:
        return "bound only";
    case ToleranceKind::Shown:
        break;
    }
    return "other reading";
}

const char* verdictText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Reproduced:
        return "reproduced";
    case Verdict::NotReproduced:
        return "**not reproduced**";
    case Verdict::OrderHolds:
        return "order holds";
    case Verdict::OrderFails:
        return "**order fails**";
    case Verdict::BoundHolds:
        return "bound holds";
    case Verdict::BoundFails:
        return "**bound fails**";
    case Verdict::Shown:
        break;
    }
    return "shown";
}

constexpr const char* kHead = R"(# Published figures and ours

Written by the target `docs` (`cmake --build build/release --target docs`) from what the program computes; a test writes
it again and compares. Published figures, array shapes and bit mixes stand in `resources/hardware/published.json`, the
synthesized units in `resources/hardware/synthesized.json`. Differences are relative, those of percentages in points; against
a range they count from its nearer end. Rows that we do not reproduce stay, and say so.

| row | figure | published | ours | difference | tolerance | verdict |
|---|---|---:|---:|---:|---|---|
)";

constexpr const char* kTail = R"(
## Two published numbers that are no calibration targets

**Tile areas of M2XFP** (arXiv 2601.19213, table 5: 2140.12 um2, and 2057.6 and 2104.7 um2 for MXFP4 and NVFP4). A public
repository (dwrScent/nvesm2) holds a Design Compiler report with the first of these areas to six digits. It says that two
multiplier modules and the fixed-to-float converter could not be resolved and that the design has black boxes. So that
area appears to leave out the multipliers and the converter, and the overheads of 2.3 % and 4.0 % appear to describe
registers, adders and the FP32 addition only. The repository is a third party's and we have not seen the official artifact, so
this is what it appears to be, no more.

**Power of M2XFP's buffers and tiles** (the same table: 204 mW in all). The tile's power is in the same repository, in a
report without a defined clock. The buffers' 176.3 mW equal the standby leakage that CACTI gives for two buffers of 144 KB
and one of 36 KB in a high-performance process at 360 K, to the digit. So 86 % of the reported power appears to be leakage of
memory, and no energy of reading or writing memory appears to be in it.

Neither is an input of our model; V5 and V6 use cycle counts, bit mixes and the energies of the simulator.

## How far this goes

The synthesized units and the formulas are both ours, so that their agreement (3.3 % on average) is bookkeeping. The independent
checks are V11, V12, V19 and V20. Bit mixes that were chosen for equal accuracy, not gates, decide V5 to V7. Tolerances are
data in the same file as the published figures. Areas are those of synthesis, without placement and routing.
)";

}  // namespace

std::string validationPage(const std::vector<ValidationRow>& rows)
{
    std::string page = kHead;
    for (const ValidationRow& row : rows) {
        std::string title = row.id + ", " + row.title + ": ";
        for (const ValidationFigure& figure : row.figures) {
            page += "| " + title + "| " + figure.label + (figure.unit.empty() ? "" : ", " + figure.unit) + " | "
                + publishedText(figure) + " | " + number(figure.ours, figure.digits) + " | " + differenceText(figure)
                + " | " + toleranceText(figure) + " | " + verdictText(figure.verdict) + " |\n";
            title.clear();
        }
    }
    page += "\n## Sources and ways\n\n";
    for (const ValidationRow& row : rows)
        page += "- **" + row.id + "**, " + row.title + ". Published: " + row.source + ". Ours: " + row.how
            + (row.how.ends_with('.') ? "\n" : ".\n");
    return page + kTail;
}

}  // namespace nanoscope
