#include "core/error.h"
#include "core/fast/worker_pool.h"

#include <QTest>

#include <stdexcept>

using namespace nanoscope;

/// The pool of threads that stay.
class TestFastPool : public QObject {
    Q_OBJECT

private slots:
    void everyChunkIsDoneOnce_data();
    void everyChunkIsDoneOnce();
    void aStopEndsTheJob();
    void anExceptionReachesTheCaller();
    void twoCallersMayComeAtOnce();
    void aJobInsideAJobIsDoneAlone();
};

void TestFastPool::everyChunkIsDoneOnce_data()
{
    QTest::addColumn<unsigned>("helpers");
    QTest::addColumn<unsigned>("threads");
    QTest::newRow("alone") << 0U << 4U;
    QTest::newRow("two") << 1U << 2U;
    QTest::newRow("fewer than there are") << 3U << 2U;
    QTest::newRow("more than there are") << 2U << 8U;
}

void TestFastPool::everyChunkIsDoneOnce()
{
    QFETCH(unsigned, helpers);
    QFETCH(unsigned, threads);
    WorkerPool pool(helpers);
    for (std::uint64_t chunks = 0; chunks < 200; ++chunks) {
        std::vector<std::atomic<int>> done(chunks);
        std::atomic<unsigned> highest{0};
        const auto shares = pool.run(chunks, threads, {}, [&](unsigned worker, std::uint64_t chunk) {
            ++done[chunk];
            unsigned seen = highest;
            while (worker > seen && !highest.compare_exchange_weak(seen, worker)) { }
        });
        std::uint64_t sum = 0;
        for (const std::uint64_t share : shares)
            sum += share;
        QCOMPARE(sum, chunks);
        QVERIFY(highest < threads);
        for (const std::atomic<int>& count : done)
            QCOMPARE(count.load(), 1);
    }
}

void TestFastPool::aStopEndsTheJob()
{
    WorkerPool pool(1);
    std::stop_source stop;
    std::atomic<std::uint64_t> done{0};
    QVERIFY_EXCEPTION_THROWN(pool.run(1000000, 2, stop.get_token(),
                                 [&](unsigned, std::uint64_t) {
                                     if (++done == 10)
                                         stop.request_stop();
                                 }),
        Cancelled);
    QVERIFY(done < 1000);
    const auto after = pool.run(10, 2, {}, [&](unsigned, std::uint64_t) { ++done; });  // and the pool goes on
    QCOMPARE(after[0] + after[1], std::uint64_t{10});
}

void TestFastPool::anExceptionReachesTheCaller()
{
    WorkerPool pool(2);
    for (int i = 0; i < 50; ++i)
        QVERIFY_EXCEPTION_THROWN(pool.run(100, 3, {},
                                     [](unsigned, std::uint64_t chunk) {
                                         if (chunk == 50)
                                             throw std::runtime_error("chunk 50");
                                     }),
            std::runtime_error);
}

void TestFastPool::twoCallersMayComeAtOnce()
{
    WorkerPool pool(1);
    std::atomic<std::uint64_t> done{0};
    const auto call = [&] {
        for (int i = 0; i < 500; ++i)
            pool.run(20, 2, {}, [&](unsigned, std::uint64_t) { ++done; });
    };
    {
        const std::jthread other(call);
        call();
    }
    QCOMPARE(done.load(), std::uint64_t{2 * 500 * 20});
}

void TestFastPool::aJobInsideAJobIsDoneAlone()
{
    WorkerPool pool(1);
    std::atomic<std::uint64_t> done{0};
    pool.run(8, 2, {}, [&](unsigned, std::uint64_t) { pool.run(8, 2, {}, [&](unsigned, std::uint64_t) { ++done; }); });
    QCOMPARE(done.load(), std::uint64_t{64});
}

QTEST_APPLESS_MAIN(TestFastPool)
#include "tst_fast_pool.moc"
