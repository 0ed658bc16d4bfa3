#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace nanoscope {

/// A byte-level byte-pair encoding, for decoding: ids 0 to 255 are bytes, id 256 + i joins the pair merges[i].
/// Source: byte-pair encoding of subwords, arXiv 1508.07909.
class Tokenizer {
public:
    /// Reads a JSON file with `merges`, a list of pairs of ids.
    /// @throws Error naming the file and the pair that is malformed or refers to itself or a later one
    explicit Tokenizer(const std::filesystem::path& path);

    [[nodiscard]] std::size_t vocabulary() const { return m_texts.size(); }
    /// The text of some tokens. Bytes that are no UTF-8 (a token may end within a character) become U+FFFD; id 0 and
    /// ids outside the vocabulary are left out.
    [[nodiscard]] std::string textOf(std::span<const std::int32_t> ids) const;

private:
    std::vector<std::string> m_texts;  // bytes of each id
};

}  // namespace nanoscope
