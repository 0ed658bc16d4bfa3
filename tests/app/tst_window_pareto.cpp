#include "app/main_window.h"
#include "app/perplexity_dock.h"
#include "core/analysis/analyze.h"
#include "core/format/preset_library.h"
#include "core/hardware/format_cost.h"
#include "core/lm/token_windows.h"
#include "tests/core/hdf5_writer.h"
#include "widgets/cost_panel.h"
#include "widgets/pareto_chart.h"
#include "widgets/pareto_model.h"
#include "widgets/pareto_view.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <span>

using namespace nanoscope;

namespace {

constexpr int kPatience = 120000;  // milliseconds; a shared machine may be slow

QString cellOf(const ParetoView& view, const QString& name, int column)
{
    const QAbstractItemModel& table = view.tableModel();
    for (int row = 0; row < table.rowCount(); ++row)
        if (table.index(row, ParetoModel::NameColumn).data().toString() == name)
            return table.index(row, column).data().toString();
    return {};
}

}  // namespace

/// The Pareto dock in the window (oracle: reports and costs made apart).
class TestWindowPareto : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init()
    {
        m_window = std::make_unique<MainWindow>(
            FormatSet{parseFormat("NxFP4"), std::nullopt}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
        m_window->show();
        m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/synthetic.h5", "outlier_columns");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    }

    void cleanup() { m_window.reset(); }

    void everyPresetIsMeasuredAndPriced()
    {
        m_window->findChild<QDockWidget*>("Pareto")->raise();
        auto& view = *m_window->findChild<ParetoView*>();
        QTRY_VERIFY_WITH_TIMEOUT(view.tableModel().rowCount() > 200, kPatience);
        QVERIFY(!m_window->isReady());  // presets are still being measured
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        const auto tensor = m_window->explorer().tensor();
        for (const char* name : {"MXFP4", "NVFP4", "INT4_g32"}) {
            const NamedFormat format = parseFormat(name);
            const Report report
                = analyze(tensor->tensor(), BlockView(tensor->tensor(), -1, format.spec.geometry.block), format);
            QCOMPARE(cellOf(view, name, ParetoModel::SqnrColumn),
                QLocale().toString(report.error.sqnrDecibel.value(), 'f', 2));
        }
        // Another memory costs no measurement: energies change, errors are there at once.
        const QString before = cellOf(view, "MXFP4", ParetoModel::DecodeEnergyColumn);
        QVERIFY(before.toDouble() > 0);
        const CostSetup setup{acceleratorByName("m2xfp").parameters, workloadByName("llama-3-8b")};
        const NamedFormat mxfp4 = parseFormat("MXFP4");
        const double expected = 1000 * costOf(mxfp4, mxfp4, setup).decode.joulePerToken();
        QVERIFY(qAbs(before.toDouble() / expected - 1) < 1e-3);
        const QString sqnr = cellOf(view, "MXFP4", ParetoModel::SqnrColumn);
        m_window->findChild<QDockWidget*>("Cost")->raise();
        auto* memory = named<QComboBox>("Cost", "DRAM energy");
        QVERIFY(memory);
        memory->setFocus();
        QTest::keyClick(memory, Qt::Key_Home);
        m_window->findChild<QDockWidget*>("Pareto")->raise();
        QTRY_VERIFY_WITH_TIMEOUT(cellOf(view, "MXFP4", ParetoModel::DecodeEnergyColumn) != before, kPatience);
        QCOMPARE(cellOf(view, "MXFP4", ParetoModel::SqnrColumn), sqnr);
        QVERIFY(view.findChild<QProgressBar*>("paretoProgress")->isHidden());  // nothing is measured anew
    }

    void aPointBecomesB()
    {
        m_window->findChild<QDockWidget*>("Pareto")->raise();
        auto& view = *m_window->findChild<ParetoView*>();
        view.findChild<QLineEdit*>("paretoFilter")->setText("NVFP4");
        QTRY_VERIFY_WITH_TIMEOUT(cellOf(view, "NVFP4", ParetoModel::SqnrColumn).toDouble() > 0, kPatience);
        ParetoChart& chart = view.chart();
        QTRY_VERIFY_WITH_TIMEOUT(!chart.shown().empty(), kPatience);
        const std::size_t preset = chart.shown().front();
        QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.placeOf(preset).toPoint());
        QVERIFY(m_window->explorer().formats().b);
        QVERIFY(m_window->explorer().formats().b->name.find("NVFP4") != std::string::npos);
        for (QAction* action : m_window->findChildren<QAction*>())  // one undo step
            if (action->shortcut() == QKeySequence(QKeySequence::Undo))
                action->trigger();
        QVERIFY(!m_window->explorer().formats().b);
    }

    void lossesAreThoseOfThePerplexityDock()
    {
        const QTemporaryDir dir;
        const PerplexityFiles files = fewTokens(dir);
        m_window->findChild<PerplexityDock*>()->desk().setFiles(files);
        m_window->explorer().setFormats({parseFormat("MXFP4"), parseFormat("NVFP4")});
        m_window->findChild<QDockWidget*>("Pareto")->raise();
        auto& view = *m_window->findChild<ParetoView*>();
        view.findChild<QLineEdit*>("paretoFilter")->setText("NVFP4");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        view.setMerit(ParetoFigure::lossChange());
        QTest::qWait(100);
        QCOMPARE(cellOf(view, "NVFP4", ParetoModel::StandingColumn), QStringLiteral("not evaluated"));
        auto* button = view.findChild<QToolButton*>("paretoEvaluate");
        button->click();
        QVERIFY(!m_window->isReady());
        QCOMPARE(button->text(), QStringLiteral("Stop"));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        QCOMPARE(button->text(), QStringLiteral("Evaluate the front"));
        view.findChild<QLineEdit*>("paretoFilter")->clear();
        QStringList losses;
        QStringList errors;
        QStringList spreads;
        for (const char* name : {"MXFP4", "NVFP4"}) {
            losses << cellOf(view, name, ParetoModel::LossColumn);
            errors << cellOf(view, name, ParetoModel::LossErrorColumn);
            spreads << cellOf(view, name, ParetoModel::LossSpreadColumn);
        }
        QCOMPARE(cellOf(view, "MXFP8_E4M3", ParetoModel::StandingColumn), QStringLiteral("not evaluated"));
        QVERIFY(!view.chart().shown().empty() && view.chart().shown().size() < 20);  // those of the front, and A
        m_window->findChild<QDockWidget*>("Perplexity")->raise();
        const QAbstractItemModel& table = *m_window->findChild<QTableView*>("perplexityTable")->model();
        for (int row : {1, 2}) {
            const auto loss = [&] { return table.index(row, 4).data().toString().remove(u'+'); };
            QTRY_COMPARE_WITH_TIMEOUT(loss(), losses[row - 1], kPatience);
            QTRY_COMPARE_WITH_TIMEOUT(table.index(row, 5).data().toString(), errors[row - 1], kPatience);
            QTRY_COMPARE_WITH_TIMEOUT(table.index(row, 6).data().toString(), spreads[row - 1], kPatience);
            QVERIFY(spreads[row - 1].toDouble() > 0);
        }
    }

    void lossesStopAndKeepWhatIsDone()
    {
        const QTemporaryDir dir;
        m_window->findChild<PerplexityDock*>()->desk().setFiles(fewTokens(dir));
        m_window->findChild<QDockWidget*>("Pareto")->raise();
        auto& view = *m_window->findChild<ParetoView*>();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        view.setMerit(ParetoFigure::lossChange());
        auto* button = view.findChild<QToolButton*>("paretoEvaluate");
        const auto* progress = view.findChild<QProgressBar*>("paretoLossProgress");
        button->click();
        QTRY_VERIFY_WITH_TIMEOUT(progress->value() >= 2, kPatience);
        QVERIFY(progress->value() < progress->maximum());
        button->click();
        QVERIFY(m_window->isReady());
        const std::size_t done = view.chart().shown().size();
        QVERIFY(done > 0);
        const int total = progress->maximum();
        button->click();  // goes on with the rest
        QVERIFY(progress->maximum() > 0 && progress->maximum() <= total - 2);
        QVERIFY(view.chart().shown().size() >= done);
        // Another model, which is not there: nothing of the old one stays.
        m_window->findChild<PerplexityDock*>()->desk().setFiles({"/nowhere/model.h5", "/nowhere/tokens.h5", {}, {}});
        QVERIFY(view.chart().shown().empty());
        button->click();
        QTRY_VERIFY_WITH_TIMEOUT(
            view.findChild<QLabel*>("paretoLossText")->text().contains("/nowhere/model.h5"), kPatience);
        QVERIFY(m_window->isReady());
    }

    void markMovesWithTheSlider()
    {
        m_window->findChild<QDockWidget*>("Pareto")->raise();
        auto& view = *m_window->findChild<ParetoView*>();
        view.findChild<QLineEdit*>("paretoFilter")->setText("NxFP4");
        QTRY_VERIFY_WITH_TIMEOUT(!view.chart().shown().empty(), kPatience);
        const auto picture = [&view] { return view.chart().grab().toImage(); };
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        const QImage before = picture();
        auto* slider = named<QSlider>("FormatA", "NanoMantissa bits");
        QVERIFY(slider);
        slider->setValue(slider->value() == 0 ? 2 : 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady() && picture() != before, kPatience);
    }

    void hiddenDockMeasuresNothing()
    {
        auto& view = *m_window->findChild<ParetoView*>();
        QTest::qWait(300);
        QCOMPARE(view.tableModel().rowCount(), 0);
        QVERIFY(m_window->isReady());
    }

private:
    /// The bundled model with the first windows of its tokens.
    [[nodiscard]] static PerplexityFiles fewTokens(const QTemporaryDir& dir)
    {
        constexpr std::size_t kVocabulary = 1U << 16;
        const TokenWindows few
            = readTokenWindows(NANOSCOPE_BUNDLED_DATA "/language_model_tokens.h5", kVocabulary).limitedTo(1024);
        PerplexityFiles files;
        files.model = NANOSCOPE_BUNDLED_DATA "/language_model.h5";
        files.tokens = hdf5test::pathIn(dir, "tokens.h5");
        const hdf5test::Hdf5Id file = hdf5test::createFile(files.tokens.string());
        (void)hdf5test::writeRaw(
            file.get(), "windows", H5T_NATIVE_INT32, {few.windows(), few.length}, std::as_bytes(std::span(few.ids)));
        return files;
    }

    /// The control of a dock with this accessible name or label.
    template <typename Widget> [[nodiscard]] Widget* named(const char* dock, const QString& name) const
    {
        for (Widget* widget : m_window->findChild<QDockWidget*>(dock)->findChildren<Widget*>()) {
            if (widget->accessibleName() == name)
                return widget;
            for (const QLabel* label : m_window->findChild<QDockWidget*>(dock)->findChildren<QLabel*>())
                if (label->buddy() == widget && QString(label->text()).remove('&') == name)
                    return widget;
        }
        return nullptr;
    }

    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestWindowPareto)
#include "tst_window_pareto.moc"
