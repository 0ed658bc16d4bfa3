#include "core/error.h"
#include "core/half.h"
#include "core/io/tensor_source.h"
#include "hdf5_writer.h"

#include <QObject>
#include <QTest>

#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <stop_token>
#include <string>
#include <vector>

using namespace hdf5test;
using namespace nanoscope;

namespace {

std::vector<float> ramp(std::size_t count)
{
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(i) * 0.25f - 3.0f;
    return values;
}

std::vector<std::uint32_t> bitsOf(const std::vector<float>& values)
{
    std::vector<std::uint32_t> bits;
    for (const float value : values)
        bits.push_back(std::bit_cast<std::uint32_t>(value));
    return bits;
}

std::vector<float> readAll(const std::string& path, const std::string& name, const ReadOptions& options = {})
{
    return openTensorSource(path)->read(name, options).values.toVector();
}

std::size_t product(const std::vector<hsize_t>& shape)
{
    return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>{});
}

}  // namespace

Q_DECLARE_METATYPE(hdf5test::Layout)

class TestHdf5Source : public QObject {
    Q_OBJECT

private slots:
    void init() { QVERIFY(m_dir.isValid()); }

    void everyPatternOfASixteenBitFloatIsReadInBothByteOrders_data()
    {
        QTest::addColumn<bool>("brain");
        QTest::addColumn<bool>("bigEndian");
        for (const bool brain : {false, true})
            for (const bool bigEndian : {false, true})
                QTest::addRow("%s %s", brain ? "bf16" : "f16", bigEndian ? "big" : "little") << brain << bigEndian;
    }

    void everyPatternOfASixteenBitFloatIsReadInBothByteOrders()
    {
        QFETCH(const bool, brain);
        QFETCH(const bool, bigEndian);
        const H5T_order_t order = bigEndian ? H5T_ORDER_BE : H5T_ORDER_LE;
        std::vector<std::uint16_t> patterns(65536);
        std::iota(patterns.begin(), patterns.end(), std::uint16_t{0});
        const std::string path = pathIn(m_dir, "patterns.h5");
        {
            const Hdf5Id file = createFile(path);
            const Hdf5Id type = brain ? bfloat16Type(order) : halfType(order);
            writeRaw(file.get(), "w", type.get(), {256, 256}, bytesOf(patterns, order));
        }
        const Tensor tensor = openTensorSource(path)->read("w", {});
        QCOMPARE(tensor.info.dtype, std::string(brain ? "bf16" : "f16"));
        for (std::size_t i = 0; i < patterns.size(); ++i) {
            const float expected = brain ? bfloat16ToFloat(patterns[i]) : halfToFloat(patterns[i]);
            QCOMPARE(std::bit_cast<std::uint32_t>(tensor.values[i]), std::bit_cast<std::uint32_t>(expected));
        }
    }

    void float32AndFloat64AreReadInBothByteOrders()
    {
        const std::vector<float> singles{1.5f, -0.0f, 0x1p-149f, std::numeric_limits<float>::infinity(),
            std::bit_cast<float>(0x7F812345u), std::bit_cast<float>(0xFFC00001u)};
        const std::vector<double> doubles{0.1, -0.0, 1e300, -1e300, 0x1p-1074, 0x1.000001p0};
        std::vector<std::uint64_t> doubleBits;
        for (const double value : doubles)
            doubleBits.push_back(std::bit_cast<std::uint64_t>(value));
        const std::string path = pathIn(m_dir, "orders.h5");
        {
            const Hdf5Id file = createFile(path);
            writeRaw(file.get(), "f32le", H5T_IEEE_F32LE, {6}, bytesOf(bitsOf(singles), H5T_ORDER_LE));
            writeRaw(file.get(), "f32be", H5T_IEEE_F32BE, {6}, bytesOf(bitsOf(singles), H5T_ORDER_BE));
            writeRaw(file.get(), "f64le", H5T_IEEE_F64LE, {6}, bytesOf(doubleBits, H5T_ORDER_LE));
            writeRaw(file.get(), "f64be", H5T_IEEE_F64BE, {6}, bytesOf(doubleBits, H5T_ORDER_BE));
        }
        const float inf = std::numeric_limits<float>::infinity();
        const std::vector<float> rounded{0.1f, -0.0f, inf, -inf, 0.0f, 1.0f};  // the last one is a tie to even
        QCOMPARE(bitsOf(readAll(path, "f32le")), bitsOf(singles));             // NaN payloads included
        QCOMPARE(bitsOf(readAll(path, "f32be")), bitsOf(singles));
        QCOMPARE(bitsOf(readAll(path, "f64le")), bitsOf(rounded));
        QCOMPARE(bitsOf(readAll(path, "f64be")), bitsOf(rounded));
        QCOMPARE(openTensorSource(path)->list().front().dtype, std::string("f32"));
        QCOMPARE(openTensorSource(path)->list().back().dtype, std::string("f64"));
    }

    void everyLayoutAndRankGivesTheSameValues_data()
    {
        QTest::addColumn<int>("rank");
        QTest::addColumn<Layout>("layout");
        for (int rank = 0; rank <= 10; ++rank) {
            const std::vector<hsize_t> chunk(static_cast<std::size_t>(rank), 2);
            QTest::addRow("contiguous %d", rank) << rank << Layout{};
            QTest::addRow("compact %d", rank) << rank << Layout{.kind = H5D_COMPACT};
            if (rank == 0)
                continue;  // HDF5 does not chunk scalars
            QTest::addRow("chunked %d", rank) << rank << Layout{.kind = H5D_CHUNKED, .chunk = chunk};
            QTest::addRow("deflate %d", rank) << rank << Layout{.kind = H5D_CHUNKED, .chunk = chunk, .deflate = 6};
            QTest::addRow("shuffle and deflate %d", rank)
                << rank << Layout{.kind = H5D_CHUNKED, .chunk = chunk, .shuffle = true, .deflate = 1};
        }
    }

    void everyLayoutAndRankGivesTheSameValues()
    {
        QFETCH(const int, rank);
        QFETCH(const Layout, layout);
        std::vector<hsize_t> shape;
        for (int i = 0; i < rank; ++i)
            shape.push_back(rank <= 5 ? static_cast<hsize_t>(3 + i % 3) : static_cast<hsize_t>(2 + i % 2));
        const std::vector<float> values = ramp(product(shape));
        const std::string path = pathIn(m_dir, "layouts.h5");
        {
            const Hdf5Id file = createFile(path);
            writeFloats(file.get(), "group/w", shape, values, layout);
        }
        const auto source = openTensorSource(path);
        QCOMPARE(source->list().size(), std::size_t{1});
        const TensorInfo& info = source->list().front();
        QCOMPARE(info.name, std::string("group/w"));
        QCOMPARE(info.shape, Shape(shape.begin(), shape.end()));
        QCOMPARE(info.elements, values.size());
        QVERIFY2(info.explorable, info.reason.c_str());
        const Tensor tensor = source->read("group/w", {});
        QCOMPARE(tensor.values.toVector(), values);
        QCOMPARE(tensor.file, path);
        QCOMPARE(tensor.info.name, info.name);
    }

    void tensorsOfManySlabsAreReadWithProgressInBytes_data()
    {
        QTest::addColumn<QVector<int>>("extents");
        QTest::addColumn<QVector<int>>("chunk");
        QTest::addColumn<bool>("deflated");
        using Extents = QVector<int>;
        QTest::newRow("many rows") << Extents{3000, 1001} << Extents{} << false;
        QTest::newRow("huge rows") << Extents{2, 1, 1700000} << Extents{} << false;
        QTest::newRow("one axis") << Extents{3000017} << Extents{} << false;
        QTest::newRow("tall chunks") << Extents{1500, 2000} << Extents{1500, 64} << true;
        QTest::newRow("chunks that do not divide") << Extents{7, 513, 901} << Extents{2, 100, 77} << true;
        QTest::newRow("chunk larger than a slab") << Extents{1300, 2000} << Extents{1200, 1900} << true;
        QTest::newRow("large chunk, not compressed") << Extents{1300, 2000} << Extents{1200, 1900} << false;
        QTest::newRow("small chunks, not compressed") << Extents{1300, 2000} << Extents{60, 190} << false;
    }

    void tensorsOfManySlabsAreReadWithProgressInBytes()
    {
        QFETCH(const QVector<int>, extents);
        QFETCH(const QVector<int>, chunk);
        QFETCH(const bool, deflated);
        const std::vector<hsize_t> shape(extents.begin(), extents.end());
        Layout layout;
        if (!chunk.isEmpty())
            layout = {.kind = H5D_CHUNKED, .chunk = {chunk.begin(), chunk.end()}};
        if (deflated)
            layout.deflate = 1;
        const std::vector<float> values = ramp(product(shape));
        const std::string path = pathIn(m_dir, "large.h5");
        {
            const Hdf5Id file = createFile(path);
            writeFloats(file.get(), "w", shape, values, layout);
        }
        std::vector<std::uint64_t> done;
        const std::uint64_t expectedTotal = values.size() * sizeof(float);
        ReadOptions options;
        options.progress = [&](std::uint64_t bytesDone, std::uint64_t bytesTotal) {
            QCOMPARE(bytesTotal, expectedTotal);
            QVERIFY(done.empty() || bytesDone > done.back());
            done.push_back(bytesDone);
        };
        QVERIFY(readAll(path, "w", options) == values);
        QVERIFY(done.size() > 1);
        QCOMPARE(done.back(), expectedTotal);
    }

    void aStopRequestEndsTheReadBetweenSlabs()
    {
        const std::string path = pathIn(m_dir, "cancel.h5");
        {
            const Hdf5Id file = createFile(path);
            writeFloats(file.get(), "w", {4000000}, ramp(4000000));
        }
        const auto source = openTensorSource(path);
        std::stop_source stopper;
        int slabs = 0;
        ReadOptions options{.progress = [&](std::uint64_t, std::uint64_t) { ++slabs, stopper.request_stop(); },
            .stop = stopper.get_token()};
        QVERIFY_EXCEPTION_THROWN((void)source->read("w", options), Cancelled);
        QCOMPARE(slabs, 1);
        QVERIFY_EXCEPTION_THROWN((void)source->read("w", options), Cancelled);  // stopped before it began
        QCOMPARE(slabs, 1);
        QCOMPARE(source->read("w", {}).values.size(), std::size_t{4000000});  // the source stays usable
    }

    void sixteenBitIntegersAreBfloat16OnlyWhenMarkedOrAskedFor()
    {
        const std::vector<std::uint16_t> patterns{0x3F80, 0xC049, 0x7FC1, 0x0001};
        std::vector<float> expected;
        for (const std::uint16_t pattern : patterns)
            expected.push_back(bfloat16ToFloat(pattern));
        const std::string path = pathIn(m_dir, "integers.h5");
        {
            const Hdf5Id file = createFile(path);
            const auto little = bytesOf(patterns, H5T_ORDER_LE);
            setTextAttribute(
                writeRaw(file.get(), "fixed", H5T_STD_U16LE, {4}, little).get(), "dtype", "bfloat16", false);
            setTextAttribute(
                writeRaw(file.get(), "variable", H5T_STD_U16BE, {4}, bytesOf(patterns, H5T_ORDER_BE)).get(), "dtype",
                "bfloat16", true);
            setTextAttribute(writeRaw(file.get(), "other", H5T_STD_U16LE, {4}, little).get(), "dtype", "uint16", true);
            writeRaw(file.get(), "plain", H5T_STD_U16BE, {2, 2}, bytesOf(patterns, H5T_ORDER_BE));
        }
        const auto source = openTensorSource(path);
        for (const TensorInfo& info : source->list()) {
            const bool marked = info.name == "fixed" || info.name == "variable";
            QCOMPARE(info.dtype, std::string(marked ? "bf16" : "integer"));
            QCOMPARE(info.explorable, marked);
            if (marked)
                QCOMPARE(bitsOf(source->read(info.name, {}).values.toVector()), bitsOf(expected));
            else
                QVERIFY_EXCEPTION_THROWN((void)source->read(info.name, {}), Error);
            const Tensor asked = source->read(info.name, {.asBfloat16 = true, .progress = {}, .stop = {}});
            QCOMPARE(bitsOf(asked.values.toVector()), bitsOf(expected));
            QCOMPARE(asked.info.dtype, std::string("bf16"));
            QVERIFY(asked.info.explorable && asked.info.reason.empty());
        }
    }

    void aUserBlockBeforeTheDataIsNoObstacle()
    {
        for (const hsize_t userBlock : {512u, 1024u, 4096u}) {
            const std::string path = pathIn(m_dir, "userblock.data");
            {
                const Hdf5Id file = createFile(path, userBlock);
                writeFloats(file.get(), "w", {5}, ramp(5));
            }
            QCOMPARE(readAll(path, "w"), ramp(5));
        }
    }

    void dataInExternalFilesAreRead()
    {
        const std::string path = pathIn(m_dir, "external.h5");
        {
            const Hdf5Id file = createFile(path);
            const Hdf5Id creation = must(H5Pcreate(H5P_DATASET_CREATE));
            mustSucceed(H5Pset_external(creation.get(), pathIn(m_dir, "external.raw").c_str(), 0, 20));
            const Hdf5Id space = spaceOf({5});
            const Hdf5Id dataset = must(
                H5Dcreate2(file.get(), "w", H5T_IEEE_F32LE, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
            mustSucceed(H5Dwrite(dataset.get(), H5T_IEEE_F32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT, ramp(5).data()));
        }
        QCOMPARE(readAll(path, "w"), ramp(5));
    }

    void aDatasetNeverWrittenReadsAsItsFillValue()
    {
        const std::string path = pathIn(m_dir, "unwritten.h5");
        {
            const Hdf5Id file = createFile(path);
            writeRaw(file.get(), "contiguous", H5T_IEEE_F32LE, {3}, {});
            writeRaw(file.get(), "chunked", H5T_IEEE_F32LE, {3}, {}, {.kind = H5D_CHUNKED, .chunk = {2}});
            const Hdf5Id partly = writeRaw(
                file.get(), "partly", H5T_IEEE_F32LE, {4}, {}, {.kind = H5D_CHUNKED, .chunk = {2}, .deflate = 1});
            const Hdf5Id selected = spaceOf({4});
            const hsize_t last = 3;
            mustSucceed(H5Sselect_elements(selected.get(), H5S_SELECT_SET, 1, &last));
            const Hdf5Id one = spaceOf({1});
            const float value = 5;
            mustSucceed(H5Dwrite(partly.get(), H5T_NATIVE_FLOAT, one.get(), selected.get(), H5P_DEFAULT, &value));
        }
        QCOMPARE(readAll(path, "contiguous"), std::vector<float>(3));
        QCOMPARE(readAll(path, "chunked"), std::vector<float>(3));
        QCOMPARE(readAll(path, "partly"), (std::vector<float>{0, 0, 0, 5}));
    }

private:
    QTemporaryDir m_dir;
};

QTEST_APPLESS_MAIN(TestHdf5Source)
#include "tst_hdf5_source.moc"
