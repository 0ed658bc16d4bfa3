#include "core/lm/fixed_grid.h"

#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/quant/block_encoder.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nanoscope {
namespace {

/// Why a format has no fixed grid; null where it has one.
const char* obstacle(const FormatSpec& spec)
{
    if (spec.encoder.id != EncoderId::Search)
        return "its encoder chooses scales and codes together";
    if (spec.mix)
        return "its blocks have several formats";
    if (spec.special)
        return "it stores single elements more finely";
    if (spec.prune)
        return "it prunes elements";
    if (spec.scale.splitSign)
        return "its scales depend on the sign of an element";
    if (spec.stochasticSeed)
        return "it rounds at random";
    if (spec.elements.front().kind == BookKind::Fitted && spec.geometry.wholeRow)
        return "its levels are fitted to the elements of a row";
    if (spec.scale.statistic == ScaleStatistic::Survivors)
        return "a threshold of the block decides which elements are 0";
    return nullptr;
}

/// Position of the offset among the metadata of a format that has one.
std::size_t offsetField(const FormatSpec& spec)
{
    const std::vector<MetaField> fields = metaFields(spec);
    const auto found
        = std::find_if(fields.begin(), fields.end(), [](const MetaField& field) { return field.name == kOffset; });
    return static_cast<std::size_t>(found - fields.begin());
}

}  // namespace

FixedGrid::FixedGrid(const PreparedTensor& prepared, const PassOptions& options)
{
    const FormatSpec& spec = prepared.spec;
    const BlockView& view = prepared.view;
    if (const char* reason = obstacle(spec))
        throw Error(view.source(), std::string("this format cannot be used with levels chosen beforehand: ") + reason,
            "take the direct cast, or a format of elements under one scale per block", ErrorKind::Refused);
    m_scales.resize(view.elements());
    m_book.resize(view.elements());
    if (spec.offset)
        m_offsets.resize(view.elements());
    const auto sub = static_cast<std::size_t>(std::max(1, spec.geometry.subgroup()));
    const std::unique_ptr<BlockEncoder> encoder = makeBlockEncoder(spec, prepared.parameters);
    m_books = encoder->books();
    if (spec.offset)
        m_affine.emplace(spec);
    const std::size_t offset = spec.offset ? offsetField(spec) : 0;
    std::vector<float> room;
    for (std::uint64_t index = 0; index < view.blocks(); ++index) {
        if (index % 1024 == 0 && options.stop.stop_requested())
            throw Cancelled();
        const EncodedBlock& block = encoder->encode(view.values(index, room), view.place(index));
        for (std::size_t i = 0; i < block.length; ++i) {
            const std::uint64_t position = view.rowPosition(index, i);
            m_scales[position] = block.bad ? 0.0 : block.effectiveScale[i];
            m_book[position] = block.unitBook[i / sub];
            if (spec.offset)
                m_offsets[position] = block.meta[offset].front();
        }
    }
}

double FixedGrid::nearest(std::uint64_t position, double value) const
{
    const double scale = m_scales[position];
    if (!(scale > 0))
        return 0.0;
    if (!m_affine) {
        const Codebook& book = m_books[m_book[position]];
        return book.level(book.nearest(value / scale)) * scale;
    }
    AffineCode affine = *m_affine;
    affine.restore(m_offsets[position]);
    std::array<std::uint32_t, 1> code{};
    std::array<double, 1> scaled{};
    std::array<double, 1> decoded{};
    affine.encode(std::span(&value, 1), position, scale, code, scaled, decoded);
    return decoded.front();
}

}  // namespace nanoscope
