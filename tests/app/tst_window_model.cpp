#include "app/main_window.h"
#include "core/analysis/analyze.h"
#include "core/format/preset_library.h"
#include "tests/core/hdf5_writer.h"
#include "tests/core/made_tensor.h"
#include "widgets/model_overview.h"
#include "widgets/model_table.h"

#include <QDockWidget>
#include <QLineEdit>
#include <QProgressBar>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <array>

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

    void damagedTensorIsARowWithItsReason()
    {
        QTemporaryDir dir;
        {
            using namespace hdf5test;
            const Hdf5Id file = createFile(pathIn(dir, "odd.h5"));
            writeFloats(file.get(), "good", {64, 64}, gaussian(64 * 64, 1));
            const Hdf5Id damaged
                = writeFloats(file.get(), "short", {64, 64}, gaussian(64 * 64, 2), {H5D_CHUNKED, {64, 64}, false, 6});
            const std::array<hsize_t, 2> origin{};
            const std::array<unsigned char, 4> junk{1, 2, 3, 4};  // no stream that inflates
            mustSucceed(H5Dwrite_chunk(damaged.get(), H5P_DEFAULT, 0, origin.data(), junk.size(), junk.data()));
        }
        m_window->explorer().open(dir.filePath("odd.h5"), "good");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady() && m_window->explorer().file().endsWith("odd.h5"), kPatience);
        raise();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        QCOMPARE(cell("short", 0), QString("refused"));
        QVERIFY(cell("good", 0).toDouble() > 15);
    }

    void hiddenDockMeasuresNothing()
    {
        QTest::qWait(1000);
        QCOMPARE(view().tableModel().rowCount(), 0);
        QVERIFY(m_window->isReady());
        raise();
        QCOMPARE(view().tableModel().rowCount(), 8);
        QCOMPARE(cell("gaussian", 0), QString());  // nothing is known yet
        QVERIFY(!m_window->isReady());
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
