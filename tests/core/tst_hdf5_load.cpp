// Many cases, one subject: one writer of files serves all of them.
#include "core/error.h"
#include "core/half.h"
#include "core/io/chunk_filters.h"
#include "core/io/tensor_source.h"
#include "hdf5_writer.h"

#include <QFile>
#include <QObject>
#include <QTest>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <string>
#include <vector>

using namespace hdf5test;
using namespace nanoscope;

namespace {

/// Filters of a dataset in the order in which they are applied.
enum class Filters {
    None,
    Deflate,
    ShuffleDeflate,
    DeflateShuffle,
    ShuffleDeflateFletcher,
    FletcherShuffleDeflate,
    Fletcher,
    Shuffle,
    Szip,
    ScaleOffset
};

struct TypeRow {
    const char* name;
    std::size_t bytes;
    std::function<Hdf5Id(H5T_order_t)> make;
};

const std::vector<TypeRow>& types()
{
    static const std::vector<TypeRow> rows{
        {"f16", 2, [](H5T_order_t order) { return halfType(order); }},
        {"bf16", 2, [](H5T_order_t order) { return bfloat16Type(order); }},
        {"f32", 4, [](H5T_order_t order) { return copyOf(order == H5T_ORDER_LE ? H5T_IEEE_F32LE : H5T_IEEE_F32BE); }},
        {"f64", 8, [](H5T_order_t order) { return copyOf(order == H5T_ORDER_LE ? H5T_IEEE_F64LE : H5T_IEEE_F64BE); }},
    };
    return rows;
}

void apply(hid_t creation, Filters filters)
{
    const auto deflate = [&] { mustSucceed(H5Pset_deflate(creation, 4)); };
    const auto shuffle = [&] { mustSucceed(H5Pset_shuffle(creation)); };
    const auto fletcher = [&] { mustSucceed(H5Pset_fletcher32(creation)); };
    switch (filters) {
    case Filters::None:
        return;
    case Filters::Deflate:
        return deflate();
    case Filters::ShuffleDeflate:
        return shuffle(), deflate();
    case Filters::DeflateShuffle:
        return deflate(), shuffle();
    case Filters::ShuffleDeflateFletcher:
        return shuffle(), deflate(), fletcher();
    case Filters::FletcherShuffleDeflate:
        return fletcher(), shuffle(), deflate();
    case Filters::Fletcher:
        return fletcher();
    case Filters::Shuffle:
        return shuffle();
    case Filters::Szip:
        return mustSucceed(H5Pset_szip(creation, H5_SZIP_NN_OPTION_MASK, 8));
    case Filters::ScaleOffset:
        return mustSucceed(H5Pset_scaleoffset(creation, H5Z_SO_FLOAT_DSCALE, 3));
    }
}

/// How one test file is laid out.
struct Case {
    std::vector<hsize_t> shape;
    std::vector<hsize_t> chunk;  // empty: contiguous
    Filters filters = Filters::None;
    hsize_t userBlock = 0;
    bool isPartlyWritten = false;
};

/// Random bits (every kind of value occurs), some of them repeated so that deflate has something to do.
std::vector<std::byte> randomBytes(std::size_t count, std::size_t itemBytes)
{
    std::mt19937 random(7);
    std::vector<std::byte> bytes(count * itemBytes);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = i % 7 == 0 && i > 32 ? bytes[i - 32] : static_cast<std::byte>(random() & 0xFF);
    return bytes;
}

void writeCase(const std::string& path, const Case& layout, hid_t type, std::size_t itemBytes)
{
    const Hdf5Id file = createFile(path, layout.userBlock);
    const Hdf5Id space = spaceOf(layout.shape);
    const Hdf5Id creation = must(H5Pcreate(H5P_DATASET_CREATE));
    if (!layout.chunk.empty())
        mustSucceed(H5Pset_chunk(creation.get(), static_cast<int>(layout.chunk.size()), layout.chunk.data()));
    apply(creation.get(), layout.filters);
    const std::vector<std::byte> fill(itemBytes, std::byte{0x3C});
    mustSucceed(H5Pset_fill_value(creation.get(), type, fill.data()));
    const Hdf5Id dataset
        = must(H5Dcreate2(file.get(), "w", type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
    const std::size_t count
        = std::accumulate(layout.shape.begin(), layout.shape.end(), std::size_t{1}, std::multiplies<>{});
    const std::vector<std::byte> raw = randomBytes(count, itemBytes);
    if (!layout.isPartlyWritten) {
        mustSucceed(H5Dwrite(dataset.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()));
        return;
    }
    std::vector<hsize_t> half = layout.shape;
    half.front() /= 2;
    const std::vector<hsize_t> start(half.size(), 0);
    mustSucceed(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, half.data(), nullptr));
    mustSucceed(H5Dwrite(dataset.get(), type, space.get(), space.get(), H5P_DEFAULT, raw.data()));
}

/// The dataset as HDF5 alone reads it: stored bits, little-endian, element by element.
std::vector<std::uint64_t> plainBits(const std::string& path, std::size_t itemBytes)
{
    const Hdf5Id file = must(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
    const Hdf5Id dataset = must(H5Dopen2(file.get(), "w", H5P_DEFAULT));
    const Hdf5Id type = must(H5Dget_type(dataset.get()));
    const Hdf5Id space = must(H5Dget_space(dataset.get()));
    const auto count = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get()));
    std::vector<unsigned char> raw(count * itemBytes);
    mustSucceed(H5Dread(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()));
    const bool isBig = H5Tget_order(type.get()) == H5T_ORDER_BE;
    std::vector<std::uint64_t> bits(count);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t byte = 0; byte < itemBytes; ++byte)
            bits[i] |= std::uint64_t{raw[i * itemBytes + byte]} << (8 * (isBig ? itemBytes - 1 - byte : byte));
    return bits;
}

/// The definition of what a stored element becomes.
float valueOf(const std::string& type, std::uint64_t bits)
{
    if (type == "f16")
        return halfToFloat(static_cast<std::uint16_t>(bits));
    if (type == "bf16")
        return bfloat16ToFloat(static_cast<std::uint16_t>(bits));
    if (type == "f32")
        return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    return static_cast<float>(std::bit_cast<double>(bits));
}

bool isSame(float a, float b)
{
    return std::bit_cast<std::uint32_t>(a) == std::bit_cast<std::uint32_t>(b) || (std::isnan(a) && std::isnan(b));
}

std::vector<float> valuesOf(const Tensor& tensor)
{
    return tensor.values.toVector();
}

/// Flips a byte in the middle of the only place where the file holds `needle`.
void damage(const std::string& path, const std::vector<char>& needle)
{
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    const qsizetype at = bytes.indexOf(QByteArray(needle.data(), static_cast<qsizetype>(needle.size())));
    QVERIFY(at > 0);
    const qsizetype middle = at + static_cast<qsizetype>(needle.size()) / 2;
    bytes[middle] = static_cast<char>(bytes[middle] ^ 0x10);
    file.seek(0);
    QCOMPARE(file.write(bytes), bytes.size());
}

/// The stored bytes of a chunk.
std::vector<char> storedChunk(const std::string& path, const std::vector<hsize_t>& start)
{
    const Hdf5Id file = must(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
    const Hdf5Id dataset = must(H5Dopen2(file.get(), "w", H5P_DEFAULT));
    hsize_t bytes = 0;
    mustSucceed(H5Dget_chunk_storage_size(dataset.get(), start.data(), &bytes));
    std::vector<char> stored(bytes);
    std::uint32_t mask = 0;
    mustSucceed(H5Dread_chunk(dataset.get(), H5P_DEFAULT, start.data(), &mask, stored.data()));
    return stored;
}

}  // namespace

Q_DECLARE_METATYPE(Case)
Q_DECLARE_METATYPE(Filters)

class TestHdf5Load : public QObject {
    Q_OBJECT

private slots:
    void everyLayoutTypeAndByteOrderGivesWhatHdf5Stores_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<bool>("isBig");
        QTest::addColumn<Case>("layout");
        const std::vector<std::pair<const char*, Case>> layouts{
            {"contiguous", {{37, 211}, {}}},
            {"several pieces", {{3, 400001}, {}}},
            {"contiguous, user block", {{37, 211}, {}, Filters::None, 1024}},
            {"not filtered", {{37, 211}, {8, 64}}},
            {"deflate", {{37, 211}, {8, 64}, Filters::Deflate}},
            {"shuffle, deflate", {{37, 211}, {8, 64}, Filters::ShuffleDeflate}},
            {"shuffle, deflate, user block", {{37, 211}, {8, 64}, Filters::ShuffleDeflate, 512}},
            {"deflate, shuffle", {{37, 211}, {8, 64}, Filters::DeflateShuffle}},
            {"shuffle, deflate, fletcher", {{37, 211}, {8, 64}, Filters::ShuffleDeflateFletcher}},
            {"fletcher, shuffle, deflate", {{37, 211}, {8, 64}, Filters::FletcherShuffleDeflate}},
            {"fletcher", {{37, 211}, {7, 33}, Filters::Fletcher}},
            {"shuffle", {{37, 211}, {7, 33}, Filters::Shuffle}},
            {"rank 4, short last axes", {{33, 17, 3, 3}, {8, 8, 3, 3}, Filters::ShuffleDeflate}},
            {"chunks of one element", {{5, 7}, {1, 1}, Filters::ShuffleDeflateFletcher}},
            {"a large chunk", {{900, 1000}, {600, 1000}, Filters::ShuffleDeflate}},
            {"many boxes", {{700, 1500}, {50, 70}, Filters::ShuffleDeflate}},
            {"partly written", {{40, 211}, {8, 64}, Filters::ShuffleDeflate, 0, true}},
            {"partly written, not filtered", {{40, 211}, {8, 64}, Filters::None, 0, true}},
            {"szip", {{37, 211}, {8, 64}, Filters::Szip}},
        };
        for (std::size_t type = 0; type < types().size(); ++type)
            for (const bool isBig : {false, true})
                for (const auto& [name, layout] : layouts)
                    QTest::addRow("%s %s, %s", types()[type].name, isBig ? "big" : "little", name)
                        << static_cast<int>(type) << isBig << layout;
        QTest::addRow("scale-offset") << 2 << false << Case{{37, 211}, {8, 64}, Filters::ScaleOffset};
    }

    void everyLayoutTypeAndByteOrderGivesWhatHdf5Stores()
    {
        QFETCH(const int, type);
        QFETCH(const bool, isBig);
        QFETCH(const Case, layout);
        if (layout.filters == Filters::Szip && H5Zfilter_avail(H5Z_FILTER_SZIP) <= 0)
            QSKIP("HDF5 is built without szip");
        const TypeRow& row = types()[static_cast<std::size_t>(type)];
        const std::string path = pathIn(m_dir, "layout.h5");
        writeCase(path, layout, row.make(isBig ? H5T_ORDER_BE : H5T_ORDER_LE).get(), row.bytes);
        const std::vector<std::uint64_t> bits = plainBits(path, row.bytes);
        for (const unsigned threads : {1U, 3U}) {
            ReadOptions options;
            options.threads = threads;
            const std::vector<float> values = valuesOf(openTensorSource(path)->read("w", options));
            QCOMPARE(values.size(), bits.size());
            for (std::size_t i = 0; i < bits.size(); ++i)
                QVERIFY2(isSame(values[i], valueOf(row.name, bits[i])), qPrintable(QString::number(i)));
        }
    }

    // Without this a wrong decoder would go unseen: what it refuses is read by HDF5.
    void theDecoderUndoesWhatHdf5Applied_data()
    {
        QTest::addColumn<Filters>("filters");
        QTest::addColumn<QVector<int>>("pipeline");
        const auto list = [](std::initializer_list<ChunkFilter> filters) {
            QVector<int> numbers;
            for (const ChunkFilter filter : filters)
                numbers << static_cast<int>(filter);
            return numbers;
        };
        using enum ChunkFilter;
        QTest::newRow("deflate") << Filters::Deflate << list({Deflate});
        QTest::newRow("shuffle") << Filters::Shuffle << list({Shuffle});
        QTest::newRow("fletcher") << Filters::Fletcher << list({Fletcher32});
        QTest::newRow("shuffle, deflate") << Filters::ShuffleDeflate << list({Shuffle, Deflate});
        QTest::newRow("shuffle, deflate, fletcher")
            << Filters::ShuffleDeflateFletcher << list({Shuffle, Deflate, Fletcher32});
        QTest::newRow("fletcher, shuffle, deflate")
            << Filters::FletcherShuffleDeflate << list({Fletcher32, Shuffle, Deflate});
    }

    void theDecoderUndoesWhatHdf5Applied()
    {
        QFETCH(const Filters, filters);
        QFETCH(const QVector<int>, pipeline);
        std::vector<ChunkFilter> known;
        for (const int filter : pipeline)
            known.push_back(static_cast<ChunkFilter>(filter));
        for (const TypeRow& row : types()) {
            const std::string path = pathIn(m_dir, "chunk.h5");
            constexpr std::size_t kElements = 3 * 100001;  // odd, and more than the checksum takes at once
            const Case layout{{3, 100001}, {3, 100001}, filters};
            writeCase(path, layout, row.make(H5T_ORDER_LE).get(), row.bytes);
            const std::vector<char> stored = storedChunk(path, {0, 0});
            std::vector<std::byte> bytes(stored.size());
            std::transform(stored.begin(), stored.end(), bytes.begin(), [](char c) { return std::byte(c); });
            ChunkDecoder decoder(known, kElements * row.bytes, row.bytes);
            const auto decoded = decoder.decode(bytes, 0);
            QVERIFY(decoded.has_value());
            const std::vector<std::byte> expected = randomBytes(kElements, row.bytes);
            QVERIFY(std::equal(decoded->begin(), decoded->end(), expected.begin(), expected.end()));
        }
    }

    // The sums keep 0 and 65535 apart, though they are the same remainder.
    void theChecksumOfEqualBytesIsThatOfHdf5()
    {
        for (const int byte : {0x00, 0xFF, 0x55}) {
            const std::vector<std::byte> plain(4096, std::byte(byte));
            const std::string path = pathIn(m_dir, "equal.h5");
            {
                const Hdf5Id file = createFile(path);
                const Hdf5Id creation = must(H5Pcreate(H5P_DATASET_CREATE));
                const std::vector<hsize_t> shape{1024};
                mustSucceed(H5Pset_chunk(creation.get(), 1, shape.data()));
                mustSucceed(H5Pset_fletcher32(creation.get()));
                const Hdf5Id space = spaceOf(shape);
                const Hdf5Id dataset = must(
                    H5Dcreate2(file.get(), "w", H5T_IEEE_F32LE, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
                mustSucceed(H5Dwrite(dataset.get(), H5T_IEEE_F32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT, plain.data()));
            }
            const std::vector<char> stored = storedChunk(path, {0});
            QCOMPARE(stored.size(), plain.size() + 4);
            std::uint32_t expected = 0;
            for (std::size_t i = 0; i < 4; ++i)
                expected |= std::uint32_t{static_cast<unsigned char>(stored[plain.size() + i])} << (8 * i);
            QCOMPARE(fletcher32(plain), expected);
        }
    }

    void aDamagedChunkIsToldWithFileAndTensor_data()
    {
        QTest::addColumn<Case>("layout");
        QTest::addColumn<QString>("problem");
        QTest::newRow("deflate") << Case{{64, 64}, {16, 64}, Filters::Deflate} << QStringLiteral("inflate() failed");
        QTest::newRow("fletcher") << Case{{64, 64}, {16, 64}, Filters::Fletcher}
                                  << QStringLiteral("data error detected by Fletcher32 checksum");
        QTest::newRow("shuffle, deflate, fletcher") << Case{{64, 64}, {16, 64}, Filters::ShuffleDeflateFletcher}
                                                    << QStringLiteral("data error detected by Fletcher32 checksum");
    }

    void aDamagedChunkIsToldWithFileAndTensor()
    {
        QFETCH(const Case, layout);
        QFETCH(const QString, problem);
        const std::string path = pathIn(m_dir, "damaged.h5");
        writeCase(path, layout, H5T_IEEE_F32LE, sizeof(float));
        (void)openTensorSource(path)->read("w", {});
        damage(path, storedChunk(path, {16, 0}));
        try {
            (void)openTensorSource(path)->read("w", {});
            QFAIL("the damage was not seen");
        } catch (const Error& error) {
            const std::string start = path + ": w: cannot be read (" + problem.toStdString() + ")";
            QVERIFY2(std::string(error.what()).starts_with(start), error.what());
        }
    }

    void chunksAtTheEdgeThatWereNotFilteredAreRead()
    {
        const std::string path = pathIn(m_dir, "edges.h5");
        const std::vector<float> values = [] {
            std::vector<float> ramp(21 * 35);
            std::iota(ramp.begin(), ramp.end(), -5.0F);
            return ramp;
        }();
        {
            const Hdf5Id access = must(H5Pcreate(H5P_FILE_ACCESS));
            mustSucceed(H5Pset_libver_bounds(access.get(), H5F_LIBVER_LATEST, H5F_LIBVER_LATEST));
            const Hdf5Id file = must(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get()));
            const Hdf5Id creation = must(H5Pcreate(H5P_DATASET_CREATE));
            const std::vector<hsize_t> chunk{8, 16};
            mustSucceed(H5Pset_chunk(creation.get(), 2, chunk.data()));
            mustSucceed(H5Pset_chunk_opts(creation.get(), H5D_CHUNK_DONT_FILTER_PARTIAL_CHUNKS));
            mustSucceed(H5Pset_shuffle(creation.get()));
            const Hdf5Id space = spaceOf({21, 35});
            const Hdf5Id dataset = must(
                H5Dcreate2(file.get(), "w", H5T_IEEE_F32LE, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
            mustSucceed(H5Dwrite(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
        }
        QCOMPARE(valuesOf(openTensorSource(path)->read("w", {})), values);
    }

    void aVirtualDatasetIsRead()
    {
        const std::string path = pathIn(m_dir, "virtual.h5");
        {
            const Hdf5Id file = createFile(path);
            writeFloats(file.get(), "part", {3}, {1, 2, 3});
            const Hdf5Id creation = must(H5Pcreate(H5P_DATASET_CREATE));
            const Hdf5Id space = spaceOf({3});
            mustSucceed(H5Pset_virtual(creation.get(), space.get(), ".", "part", space.get()));
            must(H5Dcreate2(file.get(), "w", H5T_IEEE_F32LE, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
        }
        QCOMPARE(valuesOf(openTensorSource(path)->read("w", {})), (std::vector<float>{1, 2, 3}));
    }

    void theDecoderRefusesWhatDoesNotFit()
    {
        ChunkDecoder decoder({ChunkFilter::Fletcher32}, 8, 4);
        std::vector<std::byte> tooShort(3);
        QVERIFY(!decoder.decode(tooShort, 0));
        std::vector<std::byte> plain(8, std::byte{1});
        QVERIFY(decoder.decode(plain, 1).has_value());  // filter skipped
        std::vector<std::byte> wrongSize(12);
        QVERIFY(!decoder.decode(wrongSize, 1));
        ChunkDecoder inflater({ChunkFilter::Deflate}, 8, 4);
        std::vector<std::byte> noStream(16, std::byte{0xFF});
        QVERIFY(!inflater.decode(noStream, 0));
    }

private:
    QTemporaryDir m_dir;
};

QTEST_APPLESS_MAIN(TestHdf5Load)
#include "tst_hdf5_load.moc"
