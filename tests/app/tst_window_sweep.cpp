#include "app/main_window.h"
#include "core/analysis/analyze.h"
#include "core/format/spec_parameters.h"
#include "widgets/number_text.h"
#include "widgets/parameter_sweep_chart.h"
#include "widgets/parameter_sweep_model.h"
#include "widgets/parameter_sweep_view.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QSlider>
#include <QStandardPaths>
#include <QTest>

using namespace nanoscope;

namespace {

constexpr int kPatience = 120000;  // milliseconds; a shared machine may be slow

}  // namespace

/// The Sweep dock in the window (oracle: reports made apart).
class TestWindowSweep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void init()
    {
        m_window = std::make_unique<MainWindow>(
            FormatSet{parseFormat("NxFP4")}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
        m_window->show();
        m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/synthetic.h5", "outlier_columns");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    }

    void cleanup() { m_window.reset(); }

    void pointsAreThoseOfReportsMadeApart()
    {
        raise();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        const auto tensor = m_window->explorer().tensor();
        const FormatSpec nxfp4 = m_window->explorer().formats().a.spec;
        for (const double block : {16.0, 64.0}) {
            const FormatSpec spec = withParameter(withParameter(nxfp4, "micro.bits", 1), "geometry.block", block);
            const Report report
                = analyze(tensor->tensor(), BlockView(tensor->tensor(), -1, spec.geometry.block), {"x", spec});
            QCOMPARE(cell(block, 1, ParameterSweepModel::kFirstFigure), fixedText(*report.error.sqnrDecibel, 2));
        }
        QVERIFY(view().chart().present());
    }

    void anotherParameterAndFigureAreMeasured()
    {
        raise();
        auto* parameter = view().findChild<QComboBox*>("sweepParameter");
        QVERIFY(parameter->count() > 3);
        choose(*parameter, "bits");
        choose(*view().findChild<QComboBox*>("sweepCurves"), "");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        QCOMPARE(view().chart().shown().size(), std::size_t{7});  // 2 to 8 bits
        auto* figure = view().findChild<QComboBox*>("sweepFigure");
        choose(*figure, static_cast<int>(SweepFigure::Area));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        QVERIFY(view().chart().shown().size() > 3);
        // Values as typed; what is refused is listed with its reason.
        auto* values = view().findChild<QLineEdit*>("sweepValues");
        values->selectAll();
        QTest::keyClicks(values, "4, 5, 99");
        QTest::keyClick(values, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        QCOMPARE(view().tableModel().rowCount(), 3);
        QVERIFY2(view().toText().contains("99"), qPrintable(view().toText()));
        QCOMPARE(view().chart().shown().size(), std::size_t{2});
    }

    void resultsFollowFormatA()
    {
        raise();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        const QString before = cell(32, 0, ParameterSweepModel::kFirstFigure);
        FormatSet formats = m_window->explorer().formats();
        formats.a = parseFormat("NxFP5");
        m_window->explorer().setFormats(formats);
        QVERIFY(!m_window->isReady());
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        QVERIFY(cell(32, 0, ParameterSweepModel::kFirstFigure) != before);
    }

    void aPointBecomesAInOneStep()
    {
        raise();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
        const FormatSet before = m_window->explorer().formats();
        ParameterSweepChart& chart = view().chart();
        const std::size_t other
            = chart.shown().front() == chart.present() ? chart.shown().back() : chart.shown().front();
        QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.placeOf(other).toPoint());
        const FormatSet after = m_window->explorer().formats();
        QVERIFY(after.a.spec != before.a.spec);
        QCOMPARE(after.a.name, std::string("NxFP4 (edited)"));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady() && chart.present(), kPatience);
        for (QAction* action : m_window->findChildren<QAction*>())  // one undo step
            if (action->shortcut() == QKeySequence(QKeySequence::Undo))
                action->trigger();
        QVERIFY(m_window->explorer().formats() == before);
    }

    void hiddenDockMeasuresNothing()
    {
        QTest::qWait(200);
        QCOMPARE(view().tableModel().rowCount(), 0);
        QVERIFY(m_window->isReady());
    }

private:
    [[nodiscard]] ParameterSweepView& view() const { return *m_window->findChild<ParameterSweepView*>(); }
    void raise()
    {
        m_window->findChild<QDockWidget*>("Sweep")->raise();
        QTRY_VERIFY_WITH_TIMEOUT(view().tableModel().rowCount() > 0, kPatience);
    }

    /// Chooses an entry as a user does.
    static void choose(QComboBox& box, const QVariant& data)
    {
        const int index = box.findData(data);
        QVERIFY(index >= 0);
        box.setCurrentIndex(index);
        Q_EMIT box.activated(index);
    }

    /// A cell of the row with these values of the two parameters.
    [[nodiscard]] QString cell(double x, double curve, int column) const
    {
        const QAbstractItemModel& table = view().tableModel();
        for (int row = 0; row < table.rowCount(); ++row)
            if (table.index(row, ParameterSweepModel::XColumn).data(ParameterSweepModel::SortRole) == x
                && table.index(row, ParameterSweepModel::CurveColumn).data(ParameterSweepModel::SortRole) == curve)
                return table.index(row, column).data().toString();
        return {};
    }

    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestWindowSweep)
#include "tst_window_sweep.moc"
