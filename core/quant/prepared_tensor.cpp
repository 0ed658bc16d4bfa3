#include "core/quant/prepared_tensor.h"

#include "core/error.h"
#include "core/quant/gguf_type.h"
#include "core/quant/phase_encoder.h"
#include "core/quant/transform.h"

#include <algorithm>

namespace nanoscope {
namespace {

void refuseUnfitRows(const FormatSpec& spec, const BlockView& rows)
{
    if (!isGguf(spec.encoder.id))
        return;
    if (const auto refusal = ggufRowRefusal(spec.encoder.id, rows.layout().rowLength))
        throw Error(rows.source(), refusal->what, refusal->remedy, ErrorKind::Refused);
}

/// The tensor as complex pairs.
std::vector<float> complexPairs(const BlockView& rows)
{
    try {
        return widelyLinear(rows.rowValues().asFloat32().floats(), rows.layout().rows, rows.layout().rowLength);
    } catch (const Error& error) {
        throw Error(rows.source(), error.problem(), error.remedy(), error.kind());
    }
}

MatrixShape shapeOf(const RowLayout& layout)
{
    return {layout.rows, layout.rowLength};
}

}  // namespace

PreparedTensor prepare(const BlockView& rows, const FormatSpec& spec, const PassOptions& options)
{
    const RowLayout& layout = rows.layout();
    refuseUnfitRows(spec, rows);
    FormatSpec fitted = resolved(spec, layout.rowLength);
    std::vector<std::uint32_t> order;
    BlockView view = rows;
    if (spec.transform) {
        const TensorValues values = view.rowValues().asFloat32();
        if (spec.transform->sortColumns)
            order = columnsByNorm(values.floats(), shapeOf(layout));
        view = view.withValues(std::make_shared<const std::vector<float>>(
            transformed(values.floats(), shapeOf(layout), *spec.transform, order, options)));
    }
    if (spec.encoder.id == EncoderId::Phase)
        view = view.withValues(std::make_shared<const std::vector<float>>(complexPairs(view)));
    view = view.tiled(fitted.geometry.block, fitted.geometry.tileRows);
    TensorParameters parameters = tensorParameters(fitted, view, options);
    return {std::move(fitted), std::move(view), std::move(order), std::move(parameters)};
}

std::vector<float> undoBasis(std::vector<float> values, const RowLayout& layout, const FormatSpec& spec,
    std::span<const std::uint32_t> columnOrder, const PassOptions& options)
{
    if (spec.encoder.id == EncoderId::Phase)
        values = fromWidelyLinear(values, layout.rows, layout.rowLength);
    if (spec.transform)
        values = restored(values, shapeOf(layout), *spec.transform, columnOrder, options);
    return values;
}

}  // namespace nanoscope
