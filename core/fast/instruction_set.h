#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace nanoscope {

/// Which kernels compute. Results are the same to the last bit on all of them; only the time differs.
enum class InstructionSet {
    Auto,    ///< the best that this machine has
    Avx512,  ///< AVX-512 F, BW, DQ and VL; VBMI and its kin where the machine has them
    Avx2,
    Sse4,
    Portable  ///< no more than the compiler's baseline
};

/// The name that `--isa` takes: auto, avx512, avx2, sse4, portable.
[[nodiscard]] std::string_view instructionSetName(InstructionSet set);
/// Nothing for an unknown name.
[[nodiscard]] std::optional<InstructionSet> instructionSetByName(std::string_view name);

[[nodiscard]] bool isSupported(InstructionSet set);
/// All that this machine has, best first, without Auto.
[[nodiscard]] std::vector<InstructionSet> supportedInstructionSets();

/// What one compiled copy of a kernel needs. Finer than InstructionSet: the first generation of AVX-512 lacks byte
/// permutations and vector bit counts.
enum class KernelTarget { Avx512Bits, Avx512, Avx2, Sse4, Portable };

/// All that this machine can run, best first.
[[nodiscard]] std::vector<KernelTarget> supportedKernelTargets();

/// The copy to run. @throws Error (Refused) when the machine does not have the set
[[nodiscard]] KernelTarget kernelTarget(InstructionSet set);

}  // namespace nanoscope
