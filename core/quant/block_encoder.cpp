#include "core/quant/block_encoder.h"

#include "core/quant/gguf_encoder.h"
#include "core/quant/microscopiq_encoder.h"
#include "core/quant/mixed_encoder.h"
#include "core/quant/olive_encoder.h"
#include "core/quant/phase_encoder.h"
#include "core/quant/search_encoder.h"

namespace nanoscope {

std::unique_ptr<BlockEncoder> makeBlockEncoder(const FormatSpec& spec, const TensorParameters& parameters)
{
    if (spec.mix)
        return makeMixedEncoder(spec, parameters);
    switch (spec.encoder.id) {
    case EncoderId::Search:
        return makeSearchEncoder(spec, parameters);
    case EncoderId::OliVe:
        return makeOliveEncoder(spec, parameters);
    case EncoderId::MicroScopiQ:
        return makeMicroScopiQEncoder(spec, parameters);
    case EncoderId::Phase:
        return makePhaseEncoder(spec, parameters);
    default:
        return makeGgufEncoder(spec);
    }
}

}  // namespace nanoscope
