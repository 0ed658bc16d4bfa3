#include "core/error.h"
#include "core/io/tensor_source.h"
#include "hdf5_writer.h"

#include <QObject>
#include <QTest>

#include <functional>
#include <string>
#include <vector>

#include <sys/stat.h>

using namespace hdf5test;
using namespace nanoscope;

namespace {

std::vector<std::string> namesIn(const TensorSource& source)
{
    std::vector<std::string> names;
    for (const TensorInfo& info : source.list())
        names.push_back(info.name);
    return names;
}

Hdf5Id compoundType()
{
    Hdf5Id type = must(H5Tcreate(H5T_COMPOUND, 8));
    mustSucceed(H5Tinsert(type.get(), "re", 0, H5T_IEEE_F32LE));
    mustSucceed(H5Tinsert(type.get(), "im", 4, H5T_IEEE_F32LE));
    return type;
}

Hdf5Id enumType()
{
    Hdf5Id type = must(H5Tenum_create(H5T_STD_I8LE));
    const signed char no = 0;
    mustSucceed(H5Tenum_insert(type.get(), "FALSE", &no));
    return type;
}

Hdf5Id arrayType()
{
    const hsize_t three = 3;
    return must(H5Tarray_create2(H5T_IEEE_F32LE, 1, &three));
}

Hdf5Id unusualFloat()  // sixteen bits, but neither IEEE's nor bfloat16's fields
{
    return sixteenBitFloat(6, 9, 31, H5T_ORDER_LE);
}

Hdf5Id halfWithAnotherBias()
{
    return sixteenBitFloat(5, 10, 14, H5T_ORDER_LE);
}

using MakeType = Hdf5Id (*)();

// A filter of our own that passes data through; unregistered again, it stands for a missing plugin.
constexpr H5Z_filter_t kPrivateFilter = 310;

std::size_t passThrough(unsigned, std::size_t, const unsigned*, std::size_t bytes, std::size_t*, void**)
{
    return bytes;
}

void writeWithUnknownFilter(hid_t file, const char* name)
{
    const H5Z_class2_t filter{H5Z_CLASS_T_VERS, kPrivateFilter, 1, 1, "squeeze", nullptr, nullptr, passThrough};
    mustSucceed(H5Zregister(&filter));
    {
        const Hdf5Id creation = must(H5Pcreate(H5P_DATASET_CREATE));
        const hsize_t chunk = 4;
        mustSucceed(H5Pset_chunk(creation.get(), 1, &chunk));
        mustSucceed(H5Pset_filter(creation.get(), kPrivateFilter, 0, 0, nullptr));
        const Hdf5Id space = spaceOf({4});
        const std::vector<float> values{1, 2, 3, 4};
        const Hdf5Id dataset
            = must(H5Dcreate2(file, name, H5T_IEEE_F32LE, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT));
        mustSucceed(H5Dwrite(dataset.get(), H5T_IEEE_F32LE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
    }
    mustSucceed(H5Fflush(file, H5F_SCOPE_GLOBAL));
    mustSucceed(H5Zunregister(kPrivateFilter));
}

}  // namespace

Q_DECLARE_METATYPE(MakeType)

class TestHdf5Listing : public QObject {
    Q_OBJECT

private slots:
    void dataOtherThanKnownFloatsAreListedWithAReason_data()
    {
        QTest::addColumn<MakeType>("makeType");
        QTest::addColumn<QString>("dtype");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, MakeType makeType, const char* dtype, const char* reason) {
            QTest::newRow(name) << makeType << QString::fromUtf8(dtype) << QString::fromUtf8(reason);
        };
        row(
            "int32", [] { return copyOf(H5T_STD_I32LE); }, "integer", "integer data; only floating-point");
        row(
            "uint16", [] { return copyOf(H5T_STD_U16LE); }, "integer", "integer data; only floating-point");
        row(
            "string", [] { return copyOf(H5T_C_S1); }, "string", "text");
        row("compound", compoundType, "compound", "compound");
        row("enum", enumType, "enum", "enumeration");
        row("array", arrayType, "array", "arrays");
        row(
            "opaque", [] { return must(H5Tcreate(H5T_OPAQUE, 5)); }, "opaque", "opaque");
        row(
            "reference", [] { return copyOf(H5T_STD_REF_OBJ); }, "reference", "references");
        row(
            "vlen", [] { return must(H5Tvlen_create(H5T_IEEE_F32LE)); }, "vlen", "varying length");
        row(
            "bitfield", [] { return copyOf(H5T_STD_B8LE); }, "bitfield", "bit fields");
        row(
            "time", [] { return copyOf(H5T_UNIX_D32LE); }, "time", "time");
        row("other float", unusualFloat, "float", "layout other than");
        row("other bias", halfWithAnotherBias, "float", "layout other than");
        row(
            "long double", [] { return copyOf(H5T_NATIVE_LDOUBLE); }, "float", "layout other than");
    }

    void dataOtherThanKnownFloatsAreListedWithAReason()
    {
        QFETCH(const MakeType, makeType);
        QFETCH(const QString, dtype);
        QFETCH(const QString, reason);
        const std::string path = pathIn(m_dir, "classes.h5");
        {
            const Hdf5Id file = createFile(path);
            writeRaw(file.get(), "x", makeType().get(), {2}, {});
        }
        const auto source = openTensorSource(path);
        QCOMPARE(source->list().size(), std::size_t{1});
        const TensorInfo& info = source->list().front();
        QCOMPARE(QString::fromStdString(info.dtype), dtype);
        QCOMPARE(info.shape, (Shape{2}));
        QCOMPARE(info.elements, std::uint64_t{2});
        QVERIFY(!info.explorable);
        QVERIFY2(QString::fromStdString(info.reason).contains(reason), info.reason.c_str());
        QVERIFY_EXCEPTION_THROWN((void)source->read("x", {}), Error);
    }

    void linksToOtherFilesThanRegularOnesAreLeftOut()
    {
        const std::string path = pathIn(m_dir, "links.h5");
        const std::string other = pathIn(m_dir, "other.h5");
        writeFloats(createFile(other).get(), "w", {2}, {1, 2});
        QCOMPARE(mkfifo(pathIn(m_dir, "pipe").c_str(), 0600), 0);
        {
            const Hdf5Id file = createFile(path);
            mustSucceed(H5Lcreate_external("pipe", "/w", file.get(), "piped", H5P_DEFAULT, H5P_DEFAULT));
            mustSucceed(H5Lcreate_external("other.h5", "/w", file.get(), "linked", H5P_DEFAULT, H5P_DEFAULT));
        }
        QCOMPARE(namesIn(*openTensorSource(path)), (std::vector<std::string>{"linked"}));  // and does not wait for ever
    }

    void emptyTensorsAreListedButNotExplorable()
    {
        const std::string path = pathIn(m_dir, "empty.h5");
        {
            const Hdf5Id file = createFile(path);
            writeRaw(file.get(), "none", H5T_IEEE_F32LE, {4, 0, 3}, {});
            const Hdf5Id null = must(H5Screate(H5S_NULL));
            const Hdf5Id dataset = must(
                H5Dcreate2(file.get(), "null", H5T_IEEE_F32LE, null.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        }
        const auto source = openTensorSource(path);
        QCOMPARE(namesIn(*source), (std::vector<std::string>{"none", "null"}));
        for (const TensorInfo& info : source->list()) {
            QCOMPARE(info.dtype, std::string("f32"));
            QCOMPARE(info.elements, std::uint64_t{0});
            QVERIFY(!info.explorable);
            QCOMPARE(info.reason, std::string("no elements"));
            QVERIFY_EXCEPTION_THROWN((void)source->read(info.name, {}), Error);
        }
        QCOMPARE(source->list().front().shape, (Shape{4, 0, 3}));
    }

    void aMissingFilterIsNamed()
    {
        const std::string path = pathIn(m_dir, "filter.h5");
        {
            const Hdf5Id file = createFile(path);
            writeWithUnknownFilter(file.get(), "w");
        }
        const auto source = openTensorSource(path);
        const TensorInfo& info = source->list().front();
        QVERIFY(!info.explorable);
        QCOMPARE(info.reason, std::string("compressed with HDF5 filter 310 (squeeze), which is not installed"));
        QVERIFY_EXCEPTION_THROWN((void)source->read("w", {}), Error);
    }

    void groupsAreWalkedInPathOrderAndNamedTypesAreIgnored()
    {
        const std::string path = pathIn(m_dir, "tree.h5");
        {
            const Hdf5Id file = createFile(path);
            for (const char* name : {"z", "b/2/w", "b/10/w", "a/bias", "b.c"})
                writeFloats(file.get(), name, {1}, {1.0f});
            const Hdf5Id type = copyOf(H5T_IEEE_F32LE);
            mustSucceed(H5Tcommit2(file.get(), "type", type.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
            must(H5Gcreate2(file.get(), "empty", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
        }
        const auto source = openTensorSource(path);
        QCOMPARE(namesIn(*source), (std::vector<std::string>{"a/bias", "b/10/w", "b/2/w", "b.c", "z"}));
    }

    void anEmptyFileOfHdf5ListsNothing()
    {
        const std::string path = pathIn(m_dir, "nothing.h5");
        {
            const Hdf5Id file = createFile(path);
        }
        QVERIFY(openTensorSource(path)->list().empty());
    }

    void cyclesAndLinksOfEveryKindAreSafe()
    {
        const std::string path = pathIn(m_dir, "links.h5");
        const std::string shard = pathIn(m_dir, "shard.h5");
        {
            const Hdf5Id other = createFile(shard);
            writeFloats(other.get(), "group/far", {2}, {7, 8});
            const Hdf5Id file = createFile(path);
            writeFloats(file.get(), "a/w", {1}, {3});
            const auto at = [&] { return file.get(); };
            mustSucceed(H5Lcreate_hard(at(), "/", at(), "a/root", H5P_DEFAULT, H5P_DEFAULT));
            mustSucceed(H5Lcreate_hard(at(), "a/w", at(), "tied", H5P_DEFAULT, H5P_DEFAULT));
            mustSucceed(H5Lcreate_soft("/a/w", at(), "soft", H5P_DEFAULT, H5P_DEFAULT));
            mustSucceed(H5Lcreate_soft("/nowhere", at(), "dangling", H5P_DEFAULT, H5P_DEFAULT));
            mustSucceed(H5Lcreate_soft("/loop", at(), "loop", H5P_DEFAULT, H5P_DEFAULT));
            mustSucceed(H5Lcreate_external("shard.h5", "/group/far", at(), "far", H5P_DEFAULT, H5P_DEFAULT));
            mustSucceed(H5Lcreate_external("shard.h5", "/group", at(), "farGroup", H5P_DEFAULT, H5P_DEFAULT));
            mustSucceed(H5Lcreate_external("absent.h5", "/x", at(), "lost", H5P_DEFAULT, H5P_DEFAULT));
        }
        const auto source = openTensorSource(path);
        QCOMPARE(namesIn(*source), (std::vector<std::string>{"a/w", "far"}));
        QCOMPARE(source->read("far", {}).values.toVector(), (std::vector<float>{7, 8}));
        for (const char* other : {"tied", "soft", "/a/w", "a/root/a/w"})
            QCOMPARE(source->read(other, {}).values.toVector(), std::vector<float>{3});
        QCOMPARE(source->read("farGroup/far", {}).values.toVector(), (std::vector<float>{7, 8}));
        for (const char* broken : {"dangling", "loop", "lost", "lost/w", "a", "farGroup", "", "/", ".", "a//"})
            QVERIFY_EXCEPTION_THROWN((void)source->read(broken, {}), Error);
    }

    void deepNestingIsWalked()
    {
        std::string name;
        for (int depth = 0; depth < 500; ++depth)
            name += "g/";
        name += "w";
        const std::string path = pathIn(m_dir, "deep.h5");
        {
            const Hdf5Id file = createFile(path);
            writeFloats(file.get(), name, {1}, {5});
        }
        const auto source = openTensorSource(path);
        QCOMPARE(namesIn(*source), std::vector<std::string>{name});
        QCOMPARE(source->read(name, {}).values.toVector(), std::vector<float>{5});
    }

    void namesOutsideAsciiAreKept()
    {
        const std::string path = pathIn(m_dir, "gewichte äöü.h5");
        {
            const Hdf5Id file = createFile(path);
            writeFloats(file.get(), "schicht ü/重み", {1}, {5});
        }
        const auto source = openTensorSource(path);
        QCOMPARE(namesIn(*source), std::vector<std::string>{"schicht ü/重み"});
        QCOMPARE(source->read("schicht ü/重み", {}).values.toVector(), std::vector<float>{5});
    }

private:
    QTemporaryDir m_dir;
};

QTEST_APPLESS_MAIN(TestHdf5Listing)
#include "tst_hdf5_listing.moc"
