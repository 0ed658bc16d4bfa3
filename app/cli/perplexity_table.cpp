#include "app/cli/perplexity_table.h"

#include "app/cli/text_table.h"

#include <algorithm>
#include <cmath>

namespace nanoscope::cli {
namespace {

/// Neighbours in the order of their losses that cannot be told apart, a sentence each.
std::string inseparableText(const std::vector<PerplexityFigures>& results)
{
    std::vector<const PerplexityFigures*> order;
    for (std::size_t i = 1; i < results.size(); ++i)
        order.push_back(&results[i]);
    std::stable_sort(order.begin(), order.end(),
        [](const PerplexityFigures* a, const PerplexityFigures* b) { return a->deltaLoss < b->deltaLoss; });
    std::string text;
    for (std::size_t i = 1; i < order.size(); ++i)
        if (!areSeparable(*order[i - 1], *order[i]))
            text += order[i - 1]->format + " and " + order[i]->format + " are not separable by one cast\n";
    return text;
}

/// A single window has no standard error.
std::string numberOrDash(double value)
{
    return std::isfinite(value) ? fixed(value, 5) : "-";
}

}  // namespace

std::string perplexityTable(const std::vector<PerplexityFigures>& results)
{
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right,
        Align::Right});
    table.addRow({"FORMAT", "BITS", "LOSS", "PERPLEXITY", "CHANGE", "+-", "GRID", "SECONDS"});
    for (const PerplexityFigures& each : results) {
        const bool isCast = &each != &results.front();
        table.addRow({each.format, fixed(each.bitsPerElement, 4), fixed(each.loss, 6), fixed(each.perplexity, 3),
            isCast ? (each.deltaLoss > 0 ? "+" : "") + fixed(each.deltaLoss, 5) : "",
            isCast ? numberOrDash(each.deltaLossStandardError) : "", each.gridSpread ? fixed(*each.gridSpread, 5) : "",
            fixed(each.seconds, 2)});
    }
    return table.text() + "\n" + std::to_string(results.front().tokens)
        + " tokens; losses in nats per token. +-: standard error of the change over windows, paired.\n"
          "GRID: standard deviation of the change over shifted block grids, which more tokens do not lessen.\n"
        + inseparableText(results);
}

}  // namespace nanoscope::cli
