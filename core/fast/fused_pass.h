#pragma once

#include "core/fast/instruction_set.h"
#include "core/fast/tile_run.h"
#include "core/fast/tile_walk.h"
#include "core/quant/block_view.h"
#include "core/quant/tensor_parameters.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>

namespace nanoscope {

/// What is counted of a tensor's codes; each as BlockStatistics defines it.
struct CodeFigures {
    std::uint64_t blocks = 0;       ///< without those that hold NaN or infinity
    std::uint64_t excluded = 0;     ///< elements of the others
    std::uint64_t zero = 0;         ///< elements that decode to zero
    std::uint64_t unusedCodes = 0;  ///< summed over blocks; block_mean is this over `blocks`
    std::uint64_t headroom = 0;     ///< summed over blocks
    /// By codebook; later ones where blocks choose among several.
    std::array<std::array<std::uint64_t, kCodes>, kMostBooks> codes{};

    /// Elements of one code, whatever their codebook.
    [[nodiscard]] std::uint64_t ofCode(std::size_t code) const
    {
        std::uint64_t count = 0;
        for (const auto& book : codes)
            count += book[code];
        return count;
    }
    void add(const ChunkSums& sums);
    void add(const CodeFigures& other);
    bool operator==(const CodeFigures&) const = default;
};

/// Figures of a tensor under a format. Sums are the same to the last bit for every instruction set and number of
/// threads.
struct FusedFigures {
    CodeFigures codes;            ///< KernelScope::Error: blocks and excluded only
    ChoiceCounts choices;         ///< what blocks chose; formats that search only
    std::uint64_t underflow = 0;  ///< elements that are not zero but decode to it; not with KernelScope::Error
    std::uint64_t clipped = 0;
    double squaredError = 0.0;
    double maximumError = 0.0;
};

/// What a pass may write beside its figures; empty spans are not written.
struct FusedOutputs {
    std::span<std::uint8_t> scaleCodes;  ///< blocks times FusedPass::scaleBytes(), little-endian
    std::span<TilePlanes> planes;        ///< tileCount(view): tile after tile of 512 / block blocks
};

/// The fast way through one format: everything in one pass over the values.
class FusedPass {
public:
    /// Nothing for a format that no kernel takes.
    /// @param spec  validated and resolved
    [[nodiscard]] static std::optional<FusedPass> forFormat(const FormatSpec& spec, const TensorParameters& parameters,
        KernelTarget target = kernelTarget(InstructionSet::Auto));

    /// @param view  blocks as the format cuts them
    /// @throws Cancelled
    [[nodiscard]] FusedFigures measure(const BlockView& view, const FusedOptions& options = {},
        KernelScope scope = KernelScope::Full, const FusedOutputs& outputs = {}) const;

    /// Bytes of a stored scale code.
    [[nodiscard]] std::size_t scaleBytes() const { return m_scaleBytes; }

private:
    using Kernel = std::function<void(const TileRun& run, ChunkSums& sums)>;

    template <class Format, class KernelOf> void useKernel(const Format& format, const KernelOf& kernelOf);

    FormatSpec m_spec;
    TensorParameters m_parameters;
    KernelTarget m_target = KernelTarget::Portable;
    std::size_t m_scaleBytes = 1;
    bool m_searches = false;
    std::array<Kernel, 2> m_kernels;  // by KernelScope
};

}  // namespace nanoscope
