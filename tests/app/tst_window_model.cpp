#include "app/main_window.h"
#include "core/analysis/analyze.h"
#include "core/format/preset_library.h"
#include "widgets/model_map.h"
#include "widgets/model_overview.h"
#include "widgets/model_table.h"

#include <QDockWidget>
#include <QLineEdit>
#include <QProgressBar>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace nanoscope;

namespace {

constexpr int kPatience = 120000;  // milliseconds; a shared machine may be slow

}  // namespace

/// The Model dock in the window (oracle: reports made apart).
class TestWindowModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init()
    {
        m_window = std::make_unique<MainWindow>(
            FormatSet{parseFormat("NxFP4"), parseFormat("NVFP4")}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
        m_window->show();
        m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/synthetic.h5", "gaussian");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    }

    void cleanup() { m_window.reset(); }

    void everyTensorHasTheSqnrOfItsReport()
    {
        raise();
        QTRY_VERIFY_WITH_TIMEOUT(view().tableModel().rowCount() == 8, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        const auto source = openTensorSource(NANOSCOPE_BUNDLED_DATA "/synthetic.h5");
        const QString formats[] = {"NxFP4", "NVFP4", "MXFP4"};
        for (const char* name : {"gaussian", "laplace", "uniform"}) {
            const Tensor tensor = source->read(name, {});
            for (int format = 0; format < 3; ++format) {
                const NamedFormat named = parseFormat(formats[format].toStdString());
                const Report report = analyze(tensor, BlockView(tensor, -1, 1), named);
                QCOMPARE(cell(name, format), QLocale().toString(report.error.sqnrDecibel.value(), 'f', 2));
            }
        }
        QVERIFY(view().findChild<QProgressBar*>("modelProgress")->isHidden());
    }

    void aRowOpensItsTensor()
    {
        raise();
        QTRY_VERIFY_WITH_TIMEOUT(view().tableModel().rowCount() == 8, kPatience);
        auto* table = view().findChild<QTableView*>("modelTable");
        QTRY_COMPARE_WITH_TIMEOUT(
            table->currentIndex().siblingAtColumn(0).data().toString(), QString("gaussian"), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        for (int row = 0; row < view().tableModel().rowCount(); ++row)
            if (view().tableModel().index(row, 0).data().toString() == "laplace") {
                table->scrollTo(view().tableModel().index(row, 0));
                QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                    table->visualRect(view().tableModel().index(row, 0)).center());
            }
        QTRY_VERIFY_WITH_TIMEOUT(
            m_window->isReady() && m_window->explorer().tensor()->tensor().info.name == "laplace", kPatience);
    }

    void figuresAreKeptWhileFormatsChange()
    {
        raise();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady() && view().tableModel().rowCount() == 8, kPatience);
        const QString before = cell("laplace", 0);
        FormatSet formats = m_window->explorer().formats();
        formats.a = parseFormat("INT4_g32");
        m_window->explorer().setFormats(formats);
        // INT4_g32 stood among the presets: its figures are there at once.
        QTRY_VERIFY_WITH_TIMEOUT(!cell("laplace", 0).isEmpty() && cell("laplace", 0) != before, kPatience);
        const NamedFormat format = parseFormat("INT4_g32");
        const auto source = openTensorSource(NANOSCOPE_BUNDLED_DATA "/synthetic.h5");
        const Tensor tensor = source->read("laplace", {});
        const Report report = analyze(tensor, BlockView(tensor, -1, 1), format);
        QCOMPARE(cell("laplace", 0), QLocale().toString(report.error.sqnrDecibel.value(), 'f', 2));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    }

    void stoppingIsToldAndGoesOn()
    {
        m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/real_weights.h5", "pose/conv2d_35");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        raise();
        QTRY_VERIFY_WITH_TIMEOUT(!view().findChild<QToolButton*>("modelRun")->isHidden(), kPatience);
        view().findChild<QToolButton*>("modelRun")->click();
        QTest::qWait(200);
        QVERIFY(!m_window->isReady());
        QCOMPARE(view().findChild<QToolButton*>("modelRun")->text(), QString("Go on"));
        view().findChild<QToolButton*>("modelRun")->click();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        QCOMPARE(view().tableModel().rowCount(), 15);
    }

    void hiddenDockMeasuresNothing()
    {
        QTest::qWait(300);
        QCOMPARE(view().tableModel().rowCount(), 0);
        QVERIFY(m_window->isReady());
    }

private:
    void raise() { m_window->findChild<QDockWidget*>("Model")->raise(); }
    [[nodiscard]] ModelOverview& view() const { return *m_window->findChild<ModelOverview*>(); }
    [[nodiscard]] QString cell(const QString& tensor, int format) const
    {
        const int column
            = view().findChild<ModelTable*>()->columnOf(ModelTable::Field::Sqnr, static_cast<std::size_t>(format));
        const QAbstractItemModel& table = view().tableModel();
        for (int row = 0; row < table.rowCount(); ++row)
            if (table.index(row, 0).data().toString() == tensor)
                return table.index(row, column).data().toString();
        return {};
    }

    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestWindowModel)
#include "tst_window_model.moc"
