#include "core/tensor_values.h"

#include "core/half.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace nanoscope {

TensorValues::TensorValues(std::shared_ptr<const std::vector<float>> values)
{
    m_count = values->size();
    const float* first = values->data();
    m_memory = std::shared_ptr<const void>(std::move(values), first);
}

TensorValues::TensorValues(ValueKind kind, std::shared_ptr<const std::vector<std::uint16_t>> words)
    : m_kind(kind)
    , m_count(words->size())
{
    assert(kind != ValueKind::Float32);
    const std::uint16_t* first = words->data();
    m_memory = std::shared_ptr<const void>(std::move(words), first);
}

TensorValues::TensorValues(ValueKind kind, std::shared_ptr<const void> memory, std::size_t count)
    : m_kind(kind)
    , m_memory(std::move(memory))
    , m_count(count)
{
}

float TensorValues::operator[](std::size_t index) const
{
    switch (m_kind) {
    case ValueKind::Float16:
        return halfToFloat(words()[index]);
    case ValueKind::Bfloat16:
        return bfloat16ToFloat(words()[index]);
    case ValueKind::Float32:
        break;
    }
    return floats()[index];
}

std::span<const float> TensorValues::converted(std::size_t first, std::size_t count, std::vector<float>& room) const
{
    if (room.size() < count)
        room.resize(count);
    const std::span<float> values = std::span(room).first(count);
    wordsToFloats(m_kind, words().subspan(first, count), values);
    return values;
}

TensorValues TensorValues::asFloat32() const
{
    return isFloat32() ? *this : TensorValues(std::make_shared<const std::vector<float>>(toVector()));
}

std::vector<float> TensorValues::toVector() const
{
    std::vector<float> room;
    const std::span<const float> values = read(0, m_count, room);
    return room.empty() ? std::vector<float>(values.begin(), values.end()) : room;
}

void wordsToFloats(ValueKind kind, std::span<const std::uint16_t> words, std::span<float> out)
{
    assert(kind != ValueKind::Float32 && words.size() == out.size());
    if (kind == ValueKind::Float16)
        std::transform(words.begin(), words.end(), out.begin(), halfToFloat);
    else
        std::transform(words.begin(), words.end(), out.begin(), bfloat16ToFloat);
}

}  // namespace nanoscope
