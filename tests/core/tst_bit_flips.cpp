#include "made_tensor.h"

#include "core/analysis/analyze.h"
#include "core/analysis/bit_flips.h"
#include "core/format/codebook.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace nanoscope;

/// Single flipped bits (oracles: catalogue table T5, cases done by hand, and flipping the bits of a cast tensor).
class TestBitFlips : public QObject {
    Q_OBJECT

private slots:
    void codeFlipsAreThoseOfTheCatalogue_data();
    void codeFlipsAreThoseOfTheCatalogue();
    void aFlipToNoNumberIsCountedAndNotAveraged();
    void codebooksArePooledInTermsOfTheirOwnRms();
    void anEmptyHistogramHasNoFlips();
    void scaleFlipsFollowFromTheCodec();
    void aSignBitOfTheScaleNegatesTheBlock();
    void negativeScalesKeepTheirSign();
    void scaleFlipsEqualThoseOfTheCastTensor_data();
    void scaleFlipsEqualThoseOfTheCastTensor();
    void transformedBlocksAreScaledAsAWhole_data();
    void transformedBlocksAreScaledAsAWhole();
    void formatsWithoutACommonScaleHaveNoScaleFlips();
};

namespace {

using Numbers = std::vector<double>;

ElementBook floatBook(int exponentBits, int mantissaBits)
{
    ElementBook book;
    book.exponentBits = exponentBits;
    book.mantissaBits = mantissaBits;
    return book;
}

ElementBook integerBook(int bits, bool twosComplement)
{
    ElementBook book;
    book.kind = BookKind::Integer;
    book.bits = bits;
    book.twosComplement = twosComplement;
    return book;
}

ElementBook positBook(int bits, int exponentBits)
{
    ElementBook book;
    book.kind = BookKind::Posit;
    book.bits = bits;
    book.exponentBits = exponentBits;
    return book;
}

/// Codes of standard normal values times `scale`, which reach no further than `reach` after that.
std::vector<LevelCount> histogramOf(const ElementBook& element, double scale, double reach)
{
    const Codebook book(element, TieRule::Even);
    std::vector<LevelCount> levels(book.codeCount());
    for (std::uint32_t code = 0; code < levels.size(); ++code)
        levels[code] = {0, code, book.level(code), book.use(code), 0, 0.0};
    for (const float value : gaussian(400000, 5)) {
        const double within = std::clamp(static_cast<double>(value), -4.5, 4.5);  // as far as the catalogue's sample
        ++levels[book.nearest(std::clamp(within * scale, -reach, reach))].count;
    }
    return levels;
}

CodeFlips flipsOf(const std::vector<LevelCount>& levels)
{
    return codeFlipsByBook(levels).front();
}

bool isNear(double value, double expected, double relative, double absolute)
{
    return std::fabs(value - expected) <= relative * std::fabs(expected) + absolute;
}

QByteArray textOf(int bit, double value, double expected)
{
    return QStringLiteral("bit %1: %2, not %3").arg(bit).arg(value).arg(expected).toUtf8();
}

}  // namespace

void TestBitFlips::codeFlipsAreThoseOfTheCatalogue_data()
{
    QTest::addColumn<ElementBook>("element");
    QTest::addColumn<double>("scale");
    QTest::addColumn<double>("reach");
    QTest::addColumn<Numbers>("means");
    QTest::addColumn<Numbers>("largest");
    constexpr double kAny = std::numeric_limits<double>::infinity();
    QTest::newRow("INT4 two's complement") << integerBook(4, true) << 7.0 / 4 << 7.0
                                           << Numbers{0.564, 1.129, 2.257, 4.515} << Numbers{0.56, 1.13, 2.26, 4.51};
    QTest::newRow("INT4 sign-magnitude") << integerBook(4, false) << 7.0 / 4 << 7.0
                                         << Numbers{0.564, 1.129, 2.257, 1.554} << Numbers{0.56, 1.13, 2.26, 7.90};
    QTest::newRow("FP4 E2M1") << floatBook(2, 1) << 6.0 / 4 << kAny << Numbers{0.428, 0.880, 1.872, 1.580}
                              << Numbers{1.34, 2.00, 3.00, 8.01};
    QTest::newRow("E4M3") << floatBook(4, 3) << 448.0 / 4 << kAny
                          << Numbers{0.074, 0.149, 0.297, 0.624, 1.362, 1.166, 0.823, 1.595}
                          << Numbers{0.29, 0.57, 1.14, 2.14, 3.22, 4.02, 4.27, 8.57};
    QTest::newRow("E5M2") << floatBook(5, 2) << 114688.0 / 4 << kAny
                          << Numbers{0.154, 0.307, 0.624, 1.325, 1.136, 0.821, 0.797, 1.594}
                          << Numbers{0.57, 1.14, 2.00, 3.01, 3.76, 3.99, 4.01, 8.01};
    QTest::newRow("INT8 two's complement")
        << integerBook(8, true) << 127.0 / 4 << 127.0 << Numbers{0.031, 0.063, 0.126, 0.252, 0.504, 1.008, 2.016, 4.031}
        << Numbers{0.03, 0.06, 0.13, 0.25, 0.50, 1.01, 2.02, 4.03};
    QTest::newRow("posit(8,0)") << positBook(8, 0) << 1.0 << kAny
                                << Numbers{0.025, 0.049, 0.098, 0.197, 0.460, 1.586, 2.995, 5.183}
                                << Numbers{0.50, 1.00, 2.00, 5.50, 60.12, 62.03, 63.02, 64.02};
}

void TestBitFlips::codeFlipsAreThoseOfTheCatalogue()
{
    QFETCH(ElementBook, element);
    QFETCH(double, scale);
    QFETCH(double, reach);
    QFETCH(Numbers, means);
    QFETCH(Numbers, largest);
    const CodeFlips flips = flipsOf(histogramOf(element, scale, reach));
    QCOMPARE(flips.elements, std::uint64_t{400000});
    QCOMPARE(flips.bits.size(), means.size());
    for (std::size_t i = 0; i < means.size(); ++i) {
        const CodeBitFlip& flip = flips.bits[i];
        QCOMPARE(flip.bit, static_cast<int>(i));
        QVERIFY2(isNear(flip.meanRelative, means[i], 0.015, 0.0006), textOf(flip.bit, flip.meanRelative, means[i]));
        QVERIFY2(
            isNear(flip.largestRelative, largest[i], 0.01, 0.006), textOf(flip.bit, flip.largestRelative, largest[i]));
        QCOMPARE(flip.meanRelative * flips.levelRms, flip.meanChange);
    }
}

void TestBitFlips::aFlipToNoNumberIsCountedAndNotAveraged()
{
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    const CodeFlips flips = flipsOf({{0, 0, 0.0, CodeUse::Level, 1, 0.0}, {0, 1, 1.0, CodeUse::Level, 2, 0.0},
        {0, 2, 2.0, CodeUse::Level, 1, 0.0}, {0, 3, kNan, CodeUse::NotANumber, 0, 0.0}});
    QCOMPARE(flips.levelRms, std::sqrt(6.0 / 4));
    QCOMPARE(flips.bits.size(), std::size_t{2});
    QCOMPARE(flips.bits[0].meanChange, 3.0 / 4);  // 0 <-> 1, and 2 <-> no number
    QCOMPARE(flips.bits[0].invalidShare, 1.0 / 4);
    QCOMPARE(flips.bits[1].meanChange, 4.0 / 4);  // 0 <-> 2, and 1 <-> no number
    QCOMPARE(flips.bits[1].largestChange, 2.0);
    QCOMPARE(flips.bits[1].invalidShare, 2.0 / 4);
}

void TestBitFlips::codebooksArePooledInTermsOfTheirOwnRms()
{
    // Two codebooks of one bit; the levels of the second are 100 times those of the first.
    const std::vector<CodeFlips> books = codeFlipsByBook(
        std::vector<LevelCount>{{0, 0, 1.0, CodeUse::Level, 3, 0.0}, {0, 1, -1.0, CodeUse::Level, 0, 0.0},
            {1, 0, 100.0, CodeUse::Level, 1, 0.0}, {1, 1, 0.0, CodeUse::Level, 0, 0.0}});
    QCOMPARE(books.size(), std::size_t{2});
    QCOMPARE(books[1].book, std::optional<std::uint32_t>(1));
    const CodeFlips pooled = pooledCodeFlips(books);
    QVERIFY(!pooled.book);
    QCOMPARE(pooled.elements, std::uint64_t{4});
    QCOMPARE(pooled.bits[0].meanRelative, (3 * 2.0 + 1 * 1.0) / 4);
    QCOMPARE(pooled.bits[0].meanChange, (3 * 2.0 + 1 * 100.0) / 4);
    QCOMPARE(pooled.bits[0].largestRelative, 2.0);
}

void TestBitFlips::anEmptyHistogramHasNoFlips()
{
    QVERIFY(codeFlipsByBook({}).empty());
    QVERIFY(codeFlipsByBook(std::vector<LevelCount>{{0, 0, 1.0, CodeUse::Level, 0, 0.0}}).empty());
    QVERIFY(pooledCodeFlips({}).bits.empty());
    QVERIFY(scaleFlips(ScaleCodec(ScaleCodecId::E8M0), {}, 8).bits.empty());
}

void TestBitFlips::scaleFlipsFollowFromTheCodec()
{
    // Code 127 is 1, code 126 is 1/2, code 255 is no number.
    const std::vector<ScaleCodeUse> uses{{126, 1, 0.8}, {127, 3, 2.4}};
    const ScaleFlips flips = scaleFlips(ScaleCodec(ScaleCodecId::E8M0), uses, 8);
    QCOMPARE(flips.blocks, std::uint64_t{4});
    QCOMPARE(flips.bits.size(), std::size_t{8});
    QCOMPARE(flips.bits[0].smallestRatio, 0.5);  // 127 -> 126
    QCOMPARE(flips.bits[0].largestRatio, 2.0);   // 126 -> 127
    QCOMPARE(flips.bits[0].meanChange, (1.0 * 0.8 + 0.5 * 2.4) / 4);
    QCOMPARE(flips.bits[6].largestRatio, std::ldexp(1.0, -64));  // 127 -> 63, 126 -> 62
    QCOMPARE(flips.bits[7].invalidShare, 3.0 / 4);
    QCOMPARE(flips.bits[7].smallestRatio, std::ldexp(1.0, 128));  // 126 -> 254
    QCOMPARE(flips.bits[7].meanChange, (std::ldexp(1.0, 128) - 1) * 0.8 / 4);
}

void TestBitFlips::aSignBitOfTheScaleNegatesTheBlock()
{
    const ScaleCodec codec(ScaleCodecId::E4M3);
    const std::uint64_t one = codec.encode(1.0).code;
    const ScaleFlips flips = scaleFlips(codec, std::vector<ScaleCodeUse>{{one, 2, 1.5}, {0, 7, 7.0}}, codec.bits());
    QCOMPARE(flips.blocks, std::uint64_t{2});  // a scale of zero has no ratio
    QCOMPARE(flips.bits.back().smallestRatio, -1.0);
    QCOMPARE(flips.bits.back().largestRatio, -1.0);
    QCOMPARE(flips.bits.back().meanChange, 2 * 1.5 / 2);
    QCOMPARE(flips.bits[0].largestRatio, 1.125);
}

void TestBitFlips::negativeScalesKeepTheirSign()
{
    constexpr std::uint64_t kMinusOne = 0xBC00;  // FP16; Q4_0 maps the extreme of a block to -8
    const ScaleFlips flips
        = scaleFlips(ScaleCodec(ScaleCodecId::FP16), std::vector<ScaleCodeUse>{{kMinusOne, 1, 0.8}}, 16);
    QCOMPARE(flips.blocks, std::uint64_t{1});
    QCOMPARE(flips.bits[9].largestRatio, 1.5);
    QCOMPARE(flips.bits[15].largestRatio, -1.0);
    QCOMPARE(flips.bits[14].invalidShare, 1.0);  // infinity
    QVERIFY(std::isnan(flips.bits[14].largestRatio));
}

void TestBitFlips::scaleFlipsEqualThoseOfTheCastTensor_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"MXFP4", "NxFP4", "NVFP4", "INT4_g32"})
        QTest::newRow(format) << format;
}

void TestBitFlips::scaleFlipsEqualThoseOfTheCastTensor()
{
    QFETCH(QString, format);
    const FormatSpec spec = parseFormat(format.toStdString()).spec;
    const Tensor tensor = madeTensor({4, 112}, gaussian(448, 21));  // the last block of a row is short
    const BlockView view = viewOf(tensor, spec);
    const CastTensor cast = castTensor(tensor, view, spec);
    const ScaleCodec codec(spec.scale.codec);
    const int bits = flippableScaleBits(spec);
    const ScaleFlips flips = scaleFlips(codec, scaleUses(cast), bits);
    QCOMPARE(flips.blocks, view.blocks());
    QCOMPARE(flips.bits.size(), static_cast<std::size_t>(bits));
    for (int bit = 0; bit < std::min(bits, codec.hasSpareSign() ? codec.bits() - 1 : codec.bits()); ++bit) {
        double sum = 0.0;
        for (std::uint64_t block = 0; block < view.blocks(); ++block) {
            const std::uint64_t code = cast.scales[block];
            const double ratio = codec.decode(code ^ (std::uint64_t{1} << bit)) / codec.decode(code);
            if (!std::isfinite(ratio))
                continue;
            const std::uint64_t first = block / view.blocksPerRow() * 112
                + block % view.blocksPerRow() * static_cast<std::uint64_t>(view.block());
            const std::size_t length = view.length(block);
            double change = 0.0;
            double square = 0.0;
            for (std::size_t i = 0; i < length; ++i) {
                const auto d = static_cast<double>(cast.dequantized[first + i]);
                change += std::fabs(d * ratio - d);
                square += d * d;
            }
            const auto n = static_cast<double>(length);
            sum += change / n / std::sqrt(square / n);
        }
        const double expected = sum / static_cast<double>(view.blocks());
        const double found = flips.bits[static_cast<std::size_t>(bit)].meanChange;
        QVERIFY2(isNear(found, expected, 1e-9, 0.0), textOf(bit, found, expected));
    }
}

void TestBitFlips::transformedBlocksAreScaledAsAWhole_data()
{
    QTest::addColumn<QString>("format");
    for (const char* format : {"BFP4_sorted", "INT4_g128_hadamard", "Q4_0", "Q6_K"})
        QTest::newRow(format) << format;
}

void TestBitFlips::transformedBlocksAreScaledAsAWhole()
{
    QFETCH(QString, format);
    const FormatSpec spec = parseFormat(format.toStdString()).spec;
    const Tensor tensor = madeTensor({4, 512}, gaussian(2048, 22));
    const BlockView view = viewOf(tensor, spec);
    const BitFlipStudy study
        = bitFlipStudy(analyze(tensor, view, {format.toStdString(), spec}), castTensor(tensor, view, spec));
    QCOMPARE(study.scale.blocks, view.blocks());
    // Doubling (or halving) a block of Gaussian values: mean |w| / RMS is sqrt(2 / pi).
    const ScaleCodec codec(spec.scale.codec);
    const int exponentBit = codec.id() == ScaleCodecId::FP16 ? 10 : 0;
    const ScaleBitFlip& flip = study.scale.bits[static_cast<std::size_t>(exponentBit)];
    QVERIFY(flip.largestRatio == 2.0 || flip.smallestRatio == 0.5);
    QVERIFY2(flip.meanChange > 0.5 * 0.76 && flip.meanChange < 0.84, textOf(exponentBit, flip.meanChange, 0.8));
}

void TestBitFlips::formatsWithoutACommonScaleHaveNoScaleFlips()
{
    const Tensor tensor = madeRow(gaussian(256, 3));
    for (const char* format : {"Posit8_0", "Q4_K"}) {
        const NamedFormat named = parseFormat(format);
        const BlockView view = viewOf(tensor, named.spec);
        const CastTensor cast = castTensor(tensor, view, named.spec);
        const BitFlipStudy study = bitFlipStudy(analyze(tensor, view, named), cast);
        QVERIFY(study.scale.bits.empty());
        QVERIFY(!study.pooled.bits.empty());
    }
}

QTEST_APPLESS_MAIN(TestBitFlips)
#include "tst_bit_flips.moc"
