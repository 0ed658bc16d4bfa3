#include "core/io/speed_load.h"

#include "core/error.h"
#include "core/fast/fused_pass.h"
#include "core/fast/read_kernel.h"
#include "core/fast/speed_data.h"
#include "core/fast/widen_kernel.h"
#include "core/format/format_by_name.h"
#include "core/io/speed_files.h"
#include "core/io/tensor_source.h"
#include "core/quant/parallel.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <span>
#include <system_error>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::uint64_t kPiece = 1 << 18;  // elements of a task
constexpr unsigned kWarmUp = 1;

using Clock = std::chrono::steady_clock;

template <typename Work> double secondsOf(const Work& work)
{
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// One way to do something, over a number of elements.
struct Way {
    std::uint64_t elements = 0;
    std::function<void()> run;
};

class LoadBenchmark {
public:
    explicit LoadBenchmark(const LoadSpeedOptions& options)
        : m_options(options)
    {
    }

    std::vector<LoadSpeed> run();

private:
    void measure(LoadSpeed speed, const Way& ours, const Way& other);
    void measureFile(const std::string& name, SpeedStorage storage, std::uint64_t elements, std::uint64_t byHdf5);
    void measureWords();
    [[nodiscard]] Way loading(const SpeedFile& file, unsigned threads);
    [[nodiscard]] Way readingByHdf5(const SpeedFile& file, std::uint64_t elements) const;
    void sum(const TensorValues& values, unsigned threads);

    LoadSpeedOptions m_options;
    ReadKernel m_read = readKernel(kernelTarget(InstructionSet::Auto));
    WidenKernel m_widen = widenKernel(kernelTarget(InstructionSet::Auto), ValueKind::Float16);
    std::atomic<float> m_sink{0.0F};
    std::vector<LoadSpeed> m_speeds;
};

void LoadBenchmark::measure(LoadSpeed speed, const Way& ours, const Way& other)
{
    std::vector<double> gelems;
    std::vector<double> otherGelems;
    std::vector<double> ratios;
    for (unsigned turn = 0; turn < kWarmUp + m_options.turns; ++turn) {
        if (m_options.stop.stop_requested())
            throw Cancelled();
        const double speedOfOther = static_cast<double>(other.elements) * 1e-9 / secondsOf(other.run);
        const double speedOfOurs = static_cast<double>(ours.elements) * 1e-9 / secondsOf(ours.run);
        if (turn < kWarmUp)
            continue;
        gelems.push_back(speedOfOurs);
        otherGelems.push_back(speedOfOther);
        ratios.push_back(speedOfOurs / speedOfOther);
    }
    speed.gelems = median(gelems);
    speed.otherGelems = median(otherGelems);
    speed.ratio = median(ratios);
    m_speeds.push_back(std::move(speed));
}

void LoadBenchmark::sum(const TensorValues& values, unsigned threads)
{
    constexpr std::size_t kTile = 4096;  // floats of it stay in the first-level cache
    const std::span<const std::uint16_t> words = values.words();
    const std::uint64_t pieces = (words.size() + kPiece - 1) / kPiece;
    forEachChunk(pieces, threads, m_options.stop, [&](unsigned, std::uint64_t piece) {
        alignas(64) std::array<float, kTile> tile;
        float total = 0.0F;
        const std::uint64_t end = std::min<std::uint64_t>(words.size(), (piece + 1) * kPiece);
        for (std::uint64_t first = piece * kPiece; first < end; first += kTile) {
            const std::size_t count = std::min<std::uint64_t>(kTile, end - first);
            m_widen(words.data() + first, count, tile.data());
            total += m_read(tile.data(), count);
        }
        m_sink.store(total, std::memory_order_relaxed);
    });
}

/// Words are added up too, as the first pass over them would convert them.
Way LoadBenchmark::loading(const SpeedFile& file, unsigned threads)
{
    return {file.elements, [this, &file, threads] {
                ReadOptions options;
                options.stop = m_options.stop;
                options.threads = threads;
                const Tensor tensor = file.source->read(file.name, options);
                if (!tensor.values.isFloat32())
                    sum(tensor.values, threads);
            }};
}

/// H5Dread into float32, of the first rows only where it is slow.
Way LoadBenchmark::readingByHdf5(const SpeedFile& file, std::uint64_t elements) const
{
    return {
        elements, [&file, elements] {
            const auto values = std::make_unique_for_overwrite<float[]>(elements);
            const Hdf5Id space = checkedId(H5Dget_space(file.dataset.get()));
            const std::array<hsize_t, 2> start{0, 0};
            const std::array<hsize_t, 2> extent{elements / kSpeedRow, kSpeedRow};
            const Hdf5Id memory = checkedId(H5Screate_simple(2, extent.data(), nullptr));
            checked(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr));
            checked(
                H5Dread(file.dataset.get(), H5T_NATIVE_FLOAT, memory.get(), space.get(), H5P_DEFAULT, values.get()));
        }};
}

/// @param byHdf5  elements that H5Dread reads
void LoadBenchmark::measureFile(
    const std::string& name, SpeedStorage storage, std::uint64_t elements, std::uint64_t byHdf5)
{
    const SpeedFile file = makeSpeedFile(m_options.folder, storage, elements);
    for (const unsigned threads : {1U, 2U}) {
        const std::string named = threads == 1 ? name + "_1_thread" : name;
        measure({named, threads, 0.0, "h5dread_gelems", 0.0, 0.0}, loading(file, threads),
            readingByHdf5(file, std::min(elements, byHdf5)));
    }
}

/// What it costs later that values stay words: passes over words against passes over the same values as float32.
void LoadBenchmark::measureWords()
{
    const std::uint64_t elements = m_options.elements;
    const SpeedFile file = makeSpeedFile(m_options.folder, SpeedStorage::F16Contiguous, elements);
    const Tensor words = file.source->read(file.name, {});
    Tensor floats = words;
    floats.values = words.values.asFloat32();
    const Way adding{elements, [&] { sum(words.values, 1); }};
    const Way addingFloats{elements, [&] { m_sink = m_read(floats.values.floats().data(), elements); }};
    measure({"f16_convert_per_tile", 1, 0.0, "f32_gelems", 0.0, 0.0}, adding, addingFloats);

    const FormatSpec spec = resolved(parseFormat("MXFP4", {}).spec, kSpeedRow);
    const BlockView view(words, -1, spec.geometry.block);
    const BlockView floatView(floats, -1, spec.geometry.block);
    const auto pass = FusedPass::forFormat(spec, tensorParameters(spec, view, {1, m_options.stop, {}}));
    const auto passOver = [&](const BlockView& over) {
        return Way{elements, [&] {
                       m_sink = static_cast<float>(pass->measure(over, {nullptr, 1, m_options.stop}).squaredError);
                   }};
    };
    measure({"f16_mxfp4_full", 1, 0.0, "f32_gelems", 0.0, 0.0}, passOver(view), passOver(floatView));
}

std::vector<LoadSpeed> LoadBenchmark::run()
{
    const std::uint64_t elements = m_options.elements;
    const std::uint64_t compressed = std::min(elements, std::uint64_t{8} << 20);
    const std::uint64_t slow = std::min(elements, std::uint64_t{1} << 20);  // H5Dread converts 1e7 f16 a second
    const std::array<std::function<void()>, 5> parts{
        [&] { measureFile("f16_contiguous", SpeedStorage::F16Contiguous, elements, slow); },
        [&] { measureFile("f32_contiguous", SpeedStorage::F32Contiguous, elements, elements); },
        [&] { measureFile("shuffle_gzip", SpeedStorage::F32ShuffleDeflate, compressed, compressed); },
        [&] { measureFile("f16_shuffle_gzip", SpeedStorage::F16ShuffleDeflate, compressed, slow); },
        [&] { measureWords(); }};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (m_options.progress)
            m_options.progress(static_cast<double>(i) / static_cast<double>(parts.size()));
        parts[i]();
    }
    return m_speeds;
}

}  // namespace

std::vector<LoadSpeed> measureLoading(const LoadSpeedOptions& options)
{
    LoadSpeedOptions settled = options;
    std::error_code error;
    if (settled.folder.empty())
        settled.folder = std::filesystem::temp_directory_path(error);
    if (error)
        throw Error("TMPDIR", "names no folder for the benchmark's files", "let it name one to write to");
    const Hdf5Silence silence;
    try {
        return LoadBenchmark(settled).run();
    } catch (const Hdf5Failure& failure) {
        throw Error(settled.folder.string(),
            std::string("the benchmark's file cannot be read (") + failure.what() + ")",
            "let TMPDIR name another folder");
    }
}

}  // namespace nanoscope
