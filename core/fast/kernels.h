#pragma once

#include "core/fast/books_format.h"
#include "core/fast/instruction_set.h"
#include "core/fast/integer_format.h"
#include "core/fast/nv_format.h"
#include "core/fast/power_format.h"
#include "core/fast/search_format.h"
#include "core/fast/table_format.h"
#include "core/fast/tile_run.h"

namespace nanoscope {

/// Quantizes and measures tiles of a format; adds to the sums of their chunk.
template <class Format> using MeasureKernel = void (*)(const Format& format, const TileRun& run, ChunkSums& sums);

using BooksKernel = MeasureKernel<BooksFormat>;
using PowerKernel = MeasureKernel<PowerFormat>;
using NvKernel = MeasureKernel<NvFormat>;
using IntegerKernel = MeasureKernel<IntegerFormat>;
using SearchKernel = MeasureKernel<SearchFormat>;
using TableKernel = MeasureKernel<TableFormat>;

/// @name The copy of a kernel for a target
/// @{
[[nodiscard]] BooksKernel booksKernel(KernelTarget target, const BooksFormat& format, KernelScope scope);
[[nodiscard]] PowerKernel powerKernel(KernelTarget target, const PowerFormat& format, KernelScope scope);
[[nodiscard]] NvKernel nvKernel(KernelTarget target, const NvFormat& format, KernelScope scope);
[[nodiscard]] IntegerKernel integerKernel(KernelTarget target, KernelScope scope);
[[nodiscard]] SearchKernel searchKernel(KernelTarget target, const SearchFormat& format, KernelScope scope);
[[nodiscard]] TableKernel tableKernel(KernelTarget target, KernelScope scope);
/// @}

}  // namespace nanoscope
