#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace nanoscope {

/// Writes values bit after bit, least significant bit first, into bytes that are zero.
class BitWriter {
public:
    explicit BitWriter(std::span<std::uint8_t> bytes)
        : m_bytes(bytes)
    {
    }

    void write(std::uint64_t value, int bits)
    {
        for (int done = 0; done < bits;) {
            const int offset = static_cast<int>(m_position % 8);
            const int count = bits - done < 8 - offset ? bits - done : 8 - offset;
            const auto part = static_cast<unsigned>((value >> done) & ((1U << count) - 1U));
            m_bytes[m_position / 8] = static_cast<std::uint8_t>(m_bytes[m_position / 8] | (part << offset));
            m_position += static_cast<std::size_t>(count);
            done += count;
        }
    }

    [[nodiscard]] std::uint64_t bitsWritten() const { return m_position; }
    /// Goes on in another place, which begins with what was written so far.
    void moveTo(std::span<std::uint8_t> bytes) { m_bytes = bytes; }

private:
    std::span<std::uint8_t> m_bytes;
    std::size_t m_position = 0;
};

/// Reads what BitWriter wrote.
class BitReader {
public:
    explicit BitReader(std::span<const std::uint8_t> bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] std::uint32_t read(int bits) { return static_cast<std::uint32_t>(readLong(bits)); }

    [[nodiscard]] std::uint64_t readLong(int bits)
    {
        std::uint64_t value = 0;
        for (int done = 0; done < bits;) {
            const int offset = static_cast<int>(m_position % 8);
            const int count = bits - done < 8 - offset ? bits - done : 8 - offset;
            const unsigned byte = m_position / 8 < m_bytes.size() ? m_bytes[m_position / 8] : 0U;
            const std::uint64_t part = (byte >> offset) & ((1U << count) - 1U);
            value |= part << done;
            m_position += static_cast<std::size_t>(count);
            done += count;
        }
        return value;
    }

    [[nodiscard]] std::size_t bytesRead() const { return (m_position + 7) / 8; }
    /// True when more was read than there is; what is missing reads as zero.
    [[nodiscard]] bool isExhausted() const { return m_position > 8 * m_bytes.size(); }

private:
    std::span<const std::uint8_t> m_bytes;
    std::size_t m_position = 0;
};

}  // namespace nanoscope
