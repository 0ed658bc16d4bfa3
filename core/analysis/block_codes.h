#pragma once

#include "core/quant/prepared_tensor.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <variant>
#include <vector>

namespace nanoscope {

/// How to make or ask BlockCodes.
struct BlockCodesOptions {
    unsigned threads = 0;                       ///< 0: as many as there are cores
    std::stop_token stop;                       ///< a stop throws Cancelled
    std::function<void(double)> progress = {};  ///< fraction done, from any worker; may be empty
};

/// How often one (book, code) pair occurs in each block.
struct LevelCells {
    std::uint32_t book = 0;
    std::uint32_t code = 0;
    std::vector<std::uint32_t> counts;  ///< per block; 0 for blocks with NaN or infinity
    std::uint64_t blocks = 0;           ///< how many have it
    std::uint64_t elements = 0;         ///< sum of the counts: LevelCount::count of the report
    std::uint32_t most = 0;             ///< largest count
};

/// The codebook and code of every element of a tensor under one format, kept in one, two or four bytes an element, so
/// that asking for another level only reads them. Made by the reference encoder: every format has them.
class BlockCodes {
public:
    /// Quantizes the whole tensor again.
    /// @throws Cancelled within a chunk (about 64 Ki elements)
    explicit BlockCodes(std::shared_ptr<const PreparedTensor> prepared, const BlockCodesOptions& options = {});

    /// @return all counts 0 for a pair that the format does not have
    /// @throws Cancelled
    [[nodiscard]] LevelCells cellsOf(
        std::uint32_t book, std::uint32_t code, const BlockCodesOptions& options = {}) const;

    /// Memory that the codes take.
    [[nodiscard]] std::size_t bytes() const;

private:
    template <typename Word> void encodeAll(std::vector<Word>& words, const BlockCodesOptions& options);
    template <typename Word>
    [[nodiscard]] std::vector<std::uint32_t> count(
        const std::vector<Word>& words, Word wanted, const BlockCodesOptions& options) const;

    std::shared_ptr<const PreparedTensor> m_prepared;
    std::size_t m_books = 0;
    std::size_t m_codeCount = 0;  // of the widest codebook
    /// book * m_codeCount + code of each element, in the order of the view, in the narrowest words that hold it.
    std::variant<std::vector<std::uint8_t>, std::vector<std::uint16_t>, std::vector<std::uint32_t>> m_words;
    std::vector<std::uint8_t> m_isBad;  // per block
};

}  // namespace nanoscope
