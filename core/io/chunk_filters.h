#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

struct libdeflate_decompressor;

namespace nanoscope {

/// A filter of HDF5 that this program undoes itself, outside HDF5's lock.
enum class ChunkFilter { Shuffle, Deflate, Fletcher32 };

/// The most filters that a chunk's mask can name.
inline constexpr std::size_t kMostFilters = 32;

/// Checksum that HDF5's filter Fletcher32 appends: Fletcher's of 16-bit words, high byte first, an odd last byte
/// counting as a high byte. Source: HDF5 File Format Specification, version 3.0 (filter 3).
[[nodiscard]] std::uint32_t fletcher32(std::span<const std::byte> bytes);

/// Puts together elements whose first bytes, second bytes and so on are stored apart; what is less than an element at
/// the end stays as it is.
/// @param out  as many bytes as `shuffled`
void unshuffle(std::span<const std::byte> shuffled, std::size_t elementBytes, std::span<std::byte> out);

/// Undoes the filters of chunks, one after the other, in buffers that it keeps. One per thread.
class ChunkDecoder {
public:
    /// @param filters       in the order in which they were applied, at most kMostFilters
    /// @param chunkBytes    of a whole chunk without filters
    ChunkDecoder(std::vector<ChunkFilter> filters, std::size_t chunkBytes, std::size_t elementBytes);

    /// @param stored   a chunk as it lies in the file; used as a buffer
    /// @param skipped  bit i: filter i was not applied to this chunk
    /// @return the chunk's elements, in one of the buffers until the next call; nothing when the chunk is damaged or
    ///         not of the expected size
    [[nodiscard]] std::optional<std::span<const std::byte>> decode(
        std::vector<std::byte>& stored, std::uint32_t skipped);

private:
    struct FreeDecompressor {
        void operator()(libdeflate_decompressor* decompressor) const;
    };

    [[nodiscard]] bool undo(ChunkFilter filter, std::size_t plainBytes, std::vector<std::byte>& bytes);
    [[nodiscard]] bool inflate(std::size_t plainBytes, std::vector<std::byte>& bytes);

    std::vector<ChunkFilter> m_filters;
    std::size_t m_chunkBytes;
    std::size_t m_elementBytes;
    std::vector<std::byte> m_other;  // what the step at hand writes to
    std::unique_ptr<libdeflate_decompressor, FreeDecompressor> m_decompressor;
};

}  // namespace nanoscope
