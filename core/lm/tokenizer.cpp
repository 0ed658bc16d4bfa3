#include "core/lm/tokenizer.h"

#include "core/error.h"

#include <nlohmann/json.hpp>

#include <array>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace nanoscope {
namespace {

constexpr std::size_t kBytes = 256;
constexpr std::size_t kLongestToken = 4096;  // damaged merges may double again and again

/// Bytes of the UTF-8 character that begins here; 0 where none does.
std::size_t characterLength(std::string_view text)
{
    const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80 ? 1
        : first < 0xC2                      ? 0
        : first < 0xE0                      ? 2
        : first < 0xF0                      ? 3
        : first < 0xF5                      ? 4
                                            : 0;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80)
            return 0;
    // Overlong forms, surrogates and what lies beyond U+10FFFF.
    if (length > 2
        && ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F) || (first == 0xF0 && byte(1) < 0x90)
            || (first == 0xF4 && byte(1) > 0x8F)))
        return 0;
    return length;
}

std::string withoutBrokenCharacters(std::string_view bytes)
{
    std::string text;
    while (!bytes.empty()) {
        const std::size_t length = characterLength(bytes);
        if (length == 0)
            text += "\xEF\xBF\xBD";
        else
            text += bytes.substr(0, length);
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return text;
}

}  // namespace

Tokenizer::Tokenizer(const std::filesystem::path& path)
{
    const std::string where = path.string();
    std::error_code error;
    std::ifstream file(path);
    if (!file || std::filesystem::is_directory(path, error))
        throw Error(where, "cannot be read", "name a file that can be");
    const nlohmann::json json = nlohmann::json::parse(file, nullptr, false);
    if (!json.is_object() || !json.contains("merges") || !json["merges"].is_array())
        throw Error(where, "is no tokenizer", "give a JSON object with a list of pairs, \"merges\"");
    for (std::size_t byte = 0; byte < kBytes; ++byte)
        m_texts.emplace_back(1, static_cast<char>(byte));
    for (const nlohmann::json& pair : json["merges"]) {
        const std::size_t id = m_texts.size();
        const bool isPair = pair.is_array() && pair.size() == 2 && pair[0].is_number_unsigned()
            && pair[1].is_number_unsigned() && pair[0].get<std::uint64_t>() < id && pair[1].get<std::uint64_t>() < id;
        if (!isPair
            || m_texts[pair[0].get<std::size_t>()].size() + m_texts[pair[1].get<std::size_t>()].size() > kLongestToken)
            throw Error(where, "merge " + std::to_string(id - kBytes) + " is no pair of earlier ids",
                "the file seems to be damaged; copy or download it again");
        m_texts.push_back(m_texts[pair[0].get<std::size_t>()] + m_texts[pair[1].get<std::size_t>()]);
    }
}

std::string Tokenizer::textOf(std::span<const std::int32_t> ids) const
{
    std::string bytes;
    for (const std::int32_t id : ids)
        if (id > 0 && static_cast<std::size_t>(id) < m_texts.size())
            bytes += m_texts[static_cast<std::size_t>(id)];
    return withoutBrokenCharacters(bytes);
}

}  // namespace nanoscope
