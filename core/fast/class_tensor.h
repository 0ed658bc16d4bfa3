#pragma once

#include "core/fast/fused_pass.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// A tensor as one byte per element (class_code.h), made once: the codes of a whole family of formats then follow by a
/// table, exactly, at a multiple of the speed at which the floats can be read. For blocks of 32 along a row.
class ClassTensor {
public:
    /// @param view  blocks of 32, no tiles
    /// @throws Cancelled
    [[nodiscard]] static ClassTensor build(const BlockView& view, const FusedOptions& options = {},
        KernelTarget target = kernelTarget(InstructionSet::Auto));

    /// Counts the codes of a format; nothing for a format that classes do not answer (a 4-bit book in sign and
    /// magnitude whose thresholds lie on class edges, E8M0 scales by the floor rule, no search).
    /// @param spec  validated and resolved
    /// @throws Cancelled
    [[nodiscard]] std::optional<CodeFigures> count(const FormatSpec& spec, const FusedOptions& options = {}) const;

    /// Memory that the classes take.
    [[nodiscard]] std::size_t bytes() const { return m_classes.size() + m_oddTiles.size(); }

private:
    ClassTensor(const BlockView& view, KernelTarget target)
        : m_view(view)
        , m_target(target)
    {
    }

    BlockView m_view;
    KernelTarget m_target;
    std::vector<std::uint8_t> m_classes;   // row by row, as the view's values
    std::vector<std::uint8_t> m_oddTiles;  // per tile: the reference encoder has to do it
};

}  // namespace nanoscope
