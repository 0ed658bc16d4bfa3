#pragma once

#include "core/format/format_spec.h"
#include "core/tensor.h"

/// The shape that is asked for, or the nearest to it that a format takes: GGUF types need rows of whole blocks of 256,
/// phase codes an even number of rows and columns.
inline nanoscope::Shape fittingShape(const nanoscope::FormatSpec& spec, nanoscope::Shape shape)
{
    using nanoscope::EncoderId;
    switch (spec.encoder.id) {
    case EncoderId::Search:
    case EncoderId::OliVe:
    case EncoderId::MicroScopiQ:
        break;
    case EncoderId::Phase:
        for (std::uint64_t& extent : shape)
            extent += extent % 2;
        break;
    default:
        shape.back() += (256 - shape.back() % 256) % 256;
        break;
    }
    return shape;
}
