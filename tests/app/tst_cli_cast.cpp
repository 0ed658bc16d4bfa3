#include "cli_files.h"
#include "cli_runner.h"
#include "core/io/tensor_source.h"

#include <QDir>
#include <QJsonObject>
#include <QObject>
#include <QTest>

#include <array>
#include <cstring>
#include <sys/resource.h>

using namespace clitest;
using hdf5test::must;
using hdf5test::mustSucceed;
using nanoscope::Hdf5Id;

namespace {

/// A dataset as it lies in a file, read without this program's own reader.
struct Dataset {
    std::vector<hsize_t> shape;
    std::size_t itemBytes = 0;
    bool isFloat = false;
    std::vector<std::uint32_t> integers;  ///< unless isFloat
    std::vector<float> floats;            ///< if isFloat
};

Dataset readDataset(const QString& path, const char* name)
{
    const Hdf5Id file = must(H5Fopen(path.toUtf8().constData(), H5F_ACC_RDONLY, H5P_DEFAULT));
    const Hdf5Id dataset = must(H5Dopen2(file.get(), name, H5P_DEFAULT));
    const Hdf5Id type = must(H5Dget_type(dataset.get()));
    const Hdf5Id space = must(H5Dget_space(dataset.get()));
    Dataset result;
    result.shape.resize(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space.get())));
    H5Sget_simple_extent_dims(space.get(), result.shape.data(), nullptr);
    result.itemBytes = H5Tget_size(type.get());
    result.isFloat = H5Tget_class(type.get()) == H5T_FLOAT;
    const auto count = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get()));
    if (result.isFloat) {
        result.floats.resize(count);
        mustSucceed(H5Dread(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.floats.data()));
    } else {
        result.integers.resize(count);
        mustSucceed(H5Dread(dataset.get(), H5T_NATIVE_UINT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, result.integers.data()));
    }
    return result;
}

bool hasLink(const QString& path, const char* name)
{
    const Hdf5Id file = must(H5Fopen(path.toUtf8().constData(), H5F_ACC_RDONLY, H5P_DEFAULT));
    return H5Lexists(file.get(), name, H5P_DEFAULT) > 0;
}

QString textAttribute(const QString& path, const char* name)
{
    const Hdf5Id file = must(H5Fopen(path.toUtf8().constData(), H5F_ACC_RDONLY, H5P_DEFAULT));
    const Hdf5Id attribute = must(H5Aopen(file.get(), name, H5P_DEFAULT));
    const Hdf5Id type = must(H5Aget_type(attribute.get()));
    char* text = nullptr;
    mustSucceed(H5Aread(attribute.get(), type.get(), static_cast<void*>(&text)));
    const QString copy = QString::fromUtf8(text);
    H5free_memory(text);
    return copy;
}

/// Same bits, so that NaN equals NaN.
bool sameBits(const std::vector<float>& a, const std::vector<float>& b)
{
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

using Extents = std::vector<hsize_t>;

}  // namespace

/// The files that `cast` and `decode` write (DESIGN section 5), and those they must not touch.
class TestCliCast : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { writeWeights(m_dir); }
    void castWritesEveryPartInItsShape();
    void subgroupMetadataHasAUnitPerSubgroup();
    void scalesPerSignHaveALastAxisOfTwo();
    void tensorScaleIsAScalar();
    void badBlocksAreMarkedOnlyWhereTheCodecCannot();
    void decodeGivesTheDequantizedValues_data();
    void decodeGivesTheDequantizedValues();
    void decodeNeedsNothingButThePackedBits();
    void castReplacesAnOlderFile();
    void aFailedCastLeavesTheTargetAlone_data();
    void aFailedCastLeavesTheTargetAlone();
    void aDiskWithoutRoomIsAnErrorLine();
    void decodeDoesNotOverwriteItsInput();
    void decodeRefusesWhatIsNoCastFile_data();
    void decodeRefusesWhatIsNoCastFile();

private:
    [[nodiscard]] Run run(const QString& line) const { return runCli(wordsOf(line.toUtf8()), m_dir.path()); }
    [[nodiscard]] QString path(const char* name) const { return m_dir.filePath(QString::fromUtf8(name)); }
    void cast(const char* arguments) const;

    QTemporaryDir m_dir;
};

/// Runs `cast weights.h5 ... -o out.h5`, which must succeed silently.
void TestCliCast::cast(const char* arguments) const
{
    const Run result = run("cast weights.h5 " + QString::fromUtf8(arguments) + " -o out.h5");
    QVERIFY2(result.exitCode == 0 && result.error.isEmpty() && result.output.isEmpty(), result.error.constData());
}

void TestCliCast::castWritesEveryPartInItsShape()
{
    cast("w -f NxFP4");
    const QString out = path("out.h5");
    const Dataset dequantized = readDataset(out, "dequantized");
    QVERIFY(dequantized.isFloat);
    QCOMPARE(dequantized.itemBytes, sizeof(float));
    QCOMPARE(dequantized.shape, Extents({kRows, kColumns}));
    const Dataset codes = readDataset(out, "codes");
    QCOMPARE(codes.itemBytes, std::size_t{1});
    QCOMPARE(codes.shape, Extents({kRows, kColumns}));
    QCOMPARE(readDataset(out, "scales").shape, Extents({kRows, 2}));
    QCOMPARE(readDataset(out, "meta/NanoMantissa").shape, Extents({kRows, 2}));
    QCOMPARE(readDataset(out, "meta/codebook").shape, Extents({kRows, 2}));
    // A row: two blocks' scales of 8 bits, 2 + 1 bits of metadata each, 40 codes of 4 bits: 182 bits.
    QCOMPARE(readDataset(out, "packed").shape, Extents({kRows, 23}));
    QVERIFY(!hasLink(out, "tensor_scale"));
    QVERIFY(!hasLink(out, "bad_blocks"));

    QCOMPARE(textAttribute(out, "format").toUtf8(), run("format NxFP4 --json").output.trimmed());
    QCOMPARE(textAttribute(out, "source"), QString("weights.h5: w"));
    QVERIFY(run("--version").output.contains(textAttribute(out, "version").toUtf8()));
}

void TestCliCast::subgroupMetadataHasAUnitPerSubgroup()
{
    cast("w -f M2XFP_weight");  // subgroups of 8: four in the block of 32, one in the block of 8
    QCOMPARE(readDataset(path("out.h5"), "meta/subgroup mantissa").shape, Extents({kRows, 5}));
}

void TestCliCast::scalesPerSignHaveALastAxisOfTwo()
{
    cast("w -f AMXFP4_pot");
    QCOMPARE(readDataset(path("out.h5"), "scales").shape, Extents({kRows, 2, 2}));
}

void TestCliCast::tensorScaleIsAScalar()
{
    cast("w -f NVFP4");
    const Dataset scale = readDataset(path("out.h5"), "tensor_scale");
    QVERIFY(scale.isFloat);
    QVERIFY(scale.shape.empty());
    const QByteArray report = run("report weights.h5 w -f NVFP4 --json").output;
    const QJsonDocument json = QJsonDocument::fromJson(report);
    QCOMPARE(static_cast<double>(scale.floats.at(0)), json[0][u"tensor_scale"].toDouble());
}

void TestCliCast::badBlocksAreMarkedOnlyWhereTheCodecCannot()
{
    cast("bad -f MXFP4");  // E8M0 has a NaN code
    QVERIFY(!hasLink(path("out.h5"), "bad_blocks"));
    QCOMPARE(readDataset(path("out.h5"), "scales").integers.at(0), 255U);
    cast("bad -f NxFP4_E5");  // E5M0 has none
    QCOMPARE(readDataset(path("out.h5"), "bad_blocks").integers, std::vector<std::uint32_t>({1}));
    const std::vector<float> values = readDataset(path("out.h5"), "dequantized").floats;
    for (std::size_t i = 0; i < values.size(); ++i)
        QCOMPARE(std::isnan(values[i]), i < 32);
}

void TestCliCast::decodeGivesTheDequantizedValues_data()
{
    QTest::addColumn<QString>("arguments");
    for (const char* format : {"MXFP4", "NxFP4", "NxFP5_E5", "M2XFP_weight", "M2XFP_act", "NVFP4", "MXFP4+", "MXFP4++",
             "AMXFP4_fp8", "RaZeR_NVFP4", "MXINT8", "SMX4", "MXFP8_E5M2"}) {
        QTest::addRow("%s", format) << QString("w -f ") + format;
        QTest::addRow("%s, bad block", format) << QString("bad -f ") + format;
    }
    QTest::newRow("first axis") << "w -f NxFP4 --axis 0";
    QTest::newRow("middle axis") << "net/conv -f NVFP4 --axis 1";
    QTest::newRow("reshape") << "net/conv -f NxFP4 --reshape 8,36";
    QTest::newRow("reshape and axis") << "net/conv -f MXFP4 --reshape 8,36 --axis 0";
    QTest::newRow("zeros") << "zeros -f NVFP4";
    QTest::newRow("scalar as one row") << "exact -f MXFP4 --reshape 1,32 --axis 0";
}

void TestCliCast::decodeGivesTheDequantizedValues()
{
    QFETCH(const QString, arguments);
    cast(arguments.toUtf8());
    const Run decoded = run("decode out.h5 -o decoded.h5");
    QVERIFY2(decoded.exitCode == 0, decoded.error.constData());
    const Dataset before = readDataset(path("out.h5"), "dequantized");
    const Dataset after = readDataset(path("decoded.h5"), "dequantized");
    QVERIFY(sameBits(before.floats, after.floats));
    QCOMPARE(after.shape, before.shape);
    QCOMPARE(textAttribute(path("decoded.h5"), "format"), textAttribute(path("out.h5"), "format"));
    QCOMPARE(textAttribute(path("decoded.h5"), "source"), textAttribute(path("out.h5"), "source"));
}

void TestCliCast::decodeNeedsNothingButThePackedBits()
{
    cast("w -f NVFP4");
    const std::vector<float> before = readDataset(path("out.h5"), "dequantized").floats;
    {
        const Hdf5Id file = must(H5Fopen(path("out.h5").toUtf8().constData(), H5F_ACC_RDWR, H5P_DEFAULT));
        for (const char* name : {"dequantized", "codes", "scales", "tensor_scale"})
            mustSucceed(H5Ldelete(file.get(), name, H5P_DEFAULT));
    }
    QCOMPARE(run("decode out.h5 -o decoded.h5").exitCode, 0);
    QVERIFY(sameBits(readDataset(path("decoded.h5"), "dequantized").floats, before));
}

void TestCliCast::castReplacesAnOlderFile()
{
    writeContent(path("out.h5"), "an older file");
    cast("w -f MXFP4");
    QCOMPARE(readDataset(path("out.h5"), "codes").shape, Extents({kRows, kColumns}));
}

void TestCliCast::aFailedCastLeavesTheTargetAlone_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("unknown tensor") << "cast weights.h5 v -f MXFP4 -o old.h5" << 1;
    QTest::newRow("unknown format") << "cast weights.h5 w -f MXPF4 -o old.h5" << 2;
    QTest::newRow("wrong axis") << "cast weights.h5 w -f MXFP4 --axis 7 -o old.h5" << 2;
    QTest::newRow("target is the input") << "cast old.h5 w -f MXFP4 -o old.h5" << 2;
    QTest::newRow("target is the input, by another path") << "cast old.h5 w -f MXFP4 -o ./old.h5" << 2;
    QTest::newRow("target is a folder") << "cast weights.h5 w -f MXFP4 -o ." << 1;
    QTest::newRow("folder does not exist") << "cast weights.h5 w -f MXFP4 -o no/old.h5" << 1;
    QTest::newRow("target is a device") << "cast weights.h5 w -f MXFP4 -o /dev/null" << 1;
    QTest::newRow("decoded over its input") << "decode old.h5 -o old.h5" << 1;
}

void TestCliCast::aFailedCastLeavesTheTargetAlone()
{
    QFETCH(const QString, line);
    QFETCH(const int, exitCode);
    const QByteArray weights = contentOf(path("weights.h5"));
    writeContent(path("old.h5"), weights);
    const QStringList before = QDir(m_dir.path()).entryList(QDir::AllEntries | QDir::Hidden);
    const Run result = run(line);
    QVERIFY2(result.isOneErrorLine(), result.error.constData());
    QCOMPARE(result.exitCode, exitCode);
    QCOMPARE(contentOf(path("old.h5")), weights);
    QCOMPARE(QDir(m_dir.path()).entryList(QDir::AllEntries | QDir::Hidden), before);
}

void TestCliCast::aDiskWithoutRoomIsAnErrorLine()
{
    const QStringList before = QDir(m_dir.path()).entryList(QDir::AllEntries | QDir::Hidden);
    QProcess process;
    process.setWorkingDirectory(m_dir.path());
    process.setChildProcessModifier([] {
        const rlimit limit{2000, 2000};  // as good as a full disk: no file may grow beyond it
        setrlimit(RLIMIT_FSIZE, &limit);
    });
    process.start(QStringLiteral(NANOSCOPE_CLI_PATH), wordsOf("cast weights.h5 w -f MXFP4 -o new.h5"));
    const Run result = finish(process);
    QVERIFY2(result.isOneErrorLine(), result.error.constData());
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(QDir(m_dir.path()).entryList(QDir::AllEntries | QDir::Hidden), before);
}

void TestCliCast::decodeDoesNotOverwriteItsInput()
{
    cast("w -f MXFP4");
    const QByteArray before = contentOf(path("out.h5"));
    QCOMPARE(run("decode out.h5 -o out.h5").exitCode, 2);
    QCOMPARE(contentOf(path("out.h5")), before);
}

void TestCliCast::decodeRefusesWhatIsNoCastFile_data()
{
    QTest::addColumn<QString>("damage");
    for (const char* damage : {"format", "not json", "refused format", "packed", "shape", "short", "huge"})
        QTest::newRow(damage) << damage;
}

void TestCliCast::decodeRefusesWhatIsNoCastFile()
{
    QFETCH(const QString, damage);
    cast("w -f MXFP4");
    {
        using namespace hdf5test;
        const Hdf5Id file = must(H5Fopen(path("out.h5").toUtf8().constData(), H5F_ACC_RDWR, H5P_DEFAULT));
        const Hdf5Id packed = must(H5Dopen2(file.get(), "packed", H5P_DEFAULT));
        if (damage.endsWith("format") || damage == "not json")
            mustSucceed(H5Adelete(file.get(), "format"));
        if (damage == "not json")
            setTextAttribute(file.get(), "format", "MXFP4", true);
        if (damage == "refused format")
            setTextAttribute(file.get(), "format", R"({"geometry":{"block":0}})", true);
        if (damage == "packed" || damage == "short")
            mustSucceed(H5Ldelete(file.get(), "packed", H5P_DEFAULT));
        if (damage == "short")
            writeRaw(file.get(), "packed", H5T_STD_U8LE, {3}, std::as_bytes(std::span("abc", 3)));
        if (damage == "shape" || damage == "huge")
            mustSucceed(H5Adelete(packed.get(), "shape"));
        if (damage == "huge") {
            const Hdf5Id space = spaceOf({2});
            const Hdf5Id shape
                = must(H5Acreate2(packed.get(), "shape", H5T_STD_U64LE, space.get(), H5P_DEFAULT, H5P_DEFAULT));
            const std::array<std::uint64_t, 2> extents{std::uint64_t{1} << 33, std::uint64_t{1} << 33};
            mustSucceed(H5Awrite(shape.get(), H5T_NATIVE_UINT64, extents.data()));
        }
    }
    const Run result = run("decode out.h5 -o decoded.h5");
    QVERIFY2(result.isOneErrorLine(), result.error.constData());
    QVERIFY(result.error.contains("out.h5"));
    QCOMPARE(result.exitCode, 1);
}

QTEST_GUILESS_MAIN(TestCliCast)
#include "tst_cli_cast.moc"
