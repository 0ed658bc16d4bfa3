#include "core/io/slab_plan.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

using namespace nanoscope;

namespace {

constexpr std::uint64_t kItemBytes = 4;

struct Walked {
    std::vector<int> visits;  // how often each element was visited
    std::vector<Box> boxes;
    std::uint64_t largestBoxBytes = 0;
    bool runsFillTheBox = true;
};

Walked walk(const Shape& shape, const Shape& grain, std::uint64_t budgetBytes)
{
    const SlabPlan plan(shape, grain, kItemBytes, budgetBytes);
    Walked walked;
    walked.visits.assign(elementCount(shape), 0);
    Box box = plan.first();
    do {
        std::uint64_t expectedOffset = 0;
        forEachRun(shape, box, [&](std::uint64_t offsetInBox, std::uint64_t offset, std::uint64_t length) {
            walked.runsFillTheBox = walked.runsFillTheBox && offsetInBox == expectedOffset;
            expectedOffset += length;
            for (std::uint64_t i = 0; i < length; ++i)
                ++walked.visits.at(offset + i);
        });
        walked.runsFillTheBox = walked.runsFillTheBox && expectedOffset == elementCount(box.extent);
        walked.largestBoxBytes = std::max(walked.largestBoxBytes, elementCount(box.extent) * kItemBytes);
        walked.boxes.push_back(box);
    } while (plan.advance(box));
    return walked;
}

}  // namespace

class TestSlabPlan : public QObject {
    Q_OBJECT

private slots:
    void boxesCoverEveryElementOnceAndKeepTheBudget()
    {
        constexpr unsigned kSeed = 20;
        qInfo("seed %u", kSeed);
        std::mt19937 random(kSeed);
        const auto below = [&random](std::uint64_t end) { return random() % end; };
        for (int round = 0; round < 2000; ++round) {
            Shape shape(below(6));
            Shape grain(shape.size());
            for (std::size_t i = 0; i < shape.size(); ++i) {
                shape[i] = 1 + below(9);
                grain[i] = round % 2 == 0 ? 1 : 1 + below(11);
            }
            const std::uint64_t budget = 1 + below(400);
            const Walked walked = walk(shape, grain, budget);
            QVERIFY(std::all_of(walked.visits.begin(), walked.visits.end(), [](int visits) { return visits == 1; }));
            QVERIFY(walked.runsFillTheBox);
            QVERIFY(walked.largestBoxBytes <= std::max(budget, elementCount(grain) * kItemBytes));
            for (const Box& box : walked.boxes)
                for (std::size_t i = 0; i < shape.size(); ++i)
                    QCOMPARE(box.start[i] % grain[i], 0u);
        }
    }

    void aTensorWithinTheBudgetIsOneBox()
    {
        const Walked walked = walk({3, 4, 5}, {1, 1, 1}, 3 * 4 * 5 * kItemBytes);
        QCOMPARE(walked.boxes.size(), std::size_t{1});
    }

    void aScalarIsOneBoxOfOneElement()
    {
        const Walked walked = walk({}, {}, 1);
        QCOMPARE(walked.boxes.size(), std::size_t{1});
        QCOMPARE(walked.visits, std::vector<int>{1});
    }

    void aRowLargerThanTheBudgetIsSubdivided()
    {
        const Walked walked = walk({2, 100}, {1, 1}, 30 * kItemBytes);
        QCOMPARE(walked.boxes.size(), std::size_t{8});
        QVERIFY(walked.boxes[3].start == (Shape{0, 90}));
        QVERIFY(walked.boxes[3].extent == (Shape{1, 10}));
    }

    void wholeRowsAreReadTogether()
    {
        const Walked walked = walk({10, 4}, {1, 1}, 3 * 4 * kItemBytes + 5);
        QCOMPARE(walked.boxes.size(), std::size_t{4});
        QVERIFY(walked.boxes[0].extent == (Shape{3, 4}));
    }
};

QTEST_APPLESS_MAIN(TestSlabPlan)
#include "tst_slab_plan.moc"
