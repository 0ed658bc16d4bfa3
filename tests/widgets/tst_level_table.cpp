#include "sample_report.h"
#include "widgets/level_model.h"
#include "widgets/level_table.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace nanoscope;
using namespace nanoscope::test;

namespace {

QString cell(const LevelModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

Sample twoBooks(bool recycle)
{
    Sample sample;
    sample.magnitudes.push_back(integerMagnitudes(4));
    sample.recycle = recycle;
    return sample;
}

}  // namespace

class TestLevelTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void modelKeepsItsPromises()
    {
        LevelModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setReport(sampleReport({}));
        model.setReport(sampleReport(twoBooks(true)));
        model.setReport(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void levelsAscendWithinABookAndStructuralOnesComeLast()
    {
        LevelModel model;
        model.setReport(sampleReport(twoBooks(false)));
        QCOMPARE(model.rowCount(), 32);
        QVERIFY(model.hasSeveralBooks());
        QCOMPARE(cell(model, 0, LevelModel::LevelColumn), QStringLiteral("−6"));
        QCOMPARE(cell(model, 0, LevelModel::BitsColumn), QStringLiteral("1111"));
        QCOMPARE(cell(model, 14, LevelModel::LevelColumn), QStringLiteral("6"));
        QCOMPARE(cell(model, 15, LevelModel::LevelColumn), QStringLiteral("−0"));
        QVERIFY(cell(model, 15, LevelModel::NoteColumn).contains(QStringLiteral("structural")));
        QCOMPARE(cell(model, 16, LevelModel::LevelColumn), QStringLiteral("−7"));
        QCOMPARE(cell(model, 16, LevelModel::BookColumn), QStringLiteral("BFP4"));
    }

    void recycledLevelStandsAtItsPlace()
    {
        Sample sample;
        sample.recycle = true;
        LevelModel model;
        model.setReport(sampleReport(sample));
        const int row = model.rowOf({0, 8});
        QCOMPARE(cell(model, row, LevelModel::LevelColumn), QStringLiteral("0.25"));
        QCOMPARE(cell(model, row - 1, LevelModel::LevelColumn), QStringLiteral("0"));
        QCOMPARE(cell(model, row + 1, LevelModel::LevelColumn), QStringLiteral("0.5"));
        QCOMPARE(cell(model, row, LevelModel::NoteColumn), QStringLiteral("recycled −0"));
    }

    void vacantLevelsSaySo()
    {
        Sample sample;
        sample.magnitudes = {integerMagnitudes(6)};
        sample.wholeTensorScale = true;
        const auto report = sampleReport(sample);
        QVERIFY(report->vacant.tensor > 0);
        LevelModel model;
        model.setReport(report);
        std::uint64_t vacant = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            vacant += cell(model, row, LevelModel::NoteColumn) == QStringLiteral("vacant") ? 1U : 0U;
        QCOMPARE(vacant, report->vacant.tensor);
    }

    void rowsAndIdsCorrespond()
    {
        LevelModel model;
        model.setReport(sampleReport(twoBooks(true)));
        for (int row = 0; row < model.rowCount(); ++row)
            QCOMPARE(model.rowOf(model.idAt(row)), row);
        QCOMPARE(model.rowOf({7, 0}), -1);
    }

    void newFiguresOfTheSameLevelsKeepTheRows()
    {
        LevelModel model;
        model.setReport(sampleReport({}));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        Sample other;
        other.seed = 8;
        model.setReport(sampleReport(other));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
        model.setReport(sampleReport(twoBooks(true)));
        QCOMPARE(reset.count(), 1);
    }

    void booksOfTheSameNameAreNumbered()
    {
        auto report = std::make_shared<Report>(*sampleReport(twoBooks(true)));
        for (ElementBook& book : report->format.spec.elements)
            book.id = "E2M1";
        LevelModel model;
        model.setReport(report);
        QCOMPARE(cell(model, 0, LevelModel::BookColumn), QStringLiteral("E2M1 #1"));
        QCOMPARE(cell(model, 31, LevelModel::BookColumn), QStringLiteral("E2M1 #2"));
    }

    void bookColumnIsHiddenForOneBook()
    {
        LevelTable table;
        auto* view = table.findChild<QTableView*>();
        table.setReport(sampleReport({}));
        QVERIFY(view->isColumnHidden(LevelModel::BookColumn));
        table.setReport(sampleReport(twoBooks(false)));
        QVERIFY(!view->isColumnHidden(LevelModel::BookColumn));
    }

    void columnsSortByNumber()
    {
        LevelTable table;
        table.setReport(sampleReport({}));
        auto* view = table.findChild<QTableView*>();
        view->sortByColumn(LevelModel::CountColumn, Qt::DescendingOrder);
        qulonglong previous = std::numeric_limits<qulonglong>::max();
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            const qulonglong count
                = view->model()->index(row, LevelModel::CountColumn).data(LevelModel::SortRole).toULongLong();
            QVERIFY(count <= previous);
            previous = count;
        }
    }

    void selectionIsToldAndHighlightIsNot()
    {
        LevelTable table;
        table.setReport(sampleReport({}));
        auto* view = table.findChild<QTableView*>();
        std::vector<std::optional<LevelId>> told;
        connect(
            &table, &LevelTable::levelSelected, &table, [&](const std::optional<LevelId>& id) { told.push_back(id); });
        table.setHighlightedLevel(LevelId{0, 3});
        QVERIFY(told.empty());
        QCOMPARE(view->currentIndex().siblingAtColumn(LevelModel::CodeColumn).data().toString(), QStringLiteral("3"));
        view->setCurrentIndex(view->model()->index(0, LevelModel::CodeColumn));
        QCOMPARE(told.size(), std::size_t{1});
        QVERIFY((told.front() == LevelId{0, 15}));
        table.setHighlightedLevel(std::nullopt);
        QVERIFY(!view->selectionModel()->hasSelection());
        QCOMPARE(told.size(), std::size_t{1});
    }

    void highlightOutlivesTheReportItCameBefore()
    {
        LevelTable table;
        const auto* view = table.findChild<QTableView*>(QStringLiteral("levelTable"));
        table.setHighlightedLevel(LevelId{0, 3});
        table.setReport(sampleReport({}));
        QCOMPARE(view->currentIndex().siblingAtColumn(LevelModel::CodeColumn).data().toString(), QStringLiteral("3"));
        table.setReport(sampleReport(twoBooks(true)));
        QCOMPARE(view->currentIndex().siblingAtColumn(LevelModel::CodeColumn).data().toString(), QStringLiteral("3"));
    }

    void selectionStaysWithItsLevelWhenTheOrderChanges()
    {
        LevelTable table;
        table.setReport(sampleReport({}));
        auto* view = table.findChild<QTableView*>();
        table.setHighlightedLevel(LevelId{0, 3});
        for (const int column : {LevelModel::CountColumn, LevelModel::CodeColumn, LevelModel::ErrorColumn}) {
            view->sortByColumn(column, Qt::DescendingOrder);
            QCOMPARE(
                view->currentIndex().siblingAtColumn(LevelModel::CodeColumn).data().toString(), QStringLiteral("3"));
        }
        Sample other;
        other.seed = 8;
        table.setReport(sampleReport(other));  // other figures: the order by error is made anew
        QCOMPARE(view->currentIndex().siblingAtColumn(LevelModel::CodeColumn).data().toString(), QStringLiteral("3"));
    }

    void wideBookListsOnlyWhatOccursAndSaysSo()
    {
        LevelTable table;
        const auto* note = table.findChild<QLabel*>(QStringLiteral("levelTableNote"));
        table.setReport(sampleReport({}));
        QVERIFY(note->text().isEmpty());
        auto report = std::make_shared<Report>(*sampleReport({}));
        report->format.spec.elements.front().bits = 16;
        table.setReport(report);
        QVERIFY2(note->text().contains(QStringLiteral("16 of 65,536")), qPrintable(note->text()));
        QCOMPARE(cell(table.model(), 0, LevelModel::BitsColumn).size(), qsizetype{16});
    }

    void mixedFormatsNameTheBooksOfTheirParts()
    {
        auto report = std::make_shared<Report>(*sampleReport(twoBooks(false)));
        MixSpec mix;
        for (const ElementBook& book : report->format.spec.elements) {
            mix.parts.emplace_back();
            mix.parts.back().elements = {book};
        }
        report->format.spec = FormatSpec{};
        report->format.spec.mix = mix;
        LevelModel model;
        model.setReport(report);
        QVERIFY(model.hasSeveralBooks());
        QCOMPARE(cell(model, 16, LevelModel::BookColumn), QStringLiteral("BFP4"));
    }

    void tensOfThousandsOfLevelsAreShownAtOnce()
    {
        auto report = std::make_shared<Report>(*sampleReport({}));
        report->format.spec.elements.front().bits = 16;
        report->levels.clear();
        for (std::uint32_t code = 0; code < 24000; ++code)
            report->levels.push_back({0, code, 1e-4 * code, CodeUse::Level, code % 7 + 1, 0.5});
        LevelTable table;
        table.resize(500, 400);
        table.show();
        QElapsedTimer timer;
        timer.start();
        table.setReport(report);
        table.findChild<QTableView*>()->sortByColumn(LevelModel::CountColumn, Qt::DescendingOrder);
        table.grab();
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));  // ms; about 15 on its own
    }

    void textHasOneLinePerLevel()
    {
        LevelTable table;
        table.setReport(sampleReport({}));
        QCOMPARE(table.toText().count(u'\n'), 17);
    }
};

QTEST_MAIN(TestLevelTable)
#include "tst_level_table.moc"
