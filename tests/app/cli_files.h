#pragma once

#include "tests/core/hdf5_writer.h"

#include <QFile>
#include <QTemporaryDir>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

/// Small files for tests of the command line.
namespace clitest {

inline constexpr int kRows = 4;
inline constexpr int kColumns = 40;  // a whole block of 32 and a short one of 8

/// Smooth values of both signs and many magnitudes.
inline std::vector<float> waves(std::size_t count)
{
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double x = static_cast<double>(i);
        values[i] = static_cast<float>(std::sin(0.7 * x) * std::exp(std::cos(0.13 * x)));
    }
    return values;
}

/// weights.h5 with one tensor for each purpose.
inline void writeWeights(const QTemporaryDir& dir)
{
    using namespace hdf5test;
    const Hdf5Id file = createFile(pathIn(dir, "weights.h5"));
    writeFloats(file.get(), "w", {kRows, kColumns}, waves(kRows * kColumns));
    writeFloats(file.get(), "net/conv", {8, 4, 3, 3}, waves(8 * 4 * 3 * 3));
    writeFloats(file.get(), "zeros", {2, 32}, std::vector<float>(64, 0.0F));
    writeFloats(file.get(), "exact", {32}, std::vector<float>(32, 1.5F));

    std::vector<float> bad = waves(64);
    bad[3] = std::numeric_limits<float>::quiet_NaN();
    bad[5] = -std::numeric_limits<float>::infinity();
    writeFloats(file.get(), "bad", {64}, bad);

    const std::vector<std::uint16_t> halves(32, 0x3FC0);  // 1.5 as bfloat16
    writeRaw(file.get(), "bits", H5T_STD_U16LE, {32}, std::as_bytes(std::span(halves)));
    const std::vector<std::int32_t> counts(4, 7);
    writeRaw(file.get(), "counts", H5T_STD_I32LE, {4}, std::as_bytes(std::span(counts)));
    const Hdf5Id text = copyOf(H5T_C_S1);
    mustSucceed(H5Tset_size(text.get(), 8));
    writeRaw(file.get(), "names", text.get(), {2}, std::as_bytes(std::span("one\0\0\0\0\0two\0\0\0\0", 16)));
}

inline QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void writeContent(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        throw std::runtime_error("the test cannot write its file");
}

}  // namespace clitest
