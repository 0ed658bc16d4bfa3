#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace nanoscope {

/// What the values of a tensor are held as.
enum class ValueKind { Float32, Float16, Bfloat16 };

/// The values of a tensor: float32, or the 16-bit words that its file has. Immutable, and shared when copied. float32
/// holds every 16-bit value exactly, so figures do not depend on which of them it is.
class TensorValues {
public:
    TensorValues() = default;

    /// Float32 values.
    TensorValues(std::shared_ptr<const std::vector<float>> values);  // NOLINT: a tensor's values, one way or the other

    /// Words of another kind.
    TensorValues(ValueKind kind, std::shared_ptr<const std::vector<std::uint16_t>> words);

    /// @param memory  `count` floats or words, aligned for them
    TensorValues(ValueKind kind, std::shared_ptr<const void> memory, std::size_t count);

    [[nodiscard]] ValueKind kind() const { return m_kind; }
    [[nodiscard]] std::size_t size() const { return m_count; }
    /// Bytes of memory that the values take.
    [[nodiscard]] std::size_t bytes() const { return m_count * (isFloat32() ? sizeof(float) : sizeof(std::uint16_t)); }
    [[nodiscard]] bool isFloat32() const { return m_kind == ValueKind::Float32; }

    /// The values where they lie; empty unless they are float32.
    [[nodiscard]] std::span<const float> floats() const
    {
        return isFloat32() ? std::span(static_cast<const float*>(m_memory.get()), m_count) : std::span<const float>();
    }
    /// The words where they lie; empty if the values are float32.
    [[nodiscard]] std::span<const std::uint16_t> words() const
    {
        return isFloat32() ? std::span<const std::uint16_t>()
                           : std::span(static_cast<const std::uint16_t*>(m_memory.get()), m_count);
    }

    [[nodiscard]] float operator[](std::size_t index) const;

    /// `count` values from `first` on as float32: where they lie, or converted.
    /// @param room  holds them if they are converted; what is returned is gone with it, and with its next use
    [[nodiscard]] std::span<const float> read(std::size_t first, std::size_t count, std::vector<float>& room) const
    {
        return isFloat32() ? floats().subspan(first, count) : converted(first, count, room);
    }

    /// Calls visit(float) for every value, in order.
    template <typename Visit> void forEach(const Visit& visit) const
    {
        constexpr std::size_t kAtOnce = 4096;
        std::vector<float> room;
        for (std::size_t first = 0; first < m_count; first += kAtOnce)
            for (const float value : read(first, m_count - first < kAtOnce ? m_count - first : kAtOnce, room))
                visit(value);
    }

    /// The values as float32 in one piece, for what cannot do otherwise: words are copied to twice their memory.
    [[nodiscard]] TensorValues asFloat32() const;

    /// A copy of all values.
    [[nodiscard]] std::vector<float> toVector() const;

    /// Tells values that share their memory from all others, for as long as it is kept.
    [[nodiscard]] std::weak_ptr<const void> identity() const { return m_memory; }

private:
    [[nodiscard]] std::span<const float> converted(
        std::size_t first, std::size_t count, std::vector<float>& room) const;

    ValueKind m_kind = ValueKind::Float32;
    std::shared_ptr<const void> m_memory;
    std::size_t m_count = 0;
};

/// Exact float32 values of 16-bit words.
/// @param kind  of the words, not Float32
/// @param out   as many as there are words
void wordsToFloats(ValueKind kind, std::span<const std::uint16_t> words, std::span<float> out);

}  // namespace nanoscope
