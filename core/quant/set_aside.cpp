#include "core/quant/set_aside.h"

#include "core/format/scale_codec.h"
#include "core/half.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace nanoscope {
namespace {

bool hasStoredExceptions(const FormatSpec& spec)
{
    return spec.special
        && (spec.special->kind == SpecialKind::TopN || spec.special->kind == SpecialKind::Sparse
            || spec.special->kind == SpecialKind::Columns);
}

std::vector<std::uint32_t>* metaOf(EncodedBlock& block, const std::vector<MetaField>& fields, std::string_view name)
{
    for (std::size_t f = 0; f < fields.size(); ++f)
        if (fields[f].name == name)
            return &block.meta[f];
    return nullptr;
}

}  // namespace

StoredException storedException(SpecialKind kind, double value)
{
    const ScaleCodec codec(kind == SpecialKind::TopN ? ScaleCodecId::BF16 : ScaleCodecId::FP16);
    const StoredScale stored = encodeSigned(codec, value);
    return {static_cast<std::uint16_t>(stored.code), stored.value};
}

double exceptionValue(SpecialKind kind, std::uint16_t bits)
{
    if (kind == SpecialKind::TopN)
        return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16)) + 0.0;
    return static_cast<double>(halfToFloat(bits)) + 0.0;
}

SetAside::SetAside(const FormatSpec& spec, const TensorParameters& parameters)
    : m_spec(spec)
    , m_parameters(parameters)
    , m_fields(metaFields(spec))
{
}

bool SetAside::isUsed() const
{
    return m_spec.prune || hasStoredExceptions(m_spec);
}

void SetAside::take(std::span<double> values, const BlockPlace& place)
{
    m_exceptions.clear();
    m_pruned.clear();
    if (hasStoredExceptions(m_spec)) {
        const SpecialKind kind = m_spec.special->kind;
        if (kind == SpecialKind::TopN)
            takeLargest(values);
        for (std::size_t i = 0; kind == SpecialKind::Sparse && i < values.size(); ++i)
            if (std::fabs(values[i]) >= m_parameters.threshold)
                m_exceptions.push_back(i);
        for (std::size_t i = 0; kind == SpecialKind::Columns && i < values.size(); ++i)
            if (m_parameters.columns[place.column + i] != 0)
                m_exceptions.push_back(i);
    }
    if (m_spec.prune)
        takePruned(values);
    for (const std::size_t i : m_exceptions)
        values[i] = 0.0;
    for (const std::size_t i : m_pruned)
        values[i] = 0.0;
}

void SetAside::takeLargest(std::span<const double> values)
{
    const std::size_t count = std::min(values.size(), static_cast<std::size_t>(m_spec.special->count));
    m_order.resize(values.size());
    std::iota(m_order.begin(), m_order.end(), std::size_t{0});
    std::stable_sort(m_order.begin(), m_order.end(),
        [&values](std::size_t a, std::size_t b) { return std::fabs(values[a]) > std::fabs(values[b]); });
    m_exceptions.assign(m_order.begin(), m_order.begin() + static_cast<std::ptrdiff_t>(count));
    std::sort(m_exceptions.begin(), m_exceptions.end());
}

/// Of equal magnitudes the first are kept.
void SetAside::takePruned(std::span<const double> values)
{
    const auto of = static_cast<std::size_t>(m_spec.prune->of);
    const auto keep = static_cast<std::size_t>(m_spec.prune->keep);
    for (std::size_t start = 0; start < values.size(); start += of) {
        const std::size_t length = std::min(of, values.size() - start);
        m_order.resize(length);
        std::iota(m_order.begin(), m_order.end(), start);
        std::stable_sort(m_order.begin(), m_order.end(),
            [&values](std::size_t a, std::size_t b) { return std::fabs(values[a]) > std::fabs(values[b]); });
        for (std::size_t i = keep; i < length; ++i)
            m_pruned.push_back(m_order[i]);
    }
    std::sort(m_pruned.begin(), m_pruned.end());
}

void SetAside::putBack(EncodedBlock& block, std::span<const float> values) const
{
    for (const std::size_t i : m_pruned)
        block.decoded[i] = 0.0;
    if (m_spec.prune) {
        std::vector<std::uint32_t>& kept = *metaOf(block, m_fields, kKept);
        kept.clear();
        const auto of = static_cast<std::size_t>(m_spec.prune->of);
        for (std::size_t i = 0; i < block.length; ++i)
            if (!std::binary_search(m_pruned.begin(), m_pruned.end(), i))
                kept.push_back(static_cast<std::uint32_t>(i % of));
    }
    if (!hasStoredExceptions(m_spec))
        return;
    block.exceptions = m_exceptions;
    std::vector<std::uint32_t>& positions = *metaOf(block, m_fields, kExceptionIndex);
    std::vector<std::uint32_t>& stored = *metaOf(block, m_fields, kExceptionValue);
    positions.clear();
    stored.clear();
    for (const std::size_t i : m_exceptions) {
        const StoredException exception = storedException(m_spec.special->kind, static_cast<double>(values[i]));
        positions.push_back(static_cast<std::uint32_t>(i));
        stored.push_back(exception.bits);
        block.decoded[i] = exception.value;
    }
    if (std::vector<std::uint32_t>* count = metaOf(block, m_fields, kExceptionCount))
        count->assign(1, static_cast<std::uint32_t>(m_exceptions.size()));
}

}  // namespace nanoscope
