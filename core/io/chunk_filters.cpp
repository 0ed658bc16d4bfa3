#include "core/io/chunk_filters.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <utility>

namespace nanoscope {

namespace {

constexpr std::size_t kChecksumBytes = 4;

/// What Fletcher's sums leave of a total: 0 only for 0, since 65535 and 0 are different remainders there.
std::uint64_t folded(std::uint64_t sum)
{
    return sum == 0 ? 0 : (sum - 1) % 65535 + 1;
}

template <std::size_t Bytes> void unshuffleElements(const std::byte* shuffled, std::size_t count, std::byte* out)
{
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t byte = 0; byte < Bytes; ++byte)
            out[i * Bytes + byte] = shuffled[byte * count + i];
}

/// Drops the checksum at the end; false when it does not fit the bytes before.
bool dropChecksum(std::vector<std::byte>& bytes)
{
    if (bytes.size() < kChecksumBytes)
        return false;
    const std::size_t length = bytes.size() - kChecksumBytes;
    std::uint32_t stored = 0;
    for (std::size_t i = 0; i < kChecksumBytes; ++i)
        stored |= std::to_integer<std::uint32_t>(bytes[length + i]) << (8 * i);
    if (fletcher32(std::span(bytes).first(length)) != stored)
        return false;
    bytes.resize(length);
    return true;
}

}  // namespace

std::uint32_t fletcher32(std::span<const std::byte> bytes)
{
    constexpr std::size_t kAtOnce = 1 << 16;  // bytes after which the sums still fit 64 bits
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    for (std::size_t begin = 0; begin < bytes.size(); begin += kAtOnce) {
        const std::size_t end = std::min(bytes.size(), begin + kAtOnce);
        std::size_t i = begin;
        for (; i + 2 <= end; i += 2) {
            first += std::to_integer<std::uint64_t>(bytes[i]) << 8 | std::to_integer<std::uint64_t>(bytes[i + 1]);
            second += first;
        }
        if (i < end) {
            first += std::to_integer<std::uint64_t>(bytes[i]) << 8;
            second += first;
        }
        first = folded(first);
        second = folded(second);
    }
    return static_cast<std::uint32_t>(second << 16 | first);
}

void unshuffle(std::span<const std::byte> shuffled, std::size_t elementBytes, std::span<std::byte> out)
{
    const std::size_t count = shuffled.size() / elementBytes;
    switch (elementBytes) {
    case 2:
        unshuffleElements<2>(shuffled.data(), count, out.data());
        break;
    case 4:
        unshuffleElements<4>(shuffled.data(), count, out.data());
        break;
    default:
        for (std::size_t byte = 0; byte < elementBytes; ++byte)
            for (std::size_t i = 0; i < count; ++i)
                out[i * elementBytes + byte] = shuffled[byte * count + i];
    }
    const auto whole = static_cast<std::ptrdiff_t>(count * elementBytes);
    std::copy(shuffled.begin() + whole, shuffled.end(), out.begin() + whole);
}

void ChunkDecoder::FreeDecompressor::operator()(libdeflate_decompressor* decompressor) const
{
    libdeflate_free_decompressor(decompressor);
}

ChunkDecoder::ChunkDecoder(std::vector<ChunkFilter> filters, std::size_t chunkBytes, std::size_t elementBytes)
    : m_filters(std::move(filters))
    , m_chunkBytes(chunkBytes)
    , m_elementBytes(elementBytes)
{
    if (std::find(m_filters.begin(), m_filters.end(), ChunkFilter::Deflate) == m_filters.end())
        return;
    m_decompressor.reset(libdeflate_alloc_decompressor());
    if (!m_decompressor)
        throw std::bad_alloc();
}

bool ChunkDecoder::inflate(std::size_t plainBytes, std::vector<std::byte>& bytes)
{
    m_other.resize(plainBytes);
    // Without a place for the size it is an error when the stream holds less than `plainBytes`.
    return libdeflate_zlib_decompress(
               m_decompressor.get(), bytes.data(), bytes.size(), m_other.data(), m_other.size(), nullptr)
        == LIBDEFLATE_SUCCESS;
}

bool ChunkDecoder::undo(ChunkFilter filter, std::size_t plainBytes, std::vector<std::byte>& bytes)
{
    switch (filter) {
    case ChunkFilter::Fletcher32:
        return dropChecksum(bytes);
    case ChunkFilter::Deflate:
        if (!inflate(plainBytes, bytes))
            return false;
        break;
    case ChunkFilter::Shuffle:
        m_other.resize(bytes.size());
        unshuffle(bytes, m_elementBytes, m_other);
        break;
    }
    bytes.swap(m_other);
    return true;
}

std::optional<std::span<const std::byte>> ChunkDecoder::decode(std::vector<std::byte>& stored, std::uint32_t skipped)
{
    const auto isApplied = [skipped](std::size_t filter) { return (skipped >> filter & 1U) == 0; };
    std::array<std::size_t, kMostFilters> plainBytes{};  // before each filter
    std::size_t bytes = m_chunkBytes;
    for (std::size_t i = 0; i < m_filters.size(); ++i) {
        plainBytes[i] = bytes;
        if (isApplied(i) && m_filters[i] == ChunkFilter::Fletcher32)
            bytes += kChecksumBytes;
    }
    for (std::size_t i = m_filters.size(); i > 0; --i)
        if (isApplied(i - 1) && !undo(m_filters[i - 1], plainBytes[i - 1], stored))
            return std::nullopt;
    if (stored.size() != m_chunkBytes)
        return std::nullopt;
    return std::span<const std::byte>(stored);
}

}  // namespace nanoscope
