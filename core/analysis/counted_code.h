#pragma once

#include "core/format/format_spec.h"

#include <cstddef>
#include <cstdint>

namespace nanoscope {

/// The code that counts take for another one: M2XFP's refined elements may be written as minus zero, which is zero.
class CountedCode {
public:
    /// Every code counts as itself.
    CountedCode() = default;
    /// @param codeCount  codes of the format's widest codebook
    CountedCode(const FormatSpec& spec, std::size_t codeCount)
        : m_signedZero(
            spec.special && spec.special->kind == SpecialKind::Top1 ? static_cast<std::uint32_t>(codeCount / 2) : 0)
    {
    }

    [[nodiscard]] std::uint32_t operator()(std::uint32_t written) const
    {
        return written == m_signedZero ? 0 : written;
    }

private:
    std::uint32_t m_signedZero = 0;  // 0 where there is none
};

}  // namespace nanoscope
