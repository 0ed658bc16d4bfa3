#include "app/cli/instruction_set.h"

#include "core/error.h"

namespace nanoscope::cli {
namespace {

enum class Support { Yes, No, Unknown };

Support supportOf(const std::string& name)
{
    if (name == "auto" || name == "portable")
        return Support::Yes;
#if defined(__x86_64__) || defined(__i386__)
    const auto answer = [](bool has) { return has ? Support::Yes : Support::No; };
    if (name == "avx512")
        return answer(__builtin_cpu_supports("avx512f") != 0);
    if (name == "avx2")
        return answer(__builtin_cpu_supports("avx2") != 0);
    if (name == "sse4")
        return answer(__builtin_cpu_supports("sse4.2") != 0);
#else
    if (name == "avx512" || name == "avx2" || name == "sse4")
        return Support::No;
#endif
    return Support::Unknown;
}

}  // namespace

void requireInstructionSet(const std::string& name)
{
    switch (supportOf(name)) {
    case Support::Yes:
        return;
    case Support::No:
        throw Error(
            "--isa", "this machine does not support " + name, "leave --isa out or give portable", ErrorKind::Refused);
    case Support::Unknown:
        throw Error("--isa", "'" + name + "' is not an instruction set",
            "choose from auto, avx512, avx2, sse4, portable", ErrorKind::Refused);
    }
}

}  // namespace nanoscope::cli
