#include "app/main_window.h"
#include "app/perplexity_dock.h"
#include "app/perplexity_files_dialog.h"
#include "core/format/format_json.h"
#include "widgets/perplexity_view.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>

#include <memory>

using namespace nanoscope;

namespace {

constexpr int kPatience = 60000;  // milliseconds; a shared machine may be slow

/// A cell of the table twin.
QString cell(const MainWindow& window, int row, int column)
{
    const auto* table = window.findChild<QTableView*>("perplexityTable");
    return table->model()->index(row, column).data().toString();
}

}  // namespace

/// The Perplexity dock in the window (oracle: losses of the reference, see tst_perplexity).
class TestWindowPerplexity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void dockFollowsTheFormats()
    {
        MainWindow window(
            {parseFormat("MXFP4"), parseFormat("NVFP4")}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
        window.show();
        auto* dock = window.findChild<QDockWidget*>("Perplexity");
        QVERIFY(dock);
        auto* view = window.findChild<PerplexityView*>();
        QVERIFY(view->tableModel().rowCount() == 0);  // nobody looks yet
        dock->raise();
        QTRY_COMPARE_WITH_TIMEOUT(view->tableModel().rowCount(), 3, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window, 1, 4), QStringLiteral("+0.07055"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window, 2, 4), QStringLiteral("+0.04813"), kPatience);
        QVERIFY(!window.isReady());  // the grids are still to come
        window.explorer().setFormats({parseFormat("NxFP4"), parseFormat("MXFP4")});
        QTRY_COMPARE_WITH_TIMEOUT(cell(window, 1, 4), QStringLiteral("+0.04969"), kPatience);
        QCOMPARE(cell(window, 2, 4), QStringLiteral("+0.07055"));  // known from before
        QCOMPARE(cell(window, 3, 0), QStringLiteral("NVFP4"));     // an earlier one
    }

    void activationsAreCastWhenAsked()
    {
        MainWindow window(
            {parseFormat("MXFP8_E4M3"), std::nullopt}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
        window.show();
        window.findChild<QDockWidget*>("Perplexity")->raise();
        QTRY_COMPARE_WITH_TIMEOUT(cell(window, 1, 4), QStringLiteral("+0.00268"), kPatience);
        auto* box = window.findChild<QComboBox*>("perplexityActivations");
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);  // same as the weights
        QTRY_VERIFY_WITH_TIMEOUT(cell(window, 1, 4) != QStringLiteral("+0.00268") && cell(window, 1, 4).startsWith(u'+')
                && cell(window, 1, 7) != QStringLiteral("0 of 16,384 tokens"),
            kPatience);
        QVERIFY(cell(window, 1, 4).mid(1).toDouble() > 0.003);
    }

    void layersAreMeasuredWhileTheirPageIsSeen()
    {
        MainWindow window(
            {parseFormat("MXFP4"), parseFormat("NVFP4")}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
        window.show();
        window.findChild<QDockWidget*>("Perplexity")->raise();
        const auto* table = window.findChild<QTableView*>("perplexityLayersTable");
        QCOMPARE(table->model()->rowCount(), 0);
        auto* pages = window.findChild<QTabWidget*>("perplexityPages");
        pages->setCurrentIndex(2);
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 28, kPatience);
        // Computed in numpy with the cast of ref_mx.py.
        QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("layers.0.attention.wv.weight"));
        QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("11.61 %"));
        QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("12.85 %"));
        window.findChild<QCheckBox*>("perplexitySingleLayers")->click();
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->columnCount(), 7, kPatience);
        pages->setCurrentIndex(0);  // nobody looks any more: the rest of the window becomes ready without them
        QVERIFY(window.findChild<PerplexityView*>()->layerFigures() == LayerFigures::None);
    }

    /// GPTQ of the bundled model, see core/lm/methods.md: a larger weight error, a smaller output error.
    void aMethodStandsBesideTheDirectCast()
    {
        MainWindow window({parseFormat("MXFP4"), std::nullopt}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
        window.show();
        window.findChild<QDockWidget*>("Perplexity")->raise();
        window.findChild<QTabWidget*>("perplexityPages")->setCurrentIndex(2);
        auto* box = window.findChild<QComboBox*>("perplexityMethod");
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        const auto* layers = window.findChild<QTableView*>("perplexityLayersTable");
        QTRY_COMPARE_WITH_TIMEOUT(layers->model()->columnCount(), 5, kPatience);
        const auto percent = [layers](int column) {
            return layers->model()->index(0, column).data().toString().section(QLatin1Char(' '), 0, 0).toDouble();
        };
        QTRY_VERIFY_WITH_TIMEOUT(percent(3) > percent(1) && percent(4) > 0 && percent(4) < percent(2), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window, 2, 0), QStringLiteral("A: MXFP4 + GPTQ"), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window, 2, 4).left(6), QStringLiteral("+0.071"), kPatience);
        QCOMPARE(cell(window, 1, 4), QStringLiteral("+0.07055"));
        QTest::keyClick(box, Qt::Key_Up);  // what was known of the direct cast is there at once
        QTRY_COMPARE_WITH_TIMEOUT(layers->model()->columnCount(), 3, kPatience);
        QCOMPARE(cell(window, 1, 0), QStringLiteral("A: MXFP4"));
    }

    void anotherModelIsChosenAndRemembered()
    {
        const QString folder = QStringLiteral(NANOSCOPE_BUNDLED_DATA "/");
        PerplexityFiles chosen;
        chosen.model = (folder + "language_model.h5").toStdString();
        chosen.tokens = (folder + "language_model_tokens.h5").toStdString();
        const auto choose = [&](MainWindow& window, const PerplexityFiles& files) {
            QTimer::singleShot(0, &window, [files] {
                auto* dialog = qobject_cast<PerplexityFilesDialog*>(QApplication::activeModalWidget());
                QVERIFY(dialog);
                auto* ok = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
                auto* tokens = dialog->findChild<QLineEdit*>("perplexityFilesTokens");
                dialog->findChild<QLineEdit*>("perplexityFilesModel")->setText(QString::fromStdString(files.model));
                tokens->clear();
                const bool asksForTokens = !ok->isEnabled();
                tokens->setText(QString::fromStdString(files.tokens));
                if (asksForTokens)
                    ok->click();
                else
                    dialog->reject();  // a dialog that stays open would hang the test
            });
            window.findChild<QToolButton*>("perplexityChooseModel")->click();
        };
        MainWindow window({parseFormat("MXFP4"), std::nullopt}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
        window.show();
        window.findChild<QDockWidget*>("Perplexity")->raise();
        choose(window, chosen);
        QTRY_COMPARE_WITH_TIMEOUT(cell(window, 1, 4), QStringLiteral("+0.07055"), kPatience);
        window.findChild<QTabWidget*>("perplexityPages")->setCurrentIndex(2);
        const auto* table = window.findChild<QTableView*>("perplexityLayersTable");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), 28, kPatience);
        QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("–"));  // no inputs were given
        QSettings settings(QDir(QDir::tempPath()).filePath("perplexity_dock_test.ini"), QSettings::IniFormat);
        settings.clear();
        auto* dock = window.findChild<PerplexityDock*>();
        dock->save(settings);
        chosen.model = "/nowhere/model.h5";
        choose(window, chosen);
        auto* said = window.findChild<QLabel*>("perplexityModel");
        QTRY_VERIFY_WITH_TIMEOUT(said->text().contains("/nowhere/model.h5"), kPatience);
        dock->restore(settings);
        QCOMPARE(dock->desk().files().model, std::filesystem::path((folder + "language_model.h5").toStdString()));
        QTRY_COMPARE_WITH_TIMEOUT(cell(window, 1, 4), QStringLiteral("+0.07055"), kPatience);
    }

    void missingModelIsSaidAndStaysSaid()
    {
        const QTemporaryDir empty;
        qputenv("NANOSCOPE_DATA", empty.path().toLocal8Bit());
        MainWindow window({parseFormat("MXFP4"), std::nullopt}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
        window.show();
        auto* dock = window.findChild<QDockWidget*>("Perplexity");
        dock->raise();
        auto* said = window.findChild<QLabel*>("perplexityModel");
        QTRY_VERIFY_WITH_TIMEOUT(said->text().contains("language_model.h5"), kPatience);
        QVERIFY(said->isVisible());
        window.findChild<QDockWidget*>("Pareto")->raise();  // hidden and shown again
        QTest::qWait(100);
        dock->raise();
        QTest::qWait(100);
        QVERIFY(said->isVisible());
        QVERIFY(said->text().contains("language_model.h5"));
    }

    void cleanup() { qunsetenv("NANOSCOPE_DATA"); }
};

QTEST_MAIN(TestWindowPerplexity)
#include "tst_window_perplexity.moc"
