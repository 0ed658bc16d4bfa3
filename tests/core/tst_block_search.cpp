#include "made_tensor.h"

#include "core/analysis/block_search.h"
#include "core/analysis/block_trace.h"
#include "core/error.h"
#include "core/format/format_by_name.h"
#include "core/quant/prepared_tensor.h"

#include <QTest>

#include <algorithm>
#include <limits>
#include <set>

using namespace nanoscope;

/// Finding the next block that chose a codebook (oracle: each block as traceBlock() explains it).
class TestBlockSearch : public QObject {
    Q_OBJECT

private slots:
    void everyBlockOfTheBookIsFoundInOrder_data();
    void everyBlockOfTheBookIsFoundInOrder();
    void theOnlyBlockFindsItself();
    void aBlockWithNaNChoseNone();
    void aStopEndsIt();
};

namespace {

PreparedTensor preparedOf(const Tensor& tensor, const char* format)
{
    const NamedFormat named = parseFormat(format);
    return prepare(viewOf(tensor, named.spec), named.spec);
}

/// Blocks with an element that is coded in the book.
std::set<std::uint64_t> blocksWith(const PreparedTensor& prepared, std::uint32_t book)
{
    std::set<std::uint64_t> found;
    for (std::uint64_t block = 0; block < prepared.view.blocks(); ++block) {
        const BlockTrace trace = traceBlock(prepared, block);
        if (!trace.bad
            && std::any_of(trace.elements.begin(), trace.elements.end(),
                [book](const ElementTrace& element) { return element.book == book; }))
            found.insert(block);
    }
    return found;
}

}  // namespace

void TestBlockSearch::everyBlockOfTheBookIsFoundInOrder_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<unsigned>("book");
    QTest::newRow("NxFP4, float") << "NxFP4" << 0U;
    QTest::newRow("NxFP4, block float") << "NxFP4" << 1U;
    QTest::newRow("subgroups that choose") << "NxFP4:geometry.sub=8" << 1U;
}

void TestBlockSearch::everyBlockOfTheBookIsFoundInOrder()
{
    QFETCH(QString, format);
    QFETCH(unsigned, book);
    const Tensor tensor = madeTensor({7, 330}, gaussian(7 * 330, 5));
    const PreparedTensor prepared = preparedOf(tensor, format.toUtf8().constData());
    const std::set<std::uint64_t> wanted = blocksWith(prepared, book);
    QVERIFY(wanted.size() > 1);
    QVERIFY(wanted.size() < prepared.view.blocks() || format != "NxFP4");
    for (std::uint64_t from = 0; from < prepared.view.blocks(); ++from) {
        const auto next = wanted.upper_bound(from);
        QCOMPARE(nextBlockWithBook(prepared, from, book).value(), next == wanted.end() ? *wanted.begin() : *next);
    }
}

void TestBlockSearch::theOnlyBlockFindsItself()
{
    const Tensor tensor = madeRow(gaussian(32, 3));
    const PreparedTensor prepared = preparedOf(tensor, "NxFP4");
    const std::uint32_t book = traceBlock(prepared, 0).elements.front().book;
    QCOMPARE(nextBlockWithBook(prepared, 0, book).value(), std::uint64_t{0});
    QVERIFY(!nextBlockWithBook(prepared, 0, 1 - book));
}

void TestBlockSearch::aBlockWithNaNChoseNone()
{
    std::vector<float> values(64, 1.0F);
    values[40] = std::numeric_limits<float>::quiet_NaN();
    const Tensor tensor = madeRow(values);
    QCOMPARE(nextBlockWithBook(preparedOf(tensor, "MXFP4"), 0, 0).value(), std::uint64_t{0});
    values[0] = std::numeric_limits<float>::infinity();
    QVERIFY(!nextBlockWithBook(preparedOf(madeRow(values), "MXFP4"), 0, 0));
}

void TestBlockSearch::aStopEndsIt()
{
    const Tensor tensor = madeRow(gaussian(96, 2));
    std::stop_source source;
    source.request_stop();
    QVERIFY_EXCEPTION_THROWN((void)nextBlockWithBook(preparedOf(tensor, "MXFP4"), 0, 0, source.get_token()), Cancelled);
}

QTEST_APPLESS_MAIN(TestBlockSearch)
#include "tst_block_search.moc"
