#include "hdf5_writer.h"
#include "refusal.h"

#include "core/io/tensor_source.h"

#include <QTest>

#include <array>
#include <bit>
#include <fstream>
#include <random>

using namespace nanoscope;

/// Safetensors files (oracle: bytes written by hand after the format's description).
class TestSafetensors : public QObject {
    Q_OBJECT

private slots:
    void tensorsAreListedAndRead();
    void metadataAreAttributes();
    void wordsAreReadAsBfloat16WhenAsked();
    void damageIsOneClearLine_data();
    void damageIsOneClearLine();
    void anyByteMayBeWrong();
    void unknownNamesAreRefused();
    void aStopEndsReading();

private:
    QTemporaryDir m_dir;
};

namespace {

template <typename Value> std::string bytes(const std::vector<Value>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

std::string fileOf(const std::string& header, const std::string& data)
{
    std::string length(8, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        length[i] = static_cast<char>(header.size() >> (8 * i) & 0xFF);
    return length + header + data;
}

const std::string kHeader = R"({"__metadata__":{"format":"pt","H":"4"},)"
                            R"("a.f32":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
                            R"("b.f16":{"dtype":"F16","shape":[3],"data_offsets":[24,30]},)"
                            R"("c.bf16":{"dtype":"BF16","shape":[2],"data_offsets":[30,34]},)"
                            R"("d.f64":{"dtype":"F64","shape":[],"data_offsets":[34,42]},)"
                            R"("e.i32":{"dtype":"I32","shape":[1],"data_offsets":[42,46]},)"
                            R"("f.u16":{"dtype":"U16","shape":[2],"data_offsets":[46,50]},)"
                            R"("g.f4":{"dtype":"F4","shape":[2],"data_offsets":[50,51]}})";

std::string sampleFile()
{
    return fileOf(kHeader,
        bytes<float>({1, -2, 3, 4, 5, 6.5}) + bytes<std::uint16_t>({0x3C00, 0xC000, 0x0001})
            + bytes<std::uint16_t>({0x3F80, 0xC040}) + bytes<double>({0.1}) + bytes<std::int32_t>({7})
            + bytes<std::uint16_t>({0x3F80, 0x4000}) + "x");
}

std::string written(const QTemporaryDir& dir, const std::string& content)
{
    const std::string path = hdf5test::pathIn(dir, "weights.bin");  // opened by content, not by ending
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

}  // namespace

void TestSafetensors::tensorsAreListedAndRead()
{
    const auto source = openTensorSource(written(m_dir, sampleFile()));
    QCOMPARE(source->list().size(), std::size_t{7});
    const TensorInfo& first = source->list().front();
    QCOMPARE(first.name, std::string("a.f32"));
    QCOMPARE(first.dtype, std::string("f32"));
    QCOMPARE(first.shape, (Shape{2, 3}));
    QVERIFY(first.explorable);
    QCOMPARE(source->read("a.f32", {}).values.toVector(), (std::vector<float>{1, -2, 3, 4, 5, 6.5}));
    const Tensor half = source->read("b.f16", {});
    QCOMPARE(half.values.kind(), ValueKind::Float16);
    QCOMPARE(half.values.toVector(), (std::vector<float>{1, -2, 0x1p-24F}));
    QCOMPARE(source->read("c.bf16", {}).values.toVector(), (std::vector<float>{1, -3}));
    QCOMPARE(source->read("d.f64", {}).values.toVector(), (std::vector<float>{0.1F}));
    for (const TensorInfo& info : source->list())
        if (info.name == "e.i32" || info.name == "g.f4") {
            QVERIFY(!info.explorable);
            QVERIFY(!info.reason.empty());
        }
}

void TestSafetensors::metadataAreAttributes()
{
    const auto source = openTensorSource(written(m_dir, sampleFile()));
    QCOMPARE(source->attributes(), (std::map<std::string, std::string>{{"format", "pt"}, {"H", "4"}}));
}

void TestSafetensors::wordsAreReadAsBfloat16WhenAsked()
{
    const auto source = openTensorSource(written(m_dir, sampleFile()));
    ReadOptions options;
    QVERIFY(lineOf(refusalOf([&] { return source->read("f.u16", options); })).contains("--as bf16"));
    options.asBfloat16 = true;
    QCOMPARE(source->read("f.u16", options).values.toVector(), (std::vector<float>{1, 2}));
}

void TestSafetensors::damageIsOneClearLine_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("line");
    const auto with = [](std::string from, const std::string& to) {
        std::string header = kHeader;
        header.replace(header.find(from), from.size(), to);
        return QByteArray::fromStdString(fileOf(header, sampleFile().substr(8 + kHeader.size())));
    };
    const QByteArray whole = QByteArray::fromStdString(sampleFile());
    QTest::newRow("header cut") << whole.left(100) << "the file is truncated: it ends within its header";
    QTest::newRow("data cut") << whole.left(static_cast<qsizetype>(8 + kHeader.size()) + 20) << "the file is truncated";
    QTest::newRow("no JSON") << QByteArray::fromStdString(fileOf("{nonsense}", "")) << "no JSON object";
    QTest::newRow("shape") << with("[2,3]", "[2,4]") << "a.f32: has 24 bytes, which is not what its shape 2 × 4";
    QTest::newRow("overflow") << with("[2,3]", "[4294967296,4294967296,4]") << "a.f32: has 24 bytes";
    QTest::newRow("backwards") << with("[24,30]", "[30,24]") << "b.f16: its values end before they begin";
    QTest::newRow("negative") << with("[24,30]", "[-1,30]") << "b.f16: ";
    QTest::newRow("malformed") << with("\"shape\":[3]", "\"shape\":\"three\"") << "b.f16: its entry";
    QTest::newRow("neither") << QByteArray("hello, this is no tensor file") << "not an HDF5 or safetensors file";
}

void TestSafetensors::damageIsOneClearLine()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, line);
    const std::string path = written(m_dir, content.toStdString());
    const QString text = lineOf(refusalOf([&] { return openTensorSource(path); }));
    QVERIFY2(text.contains(line), qPrintable(text));
    QVERIFY(text.startsWith(QString::fromStdString(path)));
    QVERIFY(!text.contains('\n'));
}

void TestSafetensors::anyByteMayBeWrong()
{
    std::mt19937 random(5);
    const std::string whole = sampleFile();
    for (int round = 0; round < 3000; ++round) {
        std::string content = whole;
        const std::size_t changes = 1 + random() % 3;
        for (std::size_t i = 0; i < changes; ++i)
            content[random() % (8 + kHeader.size())] = static_cast<char>(random());
        if (random() % 4 == 0)
            content.resize(random() % content.size());
        if (content.empty())
            continue;
        const std::string path = written(m_dir, content);
        (void)refusalOf([&] {  // an Error or a result, nothing else
            const auto source = openTensorSource(path);
            for (const TensorInfo& info : source->list())
                if (info.explorable)
                    (void)source->read(info.name, {});
            return 0;
        });
    }
}

void TestSafetensors::unknownNamesAreRefused()
{
    const auto source = openTensorSource(written(m_dir, sampleFile()));
    QVERIFY(lineOf(refusalOf([&] { return source->read("a.f31", {}); })).contains("did you mean a.f32?"));
}

void TestSafetensors::aStopEndsReading()
{
    const auto source = openTensorSource(written(m_dir, sampleFile()));
    std::stop_source stop;
    stop.request_stop();
    ReadOptions options;
    options.stop = stop.get_token();
    QVERIFY_THROWS_EXCEPTION(Cancelled, (void)source->read("a.f32", options));
}

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
