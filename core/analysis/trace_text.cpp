#include "core/analysis/trace_text.h"

#include "core/format/format_text.h"
#include "core/half.h"
#include "core/quant/set_aside.h"

#include <cmath>
#include <vector>

namespace nanoscope {

std::string scaleText(const StoredScale& scale)
{
    if (!(scale.value > 0) || !std::isfinite(scale.value))
        return std::isnan(scale.value) ? "NaN" : numberText(scale.value);
    int exponent = 0;
    const double mantissa = std::frexp(scale.value, &exponent) * 2;
    const std::string power = "2^" + std::to_string(exponent - 1);
    return mantissa == 1.0 ? power : numberText(mantissa) + " × " + power;
}

std::string metaMeaning(const MetaField& field, std::uint32_t value, const FormatSpec& spec)
{
    if (field.name == kOffset && spec.offset && spec.offset->kind == OffsetKind::ZeroPoint)
        return std::string("code ").append(std::to_string(value)).append(" is zero");
    if (field.name == kOffset || field.name == kSuperMinimum || field.name == kLevels)
        return numberText(static_cast<double>(halfToFloat(static_cast<std::uint16_t>(value))));
    if (field.name == kExceptionValue && spec.special)
        return numberText(exceptionValue(spec.special->kind, static_cast<std::uint16_t>(value)));
    if (field.name == kCodebook)
        return value < spec.elements.size() ? spec.elements[value].id : std::string();
    if (field.name == kNanoMantissa || field.name == kSubgroupMantissa || field.name == kMicroexponent) {
        const std::vector<double> grid = spec.micro ? spec.micro->grid() : std::vector<double>();
        return value < grid.size() ? "× " + numberText(grid[value]) : std::string();
    }
    if (field.name == kExceptionIndex)
        return "element " + std::to_string(value);
    if (field.name == kExceptionMantissa)
        return "1 + " + std::to_string(value) + "/" + std::to_string(1 << field.bits);
    if (field.name == kOthersOffset)
        return "× 2^-" + std::to_string(value);
    if (field.name == kTop1Mantissa)
        return "fine step " + std::to_string(static_cast<int>(value) - 1);
    return {};
}

}  // namespace nanoscope
