#include "core/error.h"
#include "core/io/hdf5_exit.h"
#include "core/io/tensor_source.h"
#include "hdf5_writer.h"

#include <QByteArray>
#include <QFile>
#include <QObject>
#include <QTest>

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <vector>

using namespace hdf5test;
using namespace nanoscope;

/// Asked by the leak sanitizer: HDF5 1.10 loses a few blocks of its own when a damaged object fails to open.
extern "C" const char* __lsan_default_suppressions();  // NOLINT: the sanitizer chose the name
extern "C" const char* __lsan_default_suppressions()   // NOLINT
{
    return "leak:libhdf5";
}

namespace {

void saveBytes(const std::string& path, const QByteArray& bytes)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        throw std::runtime_error("the test cannot write its file");
}

QByteArray loadBytes(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("the test cannot read its file");
    return file.readAll();
}

/// The line a user would see; empty if nothing failed.
template <typename Action> std::string errorLine(Action action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

std::string openLine(const std::string& path)
{
    return errorLine([&] { (void)openTensorSource(path); });
}

std::string readLine(const std::string& path, const std::string& name)
{
    return errorLine([&] { (void)openTensorSource(path)->read(name, {}); });
}

/// Opens and reads whatever is there; only Error may come out.
bool survivesReading(const std::string& path)
{
    try {
        const auto source = openTensorSource(path);
        for (const TensorInfo& info : source->list())
            try {
                (void)source->read(info.name, {.asBfloat16 = true, .progress = {}, .stop = {}});
            } catch (const Error&) {
                continue;
            }
    } catch (const Error& error) {
        return std::string(error.what()).find('\n') == std::string::npos;
    }
    return true;
}

void writeMixedFile(const std::string& path)
{
    std::vector<float> values(600);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i % 37);
    const Hdf5Id file = createFile(path);
    writeFloats(file.get(), "layers/0/w", {20, 30}, values);
    writeFloats(file.get(), "layers/0/packed", {20, 30}, values,
        {.kind = H5D_CHUNKED, .chunk = {7, 11}, .shuffle = true, .deflate = 6});
    writeFloats(file.get(), "layers/1/compact", {3}, {1, 2, 3}, {.kind = H5D_COMPACT});
    const std::vector<std::uint16_t> patterns(64, 0x3C00);
    writeRaw(file.get(), "half", halfType().get(), {8, 8}, bytesOf(patterns, H5T_ORDER_LE));
    const Hdf5Id marked = writeRaw(file.get(), "brain", H5T_STD_U16LE, {64}, bytesOf(patterns, H5T_ORDER_LE));
    setTextAttribute(marked.get(), "dtype", "bfloat16", false);
}

}  // namespace

class TestHdf5Errors : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { skipHdf5CleanupAtExit(); }  // as the programs do: damaged files upset it

    void aFileThatIsNoHdf5FileGivesOneClearLine()
    {
        const std::string text = pathIn(m_dir, "text.h5");
        saveBytes(text, "these are not the weights you are looking for\n");
        const std::string empty = pathIn(m_dir, "empty.h5");
        saveBytes(empty, {});
        const std::string folder = m_dir.path().toStdString();
        QCOMPARE(openLine(pathIn(m_dir, "absent.h5")), pathIn(m_dir, "absent.h5") + ": no such file; check the path");
        QVERIFY(openLine(text + "/inside.h5").starts_with(text + "/inside.h5: no such file"));
        QCOMPARE(openLine(folder), folder + ": is a directory; name a file in it");
        QVERIFY(openLine(text).starts_with(text + ": not an HDF5 or safetensors file; "));
        QVERIFY(openLine(empty).starts_with(empty + ": the file is empty; "));
        QVERIFY(openLine("/dev/null").starts_with("/dev/null: is not a regular file; "));
        QVERIFY(openLine({}).find("no such file") != std::string::npos);
    }

    void aFileWithoutPermissionSaysSo()
    {
        const std::string path = pathIn(m_dir, "secret.h5");
        writeMixedFile(path);
        QFile file(QString::fromStdString(path));
        QVERIFY(file.setPermissions({}));
        if (file.open(QIODevice::ReadOnly))
            QSKIP("this user may read every file");
        QVERIFY(openLine(path).starts_with(path + ": cannot be read: permission denied; "));
    }

    void aTruncatedFileSaysSo()
    {
        const std::string path = pathIn(m_dir, "cut.h5");
        writeMixedFile(path);
        const QByteArray bytes = loadBytes(path);
        saveBytes(path, bytes.left(bytes.size() / 2));
        const std::string line = openLine(path);
        QVERIFY2(line.starts_with(path + ": the file is truncated"), line.c_str());
        QVERIFY(line.ends_with("; copy or download it again"));
    }

    void anUnknownNameIsAnsweredWithTheNearestOne()
    {
        const std::string path = pathIn(m_dir, "names.h5");
        {
            const Hdf5Id file = createFile(path);
            writeFloats(file.get(), "pose/conv2d_35", {1}, {1});
            writeFloats(file.get(), "pose/dense", {1}, {1});
        }
        const std::string listing = "`nanoscope-cli list " + path + "` shows its tensors";
        const std::string suggestion = "no such tensor; did you mean pose/conv2d_35? " + listing;
        QCOMPARE(readLine(path, "pose/conv2d_3"), path + ": pose/conv2d_3: " + suggestion);
        QCOMPARE(readLine(path, "conv2d_35"), path + ": conv2d_35: " + suggestion);
        QCOMPARE(readLine(path, "encoder"), path + ": encoder: no such tensor; " + listing);
        QCOMPARE(readLine(path, "pose"), path + ": pose: is a group, not a tensor; name a tensor in it");
    }

    void aTensorThatCannotBeExploredSaysWhy()
    {
        const std::string path = pathIn(m_dir, "others.h5");
        {
            const Hdf5Id file = createFile(path);
            writeRaw(file.get(), "labels", copyOf(H5T_C_S1).get(), {3}, {});
            writeRaw(file.get(), "codes", H5T_STD_U16LE, {3}, {});
        }
        QCOMPARE(readLine(path, "labels"), path + ": labels: text; only floating-point tensors can be explored");
        QCOMPARE(readLine(path, "codes"),
            path
                + ": codes: integer data; only floating-point tensors can be explored; "
                  "pass `--as bf16` if these integers hold bfloat16 values");
    }

    void absurdSizesAreRefusedBeforeMemoryIsTaken()
    {
        const std::string path = pathIn(m_dir, "absurd.h5");
        {
            const Hdf5Id file = createFile(path);
            const hsize_t huge = hsize_t{1} << 40;
            writeRaw(file.get(), "unwritten", H5T_IEEE_F32LE, {huge}, {});
            writeRaw(file.get(), "chunked", H5T_IEEE_F32LE, {huge}, {}, {.kind = H5D_CHUNKED, .chunk = {1024}});
        }
        for (const char* name : {"unwritten", "chunked"}) {
            const std::string line = readLine(path, name);
            QVERIFY2(
                line.find("declares 4398046511104 bytes of elements but stores 0;") != std::string::npos, line.c_str());
        }
    }

    void damagedCompressedDataGiveOneClearLine_data()
    {
        QTest::addColumn<QByteArray>("stored");
        QTest::addColumn<uint>("skippedFilters");
        QTest::addColumn<QString>("problem");
        QTest::newRow("not a deflate stream") << QByteArray(64, '\xFF') << 0u << QStringLiteral("inflate() failed");
        QTest::newRow("too short for an uncompressed chunk")
            << QByteArray(64, '\x01') << 1u << QStringLiteral("a chunk is shorter than its elements");
    }

    void damagedCompressedDataGiveOneClearLine()
    {
        QFETCH(const QByteArray, stored);
        QFETCH(const uint, skippedFilters);
        QFETCH(const QString, problem);
        const std::string path = pathIn(m_dir, "deflate.h5");
        {
            const Hdf5Id file = createFile(path);
            const Hdf5Id dataset = writeRaw(
                file.get(), "w", H5T_IEEE_F32LE, {4096}, {}, {.kind = H5D_CHUNKED, .chunk = {1024}, .deflate = 6});
            const hsize_t start = 1024;
            mustSucceed(H5Dwrite_chunk(dataset.get(), H5P_DEFAULT, skippedFilters, &start,
                static_cast<std::size_t>(stored.size()), stored.data()));
        }
        const std::string line = readLine(path, "w");
        QVERIFY2(line.starts_with(path + ": w: cannot be read (" + problem.toStdString() + "); "), line.c_str());
    }

    void noTruncationCrashes()
    {
        const std::string whole = pathIn(m_dir, "whole.h5");
        writeMixedFile(whole);
        const QByteArray bytes = loadBytes(whole);
        const std::string path = pathIn(m_dir, "truncated.h5");
        for (qsizetype length = 0; length < bytes.size(); length += length < 1200 ? 13 : 97) {
            saveBytes(path, bytes.left(length));
            QVERIFY2(!openLine(path).empty(), qPrintable(QString::number(length)));
        }
    }

    // NANOSCOPE_TEST_SEED and NANOSCOPE_TEST_ROUNDS widen the search. About one file in three thousand then ends
    // in HDF5 1.10 itself: it reads past the end of damaged attribute messages and global heaps.
    void noFlippedByteCrashes()
    {
        bool given = false;
        const int givenSeed = qEnvironmentVariableIntValue("NANOSCOPE_TEST_SEED", &given);
        const unsigned seed = given ? static_cast<unsigned>(givenSeed) : 1u;
        const int givenRounds = qEnvironmentVariableIntValue("NANOSCOPE_TEST_ROUNDS", &given);
        const int rounds = given ? givenRounds : 600;
        qInfo("seed %u, %d rounds", seed, rounds);
        std::mt19937 random(seed);

        const std::string whole = pathIn(m_dir, "intact.h5");
        writeMixedFile(whole);
        const QByteArray bytes = loadBytes(whole);
        const std::string path = pathIn(m_dir, "flipped.h5");
        for (int round = 0; round < rounds; ++round) {
            QByteArray damaged = bytes;
            const unsigned flips = 1 + random() % 4;
            for (unsigned flip = 0; flip < flips; ++flip)
                damaged[static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size()))]
                    = static_cast<char>(random() & 0xFF);
            saveBytes(path, damaged);
            QVERIFY2(survivesReading(path), qPrintable(QStringLiteral("round %1").arg(round)));
        }
    }

private:
    QTemporaryDir m_dir;
};

QTEST_APPLESS_MAIN(TestHdf5Errors)
#include "tst_hdf5_errors.moc"
