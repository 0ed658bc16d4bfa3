#include "widgets/latest_job.h"

#include <QObject>
#include <QTest>
#include <QThread>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <vector>

using namespace nanoscope;
using namespace std::chrono_literals;

/// Collects what a job delivers.
struct Inbox {
    std::vector<int> results;
    std::vector<std::exception_ptr> failures;
    LatestJob<int> job;

    Inbox()
        : job([this](int result) { results.push_back(result); },
            [this](std::exception_ptr failure) { failures.push_back(failure); })
    {
    }
};

class TestLatestJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resultArrivesOnTheSubmittingThreadFromItsEventLoop()
    {
        Inbox inbox;
        QThread* worker = nullptr;
        inbox.job.submit([&worker](std::stop_token) {
            worker = QThread::currentThread();
            return 7;
        });
        QVERIFY(inbox.job.isBusy());
        QVERIFY(inbox.results.empty());
        QTRY_COMPARE(inbox.results, std::vector<int>{7});
        QVERIFY(worker != QThread::currentThread());
        QVERIFY(!inbox.job.isBusy());
    }

    void burstRunsFewTimesAndTheLastResultArrives()
    {
        Inbox inbox;
        std::atomic<int> runs = 0;
        for (int i = 1; i <= 200; ++i)
            inbox.job.submit([i, &runs](std::stop_token) {
                ++runs;
                return i;
            });
        QTRY_VERIFY(!inbox.results.empty() && inbox.results.back() == 200);
        QTest::qWait(40);
        QCOMPARE(inbox.results.back(), 200);
        QVERIFY2(runs <= 4, qPrintable(QString::number(runs)));
    }

    void requestsSpreadOverTimeAreNeverLost()
    {
        Inbox inbox;
        for (int i = 1; i <= 30; ++i) {
            inbox.job.submit([i](std::stop_token) { return i; });
            QTest::qWait(i % 5);
        }
        QTRY_VERIFY(!inbox.results.empty() && inbox.results.back() == 30);
        QVERIFY(!inbox.job.isBusy());
    }

    void newRequestStopsTheRunningOneWhoseResultIsDropped()
    {
        Inbox inbox;
        std::atomic<bool> started = false;
        std::atomic<bool> stopped = false;
        inbox.job.submit([&](std::stop_token stop) {
            started = true;
            while (!stop.stop_requested())
                std::this_thread::sleep_for(1ms);
            stopped = true;
            return 1;
        });
        QTRY_VERIFY(started);
        inbox.job.submit([](std::stop_token) { return 2; });
        QTRY_COMPARE(inbox.results, std::vector<int>{2});
        QVERIFY(stopped);
    }

    void resultPostedBeforeANewerRequestIsDropped()
    {
        Inbox inbox;
        std::atomic<bool> returned = false;
        inbox.job.submit([&](std::stop_token) {
            returned = true;
            return 1;
        });
        while (!returned)
            std::this_thread::sleep_for(1ms);
        std::this_thread::sleep_for(5ms);  // the result is on its way, but no event loop ran
        inbox.job.submit([](std::stop_token) { return 2; });
        QTRY_COMPARE(inbox.results, std::vector<int>{2});
    }

    void previewComesBeforeTheFinalResult()
    {
        Inbox inbox;
        inbox.job.submit([](std::stop_token, const LatestJob<int>::Publish& publish) {
            publish(1);
            return 2;
        });
        QTRY_COMPARE(inbox.results, (std::vector<int>{1, 2}));
        QVERIFY(!inbox.job.isBusy());
    }

    void exceptionIsDelivered()
    {
        Inbox inbox;
        inbox.job.submit([](std::stop_token) -> int { throw std::runtime_error("no such tensor"); });
        QTRY_COMPARE(inbox.failures.size(), std::size_t{1});
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, std::rethrow_exception(inbox.failures.front()));
        QVERIFY(inbox.results.empty());
        QVERIFY(!inbox.job.isBusy());
    }

    void exceptionOfAStoppedRequestIsDropped()
    {
        Inbox inbox;
        std::atomic<bool> started = false;
        inbox.job.submit([&](std::stop_token stop) -> int {
            started = true;
            while (!stop.stop_requested())
                std::this_thread::sleep_for(1ms);
            throw std::runtime_error("stopped");
        });
        QTRY_VERIFY(started);
        inbox.job.submit([](std::stop_token) { return 2; });
        QTRY_COMPARE(inbox.results, std::vector<int>{2});
        QVERIFY(inbox.failures.empty());
    }

    void cancelDropsEverything()
    {
        Inbox inbox;
        std::atomic<bool> stopped = false;
        inbox.job.submit([&](std::stop_token stop) {
            while (!stop.stop_requested())
                std::this_thread::sleep_for(1ms);
            stopped = true;
            return 1;
        });
        QTest::qWait(5);
        inbox.job.submit([](std::stop_token) { return 2; });
        inbox.job.cancel();
        QVERIFY(!inbox.job.isBusy());
        QTest::qWait(60);
        QVERIFY(stopped);
        QVERIFY(inbox.results.empty());
        inbox.job.submit([](std::stop_token) { return 3; });
        QTRY_COMPARE(inbox.results, std::vector<int>{3});
    }

    void destructionWhileRunningStopsAndWaits()
    {
        std::atomic<bool> started = false;
        std::atomic<bool> finished = false;
        int delivered = 0;
        {
            LatestJob<int> job([&](int) { ++delivered; }, [&](std::exception_ptr) { ++delivered; });
            job.submit([&](std::stop_token stop) {
                started = true;
                while (!stop.stop_requested())
                    std::this_thread::sleep_for(1ms);
                std::this_thread::sleep_for(10ms);
                finished = true;
                return 1;
            });
            while (!started)
                std::this_thread::sleep_for(1ms);
        }
        QVERIFY(finished);
        QTest::qWait(20);
        QCOMPARE(delivered, 0);
    }

    void manyShortLivesAreSafe()
    {
        for (int i = 0; i < 50; ++i) {
            LatestJob<int> job([](int) {}, [](std::exception_ptr) {});
            for (int k = 0; k <= i % 3; ++k)
                job.submit([k](std::stop_token) { return k; });
            if (i % 2 == 0)
                QTest::qWait(1);
        }
    }
};

QTEST_GUILESS_MAIN(TestLatestJob)
#include "tst_latest_job.moc"
