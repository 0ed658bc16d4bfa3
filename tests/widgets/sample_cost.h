#pragma once

#include "core/format/preset.h"
#include "widgets/cost_result.h"

#include <memory>
#include <string>

namespace nanoscope {

/// The choice that the command line starts with.
inline CostChoice usualCostChoice()
{
    return {{acceleratorByName("m2xfp").parameters, workloadByName("llama-3-8b")}, "m2xfp", std::nullopt};
}

inline NamedFormat presetFormat(const std::string& name)
{
    return {name, findPreset(name)->spec};
}

/// What the views get for two presets; an empty `b` is none.
inline std::shared_ptr<const CostResult> sampleCost(
    const std::string& a, const std::string& b, const CostChoice& choice = usualCostChoice())
{
    auto result = std::make_shared<CostResult>();
    result->choice = choice;
    result->a = costOf(presetFormat(a), choice.activations.value_or(presetFormat(a)), choice.setup);
    if (!b.empty())
        result->b = costOf(presetFormat(b), choice.activations.value_or(presetFormat(b)), choice.setup);
    result->baselines = baselineCosts(choice.setup);
    return result;
}

}  // namespace nanoscope
