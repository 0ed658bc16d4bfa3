#include "core/format/named_format.h"

#include "core/quant/gguf_type.h"
#include "core/quant/microscopiq_encoder.h"
#include "core/quant/mixed_block.h"
#include "core/quant/olive_encoder.h"
#include "core/quant/phase_encoder.h"

namespace nanoscope {
namespace {

constexpr int kMicroBlock = 8;  // MicroScopiQ's micro-blocks where the spec gives none (arXiv 2411.05282)

}  // namespace

FormatSpec settledByEncoder(FormatSpec spec)
{
    FormatSpec settled;
    settled.encoder = spec.encoder;
    settled.geometry = spec.geometry;
    settled.transform = spec.transform;
    settled.scale.rule = ScaleRule::Maximum;
    switch (spec.encoder.id) {
    case EncoderId::Search:
        return spec;
    case EncoderId::OliVe:
        settled.geometry.wholeRow = true;
        settled.geometry.block = Geometry{}.block;
        settled.geometry.sub = 2;
        settled.scale.codec = ScaleCodecId::FP32;
        settled.elements = oliveBooks();
        settled.tie = TieRule::Up;
        break;
    case EncoderId::MicroScopiQ:
        settled.scale = ScaleSpec{};
        settled.geometry.sub = spec.geometry.sub.value_or(kMicroBlock);
        settled.elements = microScopiQBooks(settled);
        settled.tie = spec.tie;
        break;
    case EncoderId::Phase:
        settled.geometry.wholeRow = true;
        settled.geometry.block = Geometry{}.block;
        settled.geometry.sub = 1;
        settled.scale.codec = ScaleCodecId::None;
        settled.elements = phaseBooks(settled, {});
        break;
    default: {
        const int axis = spec.geometry.axis;
        settled.geometry = ggufGeometry(spec.encoder.id);
        settled.geometry.axis = axis;
        settled.scale.codec = ScaleCodecId::FP16;
        settled.elements = {ggufBook(spec.encoder.id)};
        settled.tie = ggufTie(spec.encoder.id);
        break;
    }
    }
    return settled;
}

std::vector<MetaField> namedMetaFields(const FormatSpec& spec)
{
    if (spec.mix)
        return mixedMetaFields(spec);
    switch (spec.encoder.id) {
    case EncoderId::OliVe:
        return oliveMetaFields(spec);
    case EncoderId::MicroScopiQ:
        return microScopiQMetaFields(spec);
    case EncoderId::Phase:
        return phaseMetaFields(spec);
    default:
        return ggufMetaFields(spec.encoder.id);
    }
}

}  // namespace nanoscope
