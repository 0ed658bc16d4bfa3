// What a script's "expect" may hold.
#include "app/step_fields.h"
#include "core/error.h"

namespace nanoscope::detail {
namespace {

using nlohmann::json;

StepExpectation parseFigure(JsonFields& fields, const json& object)
{
    expectation::Figure figure;
    figure.path = requiredText(fields, object, "figure");
    figure.of = slotAt(fields, "of");
    if (fields.has("value"))
        figure.value = valueAt(fields, object, "value");
    fields.readNumber("tolerance", figure.tolerance);
    fields.readNumber("at_least", figure.atLeast);
    fields.readNumber("at_most", figure.atMost);
    if (!figure.value && !figure.atLeast && !figure.atMost)
        fields.refuse("value", json(), "a value, at_least or at_most");
    if (!(figure.tolerance >= 0.0))
        fields.refuse("tolerance", object["tolerance"], "a number that is not negative");
    return figure;
}

StepExpectation parseText(JsonFields& fields, const json& object)
{
    return expectation::Text{requiredText(fields, object, "text"), requiredText(fields, object, "contains")};
}

StepExpectation parseValue(JsonFields& fields, const json& object)
{
    return expectation::Value{requiredText(fields, object, "value"), valueAt(fields, object, "is")};
}

template <class Expectation> StepExpectation parseState(JsonFields& fields, const json& object, const char* key)
{
    Expectation expected{requiredText(fields, object, key), true};
    fields.readBoolean("is", expected.wanted);
    return expected;
}

StepExpectation parseReady(JsonFields& fields, const json&)
{
    expectation::Ready ready;
    fields.readBoolean("ready", ready.wanted);
    return ready;
}

struct Claim {
    const char* key;
    StepExpectation (*parse)(JsonFields& fields, const json& object);
};

constexpr std::array kClaims{
    Claim{"figure", parseFigure},
    Claim{"text", parseText},
    Claim{"value", parseValue},
    Claim{"visible", [](JsonFields& f, const json& o) { return parseState<expectation::Visible>(f, o, "visible"); }},
    Claim{"enabled", [](JsonFields& f, const json& o) { return parseState<expectation::Enabled>(f, o, "enabled"); }},
    Claim{"ready", parseReady},
};

}  // namespace

StepExpectation parseExpectation(const json& object, const std::string& where)
{
    return parseEntry(object, where, kClaims);
}

}  // namespace nanoscope::detail
