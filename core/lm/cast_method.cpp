#include "core/lm/cast_method.h"

#include "core/closest_name.h"
#include "core/error.h"

namespace nanoscope {

std::string methodName(CastMethod method)
{
    switch (method) {
    case CastMethod::Direct:
        return "direct";
    case CastMethod::Gptq:
        return "gptq";
    case CastMethod::GptqActOrder:
        return "gptq_act_order";
    case CastMethod::SmoothQuantPlus:
        return "smoothquant_plus";
    case CastMethod::OsPlus:
        return "os_plus";
    case CastMethod::DecoupleQ:
        return "decoupleq";
    }
    return {};
}

std::vector<CastMethod> castMethods()
{
    return {CastMethod::Direct, CastMethod::Gptq, CastMethod::GptqActOrder, CastMethod::SmoothQuantPlus,
        CastMethod::OsPlus, CastMethod::DecoupleQ};
}

CastMethod methodNamed(const std::string& name)
{
    std::vector<std::string> names;
    std::string list;
    for (const CastMethod method : castMethods()) {
        if (methodName(method) == name)
            return method;
        names.push_back(methodName(method));
        list += (list.empty() ? "" : ", ") + names.back();
    }
    const auto closest = closestName(name, names);
    throw Error("--method", "there is no method '" + name + "'",
        closest ? "did you mean " + *closest + "?" : "give one of " + list, ErrorKind::Refused);
}

}  // namespace nanoscope
