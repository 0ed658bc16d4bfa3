#include "fitting_shape.h"
#include "made_tensor.h"
#include "packed_of.h"
#include "refusal.h"

#include "core/analysis/block_lab.h"
#include "core/format/format_storage.h"
#include "core/format/preset.h"
#include "core/quant/cast.h"
#include "core/quant/prepared_tensor.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace nanoscope;

/// One block with flipped bits (oracle: a cast file with the same bit flipped in /packed, and worked blocks).
class TestBlockLab : public QObject {
    Q_OBJECT

private slots:
    void everyFlipDecodesAsADamagedFileDoes_data();
    void everyFlipDecodesAsADamagedFileDoes();
    void aBlockOfATensorIsWhatTheTensorSays();
    void bitsSayWhatTheyArePartOf();
    void theSignOfTheScaleCanCarryTheSelector();
    void flippingTheSelectorChangesTheCodebook();
    void levelsAreWhatEachCodeWouldDecodeTo();
    void theExceptionHasALadderOfItsOwn();
    void boundsSeparateTheLevels();
    void twoFlipsOfOneBitAreNone();
    void whatCannotBeShownIsRefused_data();
    void whatCannotBeShownIsRefused();
};

namespace {

const std::vector<float> kBlockA{0.3F, -1.1F, 2.2F, -3.6F, 5.1F, 7.3F, -0.05F, 0.8F};

FormatSpec specOf(const char* format)
{
    return parseFormat(format).spec;
}

LabBlock examine(const char* format, const std::vector<std::size_t>& flips = {}, std::size_t element = 0)
{
    return examineBlock(labInput(specOf(format), kBlockA), flips, element);
}

/// The same float, or both no number.
bool same(float a, float b)
{
    return std::memcmp(&a, &b, sizeof a) == 0 || (std::isnan(a) && std::isnan(b));
}

/// Places of the bits of one kind and unit, in packed order.
std::vector<std::size_t> placesOf(const LabBlock& lab, StoredBitKind kind, std::uint32_t unit)
{
    std::vector<std::size_t> places;
    for (std::size_t place = 0; place < lab.bits.size(); ++place)
        if (lab.bits[place].kind == kind && lab.bits[place].unit == unit)
            places.push_back(place);
    return places;
}

bool isRotated(const FormatSpec& spec)
{
    return (spec.transform && spec.transform->hadamard > 0) || spec.encoder.id == EncoderId::Phase;
}

}  // namespace

void TestBlockLab::everyFlipDecodesAsADamagedFileDoes_data()
{
    QTest::addColumn<QString>("preset");
    for (const Preset& preset : loadPresets())
        QTest::newRow(preset.name.c_str()) << QString::fromStdString(preset.name);
}

void TestBlockLab::everyFlipDecodesAsADamagedFileDoes()
{
    QFETCH(QString, preset);
    const FormatSpec spec = findPreset(preset.toStdString())->spec;
    if (isRotated(spec))
        QSKIP("a damaged file decodes out of the basis of the format");
    const Shape shape = fittingShape(spec, {1, 16});
    const Tensor tensor = madeTensor(shape, gaussian(elementCount(shape), 51));
    const CastTensor cast = castTensor(tensor, viewOf(tensor, spec), spec);
    const PreparedTensor prepared = prepare(viewOf(tensor, spec), spec);
    if (prepared.view.blocks() != 1)
        QSKIP("more than one block in the row");
    const LabInput input = labInput(prepared, 0);
    const LabBlock whole = examineBlock(input);
    QCOMPARE(whole.scaleText, whole.trace.scaleText);
    for (std::size_t i = 0; i < whole.decoded.size(); ++i)
        QVERIFY(same(whole.decoded[i], whole.trace.elements[i].decoded));
    const std::size_t step = 1 + whole.bits.size() / 97;  // of large blocks some, at all places of a byte
    for (std::size_t bit = 0; bit < whole.bits.size(); bit += step) {
        const std::size_t flips[]{bit};
        const LabBlock lab = examineBlock(input, flips);
        QCOMPARE(lab.bits[bit].isSet, !whole.bits[bit].isSet);
        CastTensor damaged = cast;
        damaged.packed[bit / 8] = static_cast<std::uint8_t>(damaged.packed[bit / 8] ^ (1U << (bit % 8)));
        std::vector<float> decoded;
        try {
            decoded = decodePacked(packedOf(damaged), 1);
        } catch (const Error&) {
            continue;  // the block is of another length now
        }
        QVERIFY(lab.isReadable);
        for (std::size_t i = 0; i < decoded.size(); ++i) {
            const std::size_t at = prepared.columnOrder.empty() ? i : prepared.columnOrder[i];
            QVERIFY2(same(lab.decoded[i], decoded[at]),
                qPrintable(QString("bit %1, element %2: %3 instead of %4")
                               .arg(bit)
                               .arg(i)
                               .arg(static_cast<double>(lab.decoded[i]))
                               .arg(static_cast<double>(decoded[at]))));
        }
    }
}

void TestBlockLab::aBlockOfATensorIsWhatTheTensorSays()
{
    const Tensor tensor = madeTensor({4, 64}, gaussian(256, 53));
    const FormatSpec spec = specOf("NVFP4");
    const PreparedTensor prepared = prepare(viewOf(tensor, spec), spec);
    const LabBlock lab = examineBlock(labInput(prepared, 9));
    const BlockTrace trace = traceBlock(prepared, 9);
    QCOMPARE(lab.trace.block, std::uint64_t{9});
    QCOMPARE(lab.trace.tensorScale, trace.tensorScale);
    for (std::size_t i = 0; i < trace.elements.size(); ++i)
        QCOMPARE(lab.decoded[i], trace.elements[i].decoded);
    LabInput edited = labInput(prepared, 9);
    edited.values[3] = 100.0F;  // beyond the tensor's maximum: its scale stays
    QCOMPARE(examineBlock(edited).trace.tensorScale, trace.tensorScale);
}

void TestBlockLab::bitsSayWhatTheyArePartOf()
{
    const LabBlock lab = examine("NxFP4");
    QCOMPARE(lab.bits.size(), std::size_t{8 + 2 + 1 + 8 * 4});
    QCOMPARE(lab.metaNames, (std::vector<std::string>{kNanoMantissa, kCodebook}));
    for (std::size_t place = 0; place < lab.bits.size(); ++place) {
        const StoredBit& bit = lab.bits[place];
        const StoredBitKind kind = place < 8 ? StoredBitKind::Scale
            : place < 11                     ? StoredBitKind::Metadata
                                             : StoredBitKind::Code;
        QVERIFY(bit.kind == kind);
        QCOMPARE(bit.bit,
            static_cast<int>(place < 8 ? place
                    : place < 10       ? place - 8
                    : place < 11       ? 0
                                       : (place - 11) % 4));
        if (kind == StoredBitKind::Code)
            QCOMPARE(bit.unit, static_cast<std::uint32_t>((place - 11) / 4));
    }
    QVERIFY(lab.bits[8].isSet && !lab.bits[9].isSet);    // NanoMantissa 1
    QVERIFY(lab.bits[14].isSet && !lab.bits[11].isSet);  // the recycled code 1000 of 0.3
}

void TestBlockLab::theSignOfTheScaleCanCarryTheSelector()
{
    const LabBlock lab = examine("RaZeR");
    std::size_t scaleBits = 0;
    for (const StoredBit& bit : lab.bits)
        scaleBits += bit.kind == StoredBitKind::Scale ? 1 : 0;
    QVERIFY(lab.bits.size() > scaleBits + 8 * 4);
    QVERIFY(std::any_of(
        lab.bits.begin(), lab.bits.end(), [](const StoredBit& bit) { return bit.kind == StoredBitKind::Metadata; }));
}

void TestBlockLab::flippingTheSelectorChangesTheCodebook()
{
    const LabBlock before = examine("NxFP4");
    const LabBlock after = examine("NxFP4", {10});
    QCOMPARE(before.books, std::vector<std::uint32_t>(8, 0));
    QCOMPARE(after.books, std::vector<std::uint32_t>(8, 1));
    QCOMPARE(after.meta[1].meaning, std::string("BFP4"));
    // 7.3 has code 0111: six quarters of a power under E2M1, seven eighths of eight under BFP4.
    QCOMPARE(before.decoded[5], 7.5F);
    QCOMPARE(after.trace.elements[5].decoded, 7.5F);
    QVERIFY(after.decoded[5] != before.decoded[5]);
    QVERIFY(after.bounds.empty());
}

void TestBlockLab::levelsAreWhatEachCodeWouldDecodeTo()
{
    const LabBlock lab = examine("NxFP4", {}, 4);
    QCOMPARE(lab.levels.size(), std::size_t{16});
    const std::vector<float> magnitudes{0, 0.5F, 1, 1.5F, 2, 3, 4, 6};
    for (std::size_t code = 0; code < 8; ++code)
        QCOMPARE(lab.levels[code].value, magnitudes[code] * 1.25F);
    QCOMPARE(lab.levels[8].value, 0.25F * 1.25F);
    QVERIFY(lab.levels[8].use == CodeUse::Recycled);
    QCOMPARE(lab.levels[15].value, -7.5F);
    QVERIFY(examine("MXFP4").levels[8].use == CodeUse::Redundant);
    const LabBlock eight = examineBlock(labInput(specOf("MXFP8_E4M3"), kBlockA));
    QCOMPARE(eight.levels.size(), std::size_t{256});
    QVERIFY(std::isnan(eight.levels[127].value));
}

void TestBlockLab::theExceptionHasALadderOfItsOwn()
{
    const LabBlock lab = examine("MXFP4+", {}, 5);
    QVERIFY(lab.trace.elements[5].exception);
    QCOMPARE(lab.levels.size(), std::size_t{16});
    QCOMPARE(lab.levels[0].value, 4.0F);  // 1 + i/8 times the largest power of two
    QCOMPARE(lab.levels[7].value, 7.5F);
    QVERIFY(lab.bounds.empty());
}

void TestBlockLab::boundsSeparateTheLevels()
{
    const LabBlock lab = examine("MXFP4", {}, 5);  // scale 1
    QCOMPARE(lab.bounds,
        (std::vector<double>{-5, -3.5, -2.5, -1.75, -1.25, -0.75, -0.25, 0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5}));
    const std::vector<std::size_t> code = placesOf(lab, StoredBitKind::Code, 2);
    QVERIFY(!examine("MXFP4", {code[0]}, 5).bounds.empty());  // a code moves no bound
    QVERIFY(examine("MXFP4", {0}, 5).bounds.empty());         // the scale does
}

void TestBlockLab::twoFlipsOfOneBitAreNone()
{
    const LabBlock once = examine("MXFP4", {0});
    QVERIFY(once.bits[0].isFlipped);
    QCOMPARE(once.scaleText, (std::vector<std::string>{"2^-1"}));  // 127 becomes 126
    QCOMPARE(once.decoded[5], 3.0F);
    const LabBlock twice = examine("MXFP4", {0, 0});
    QVERIFY(!twice.bits[0].isFlipped);
    QCOMPARE(twice.decoded[5], 6.0F);
}

void TestBlockLab::whatCannotBeShownIsRefused_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("line");
    QTest::newRow("none") << "MXFP4" << 0 << "block: has no values; give at least one";
    QTest::newRow("more than a block")
        << "MXFP4" << 33
        << "block: 33 values are more than a block of 32; give fewer values, or make the "
           "block larger";
    QTest::newRow("too many") << "INT8_channel" << 300
                              << "block: has 300 elements, too many to show bit by bit; take a format with blocks of "
                                 "at most 256";
}

void TestBlockLab::whatCannotBeShownIsRefused()
{
    QFETCH(QString, format);
    QFETCH(int, count);
    QFETCH(QString, line);
    const std::vector<float> values(static_cast<std::size_t>(count), 1.0F);
    const auto refusal = refusalOf([&] { return labInput(specOf(format.toUtf8().constData()), values); });
    QCOMPARE(lineOf(refusal), line);
    QVERIFY(refusalOf([] { return examine("MXFP4", {1000}); }));
    QVERIFY(refusalOf([] { return labInput(specOf("MXFP4"), {1.0F, std::nanf("")}); }));
    QVERIFY(refusalOf([] { return labInput(specOf("Fairy2i_1"), {1.0F}); }));
    QVERIFY(refusalOf([] { return labInput(specOf("Q4_K"), {1.0F}); }));
}

QTEST_APPLESS_MAIN(TestBlockLab)
#include "tst_block_lab.moc"
