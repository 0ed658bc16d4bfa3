#include "core/fast/instruction_set.h"

#include "core/error.h"

#include <array>
#include <string>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::array<std::pair<InstructionSet, std::string_view>, 5> kNames{
    {{InstructionSet::Auto, "auto"}, {InstructionSet::Avx512, "avx512"}, {InstructionSet::Avx2, "avx2"},
        {InstructionSet::Sse4, "sse4"}, {InstructionSet::Portable, "portable"}}};

#if defined(__x86_64__)
bool hasAvx512()
{
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0
        && __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0;
}

/// Everything that Highway's AVX3_DL target and the kernels beside it are compiled with.
bool hasAvx512Bits()
{
    return hasAvx512() && __builtin_cpu_supports("avx512vbmi") != 0 && __builtin_cpu_supports("avx512vbmi2") != 0
        && __builtin_cpu_supports("avx512vpopcntdq") != 0 && __builtin_cpu_supports("avx512bitalg") != 0
        && __builtin_cpu_supports("avx512vnni") != 0 && __builtin_cpu_supports("vpclmulqdq") != 0
        && __builtin_cpu_supports("gfni") != 0 && __builtin_cpu_supports("vaes") != 0;
}

bool hasAvx2()
{
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0
        && __builtin_cpu_supports("bmi2") != 0 && __builtin_cpu_supports("f16c") != 0;
}

bool hasSse4()
{
    return __builtin_cpu_supports("sse4.2") != 0 && __builtin_cpu_supports("pclmul") != 0
        && __builtin_cpu_supports("aes") != 0;
}
#else
bool hasAvx512()
{
    return false;
}
bool hasAvx512Bits()
{
    return false;
}
bool hasAvx2()
{
    return false;
}
bool hasSse4()
{
    return false;
}
#endif

}  // namespace

std::string_view instructionSetName(InstructionSet set)
{
    for (const auto& [value, name] : kNames)
        if (value == set)
            return name;
    return "auto";
}

std::optional<InstructionSet> instructionSetByName(std::string_view name)
{
    for (const auto& [value, known] : kNames)
        if (known == name)
            return value;
    return std::nullopt;
}

bool isSupported(InstructionSet set)
{
    switch (set) {
    case InstructionSet::Avx512:
        return hasAvx512();
    case InstructionSet::Avx2:
        return hasAvx2();
    case InstructionSet::Sse4:
        return hasSse4();
    case InstructionSet::Auto:
    case InstructionSet::Portable:
        break;
    }
    return true;
}

std::vector<InstructionSet> supportedInstructionSets()
{
    std::vector<InstructionSet> sets;
    for (const InstructionSet set :
        {InstructionSet::Avx512, InstructionSet::Avx2, InstructionSet::Sse4, InstructionSet::Portable})
        if (isSupported(set))
            sets.push_back(set);
    return sets;
}

std::vector<KernelTarget> supportedKernelTargets()
{
    std::vector<KernelTarget> targets;
    if (hasAvx512Bits())
        targets.push_back(KernelTarget::Avx512Bits);
    if (hasAvx512())
        targets.push_back(KernelTarget::Avx512);
    if (hasAvx2())
        targets.push_back(KernelTarget::Avx2);
    if (hasSse4())
        targets.push_back(KernelTarget::Sse4);
    targets.push_back(KernelTarget::Portable);
    return targets;
}

KernelTarget kernelTarget(InstructionSet set)
{
    if (!isSupported(set))
        throw Error("--isa", "this machine does not support " + std::string(instructionSetName(set)),
            "leave --isa out or give portable", ErrorKind::Refused);
    switch (set == InstructionSet::Auto ? supportedInstructionSets().front() : set) {
    case InstructionSet::Avx512:
        return hasAvx512Bits() ? KernelTarget::Avx512Bits : KernelTarget::Avx512;
    case InstructionSet::Avx2:
        return KernelTarget::Avx2;
    case InstructionSet::Sse4:
        return KernelTarget::Sse4;
    case InstructionSet::Auto:
    case InstructionSet::Portable:
        break;
    }
    return KernelTarget::Portable;
}

}  // namespace nanoscope
