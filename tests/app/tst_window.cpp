// Many cases, one subject: one window serves all of them.
#include "app/main_window.h"
#include "app/status_line.h"
#include "app/view_docks.h"
#include "app/window_options.h"
#include "core/error.h"
#include "tests/core/hdf5_writer.h"
#include "widgets/heat_map.h"
#include "widgets/level_plot.h"
#include "widgets/message_bar.h"
#include "widgets/tensor_model.h"
#include "widgets/tensor_panel.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QProcess>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace nanoscope;

/// The window on the bundled weights, driven as a user would.
class TestWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_window.reset(); }
    void firstWeightsShowTheFiguresOfTheReference();
    void docksAndControlsHaveTheirStableNames();
    void nanoMantissaSliderChangesTheFiguresLive();
    void everyEditIsOneUndoStepAndDragsMerge();
    void compareSwitchesBOnAndOff();
    void heatMapSelectionReachesBlockAndInspector();
    void failedOpenKeepsTheOldViewAndSaysWhy_data();
    void failedOpenKeepsTheOldViewAndSaysWhy();
    void tensorWithoutSuchAnAxisIsExplained();
    void canceledWorkIsNotCalledReady();
    void canceledTensorShowsNothingAndCanBeChosenAgain();
    void droppedFileIsOpened();
    void commandLineRepeatsWhatTheWindowShows();
    void newestFormatWins();
    void summaryAnswersBeforeTheTensorIsMeasured();
    void previewAnswersWhileTheSummaryIsMade();
    void previewAnswersWhatTheSummaryCannot();
    void kernelAnswersBeforeTheReport();
    void aCanceledPreviewIsNotCalledReady();
    void badArgumentsAreRefused_data();
    void badArgumentsAreRefused();
    void screenshotIsWrittenWithoutADisplay();

private:
    [[nodiscard]] static QString bundled(const char* name) { return QStringLiteral(NANOSCOPE_BUNDLED_DATA "/") + name; }
    [[nodiscard]] QString largeFile() const;
    void openWeights();
    [[nodiscard]] QString status() const { return m_window->findChild<StatusLine*>()->text(); }
    template <typename Widget> [[nodiscard]] Widget* named(const QString& dock, const QString& accessibleName) const;
    [[nodiscard]] double sqnr() const { return *m_window->explorer().report(Explorer::A)->error.sqnrDecibel; }

    std::unique_ptr<MainWindow> m_window;
    QTemporaryDir m_directory;
};

void TestWindow::initTestCase()
{
    QCoreApplication::setOrganizationName("nanoscope-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
}

void TestWindow::init()
{
    m_window = std::make_unique<MainWindow>(startFormats({}), false, QSize(1280, 800), MainWindow::Memory::Fresh);
    m_window->show();
}

void TestWindow::openWeights()
{
    m_window->explorer().open(bundled("real_weights.h5"), "pose/conv2d_35");
    QTRY_VERIFY(m_window->isReady());
}

template <typename Widget> Widget* TestWindow::named(const QString& dock, const QString& accessibleName) const
{
    for (Widget* widget : m_window->findChild<QDockWidget*>(dock)->findChildren<Widget*>()) {
        if (widget->accessibleName() == accessibleName)
            return widget;
        for (const QLabel* label : m_window->findChild<QDockWidget*>(dock)->findChildren<QLabel*>())
            if (label->buddy() == widget && QString(label->text()).remove('&') == accessibleName)
                return widget;
    }
    return nullptr;
}

void TestWindow::firstWeightsShowTheFiguresOfTheReference()
{
    openWeights();
    // ref_mx.py on this tensor: NxFP4 19.86 dB, MXFP4 18.13 dB
    QVERIFY(std::abs(sqnr() - 19.8567) < 1e-3);
    QVERIFY(std::abs(*m_window->explorer().report(Explorer::B)->error.sqnrDecibel - 18.1293) < 1e-3);
    QVERIFY2(status().endsWith("ready"), qPrintable(status()));
    QVERIFY2(status().contains("19.86"), qPrintable(status()));
}

void TestWindow::docksAndControlsHaveTheirStableNames()
{
    QStringList titles;
    for (const QDockWidget* dock : m_window->findChildren<QDockWidget*>())
        titles.append(dock->windowTitle());
    for (const char* title : {"Tensors", "Format A", "Format B", "Levels", "Level table", "Error map", "Block",
             "Inspector", "Pareto", "Cost", "Perplexity", "Speed"})
        QVERIFY2(titles.contains(title), title);
    QVERIFY(named<QLineEdit>("Tensors", "Tensor filter") || named<QLineEdit>("Tensors", "Filter"));
    QVERIFY(named<QComboBox>("FormatA", "Preset"));
    QVERIFY(named<QSpinBox>("FormatA", "Bits"));
    QVERIFY(named<QSpinBox>("FormatA", "Block size"));
    QVERIFY(named<QComboBox>("FormatA", "Scale codec"));
    QVERIFY(named<QSlider>("FormatA", "NanoMantissa bits"));
    QVERIFY(named<QCheckBox>("FormatA", "Adaptive Microexponent"));
    QVERIFY(named<QCheckBox>("FormatA", "Code Recycling"));
    QVERIFY(named<QLineEdit>("FormatA", "Search offsets"));
}

void TestWindow::nanoMantissaSliderChangesTheFiguresLive()
{
    openWeights();
    auto* slider = named<QSlider>("FormatA", "NanoMantissa bits");
    QCOMPARE(slider->value(), 2);
    const double before = sqnr();
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_Left);
    QTRY_VERIFY(m_window->isReady());
    QCOMPARE(m_window->explorer().formats().a.spec.micro->bits, 1);
    QVERIFY(sqnr() < before);
    QVERIFY(status().startsWith("NxFP4 (edited)"));
    QTest::keyClick(slider, Qt::Key_Left);
    QTRY_VERIFY(m_window->isReady());
    QVERIFY(!m_window->explorer().formats().a.spec.micro.has_value());
    QTest::keyClick(slider, Qt::Key_Right);
    QTest::keyClick(slider, Qt::Key_Right);
    QTRY_VERIFY(m_window->isReady());
    QCOMPARE(sqnr(), before);
    QVERIFY(!status().contains("edited"));
}

void TestWindow::everyEditIsOneUndoStepAndDragsMerge()
{
    openWeights();
    const FormatSet start = m_window->explorer().formats();
    auto* slider = named<QSlider>("FormatA", "NanoMantissa bits");
    for (const int value : {1, 0, 1, 3})
        slider->setValue(value);
    named<QCheckBox>("FormatA", "Code Recycling")->click();
    const FormatSet edited = m_window->explorer().formats();
    QCOMPARE(edited.a.spec.micro->bits, 3);
    QVERIFY(!edited.a.spec.elements.front().recycle);
    QAction* undo = nullptr;
    QAction* redo = nullptr;
    for (QAction* action : m_window->findChildren<QAction*>()) {
        if (action->shortcut() == QKeySequence(QKeySequence::Undo))
            undo = action;
        if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z))
            redo = action;
    }
    QVERIFY(undo && redo);
    undo->trigger();
    QVERIFY(m_window->explorer().formats().a.spec.elements.front().recycle.has_value());
    undo->trigger();
    QVERIFY(m_window->explorer().formats() == start);
    QVERIFY(!undo->isEnabled());
    redo->trigger();
    redo->trigger();
    QVERIFY(m_window->explorer().formats() == edited);
    QTRY_VERIFY(m_window->isReady());
}

void TestWindow::compareSwitchesBOnAndOff()
{
    openWeights();
    QAction* compare = nullptr;
    for (QAction* action : m_window->findChildren<QAction*>())
        if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::Key_B))
            compare = action;
    QVERIFY(compare && compare->isChecked());
    compare->trigger();
    QVERIFY(!m_window->explorer().report(Explorer::B));
    compare->trigger();
    QTRY_VERIFY(m_window->isReady());
    QCOMPARE(m_window->explorer().report(Explorer::B)->format.name, std::string("MXFP4"));
}

void TestWindow::heatMapSelectionReachesBlockAndInspector()
{
    openWeights();
    auto* map = m_window->findChild<HeatMap*>();
    const quint64 before = m_window->explorer().selectedBlock();
    map->setFocus();
    QTest::keyClick(map, Qt::Key_Right);
    QTRY_VERIFY(m_window->isReady());
    QVERIFY(m_window->explorer().selectedBlock() != before);
    QCOMPARE(m_window->explorer().trace()->block, m_window->explorer().selectedBlock());
    QSignalSpy elements(&m_window->explorer(), &Explorer::elementChanged);
    m_window->explorer().selectElement(5);
    QCOMPARE(elements.size(), 1);
    const ElementTrace& element = m_window->explorer().trace()->elements[5];
    const auto* plot = m_window->findChild<LevelPlot*>("levelsA");
    QVERIFY(plot->selectedLevel() == (LevelId{element.book, element.code}));
}

void TestWindow::failedOpenKeepsTheOldViewAndSaysWhy_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("reason");
    const QString text = m_directory.filePath("text.h5");
    QFile file(text);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("not an HDF5 file at all\n");
    QTest::newRow("missing") << m_directory.filePath("missing.h5") << "no such file";
    QTest::newRow("directory") << m_directory.path() << "directory";
    QTest::newRow("text") << text << "HDF5";
    const std::string integers = hdf5test::pathIn(m_directory, "integers.h5");
    const hdf5test::Hdf5Id integersFile = hdf5test::createFile(integers);
    const std::vector<std::int32_t> counts(4, 7);
    hdf5test::writeRaw(integersFile.get(), "counts", H5T_STD_I32LE, {4}, std::as_bytes(std::span(counts)));
    QTest::newRow("no tensor") << QString::fromStdString(integers) << "no floating-point tensor";
}

void TestWindow::failedOpenKeepsTheOldViewAndSaysWhy()
{
    QFETCH(QString, path);
    QFETCH(QString, reason);
    openWeights();
    const auto report = m_window->explorer().report(Explorer::A);
    m_window->explorer().open(path);
    QTRY_VERIFY(!m_window->message().isEmpty());
    QVERIFY2(m_window->message().contains(reason, Qt::CaseInsensitive), qPrintable(m_window->message()));
    QVERIFY(m_window->findChild<MessageBar*>()->isVisible());
    QCOMPARE(m_window->explorer().report(Explorer::A), report);
    QVERIFY(m_window->isReady());
    QVERIFY(m_window->windowTitle().contains("real_weights.h5"));
    QVERIFY(m_window->findChild<TensorPanel*>()->model().indexOf("pose/conv2d_35").isValid());
    openWeights();
    QVERIFY(m_window->message().isEmpty());
}

void TestWindow::tensorWithoutSuchAnAxisIsExplained()
{
    openWeights();
    m_window->explorer().setCut({-1, Shape{7, 7}});
    QTRY_VERIFY(!m_window->message().isEmpty());
    QVERIFY2(m_window->message().contains("7 × 7"), qPrintable(m_window->message()));
    QVERIFY(!m_window->isReady());
}

void TestWindow::canceledWorkIsNotCalledReady()
{
    openWeights();
    const FormatSet before = m_window->explorer().formats();
    FormatSet formats = before;
    formats.a = parseFormat("NxFP6");
    formats.b = parseFormat("NVFP4");
    m_window->explorer().setFormats(formats);
    m_window->explorer().cancel();
    QVERIFY(!m_window->isReady());
    QVERIFY2(status().contains("stopped"), qPrintable(status()));
    formats.a = before.a;  // what was canceled of B is made up for
    m_window->explorer().setFormats(formats);
    QTRY_VERIFY(m_window->isReady());
    QVERIFY2(status().endsWith("ready"), qPrintable(status()));
    QCOMPARE(m_window->explorer().report(Explorer::B)->format.name, std::string("NVFP4"));
}

void TestWindow::canceledTensorShowsNothingAndCanBeChosenAgain()
{
    openWeights();
    Explorer& explorer = m_window->explorer();
    const auto cancelOnce = connect(
        &explorer, &Explorer::tensorChanged, &explorer, [&explorer] { explorer.cancel(); }, Qt::QueuedConnection);
    explorer.selectTensor("pose/conv2d_28");
    QTRY_VERIFY(status().contains("stopped"));
    disconnect(cancelOnce);
    QVERIFY(!explorer.report(Explorer::A));
    QVERIFY(!explorer.trace());
    QVERIFY2(!status().contains("19.86"), qPrintable(status()));
    explorer.selectTensor("pose/conv2d_28");
    QTRY_VERIFY(m_window->isReady());
    QCOMPARE(explorer.report(Explorer::A)->tensor.name, std::string("pose/conv2d_28"));
}

void TestWindow::droppedFileIsOpened()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(bundled("synthetic.h5"))});
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &drop);
    QTRY_VERIFY(m_window->isReady());
    QVERIFY(m_window->windowTitle().contains("synthetic.h5"));
}

void TestWindow::commandLineRepeatsWhatTheWindowShows()
{
    openWeights();
    named<QSlider>("FormatA", "NanoMantissa bits")->setValue(3);
    QTRY_VERIFY(m_window->isReady());
    for (QAction* action : m_window->findChildren<QAction*>())
        if (action->shortcut() == QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L))
            action->trigger();
    const QString command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.contains("-f NxFP4:micro.bits=3 -f MXFP4"), qPrintable(command));
    QVERIFY(parseFormat("NxFP4:micro.bits=3").spec == m_window->explorer().formats().a.spec);
}

void TestWindow::newestFormatWins()
{
    openWeights();
    QSignalSpy reports(&m_window->explorer(), &Explorer::reportChanged);
    FormatSet formats = m_window->explorer().formats();
    for (int i = 0; i < 100; ++i) {
        formats.a = parseFormat(i % 2 == 0 ? "NxFP5" : "M2XFP_weight");
        m_window->explorer().setFormats(formats);
    }
    QTRY_VERIFY(m_window->isReady());
    QCOMPARE(m_window->explorer().report(Explorer::A)->format.name, std::string("M2XFP_weight"));
    QVERIFY2(reports.size() < 20, qPrintable(QString::number(reports.size())));
}

/// A file with one tensor `w` of 8 Mi elements.
QString TestWindow::largeFile() const
{
    const QString path = m_directory.filePath("large.h5");
    if (QFile::exists(path))
        return path;
    constexpr hsize_t kRows = 2048;
    constexpr hsize_t kColumns = 4096;
    std::vector<float> values(kRows * kColumns);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(
            std::sin(static_cast<double>(i) * 0.7) * std::exp(std::cos(static_cast<double>(i) * 0.013)));
    {
        const Hdf5Id file = hdf5test::createFile(path.toStdString());
        hdf5test::writeRaw(file.get(), "w", H5T_IEEE_F32LE, {kRows, kColumns}, std::as_bytes(std::span(values)));
    }
    return path;
}

/// On a tensor of 8 Mi elements, where a measurement takes many times as long as an answer.
void TestWindow::summaryAnswersBeforeTheTensorIsMeasured()
{
    const QString path = largeFile();
    m_window->explorer().setFormats({parseFormat("MXFP4"), std::nullopt});
    m_window->explorer().open(path, "w");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    (void)m_window->explorer().tensor()->summary(m_window->explorer().cut(), 32, SummaryKind::PowerOfTwo, {});
    std::vector<std::pair<ReportTier, double>> seen;
    connect(&m_window->explorer(), &Explorer::answerChanged, this, [&](int slot) {
        if (const auto answer = m_window->explorer().answer(Explorer::A); slot == Explorer::A && answer)
            seen.emplace_back(answer->tier, *answer->error.sqnrDecibel);
    });
    m_window->explorer().setFormats({parseFormat("MXFP4:scale.offsets=[-1]"), std::nullopt});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    QCOMPARE(seen.size(), std::size_t{3});
    QVERIFY(seen[0].first == ReportTier::Summary);
    QVERIFY(seen[1].first == ReportTier::Pass);
    QVERIFY(seen[2].first == ReportTier::Exact);
    QVERIFY(std::abs(seen[0].second - seen[2].second) < 1e-9);
    QVERIFY(std::abs(seen[1].second - seen[2].second) < 1e-9);
}

/// Another block length asks for another summary.
void TestWindow::previewAnswersWhileTheSummaryIsMade()
{
    m_window->explorer().setFormats({parseFormat("MXFP4"), std::nullopt});
    m_window->explorer().open(largeFile(), "w");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    std::vector<ReportTier> seen;
    connect(&m_window->explorer(), &Explorer::answerChanged, this, [&](int slot) {
        if (slot == Explorer::A)
            seen.push_back(m_window->explorer().answer(Explorer::A)->tier);
    });
    m_window->explorer().setFormats({parseFormat("MXFP4:geometry.block=16"), std::nullopt});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    QVERIFY(seen.size() >= 2 && seen.front() == ReportTier::Preview && seen.back() == ReportTier::Exact);
}

/// A search format without a kernel: first a quick preview, then one of the whole sample, then the report.
void TestWindow::previewAnswersWhatTheSummaryCannot()
{
    m_window->explorer().setFormats({parseFormat("NxFP4:geometry.block=48"), std::nullopt});
    m_window->explorer().open(largeFile(), "w");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    QVERIFY(status().endsWith("ready"));
    std::vector<std::shared_ptr<const Report>> seen;
    QStringList texts;
    QStringList plots;
    connect(&m_window->explorer(), &Explorer::answerChanged, this, [&](int slot) {
        if (slot != Explorer::A)
            return;
        seen.push_back(m_window->explorer().answer(Explorer::A));
        texts.append(status());
        plots.append(m_window->findChild<LevelPlot*>("levelsA")->summary());
    });
    m_window->explorer().setFormats({parseFormat("NxFP4:geometry.block=48,micro.bits=1"), std::nullopt});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    QCOMPARE(seen.size(), std::size_t{3});
    const double exact = *seen[2]->error.sqnrDecibel;
    for (int i = 0; i < 2; ++i) {
        const Report& preview = *seen[static_cast<std::size_t>(i)];
        QVERIFY(preview.tier == ReportTier::Preview);
        QVERIFY(std::abs(*preview.error.sqnrDecibel - exact) < 4 * *preview.sqnrStandardError);
        QVERIFY2(texts[i].contains("preview ± ") && !texts[i].endsWith("ready"), qPrintable(texts[i]));
        QVERIFY2(plots[i].contains("preview ± "), qPrintable(plots[i]));
    }
    QVERIFY(*seen[1]->sqnrStandardError < *seen[0]->sqnrStandardError);
    QVERIFY(seen[2]->tier == ReportTier::Exact);
    QVERIFY2(!texts[2].contains("preview") && !plots[2].contains("preview"), qPrintable(texts[2]));
    QVERIFY(status().endsWith("ready"));
}

/// A search format that a kernel takes: the preview, then every element's error and code, then the rest of the report.
void TestWindow::kernelAnswersBeforeTheReport()
{
    m_window->explorer().setFormats({parseFormat("NxFP4"), std::nullopt});
    m_window->explorer().open(largeFile(), "w");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    std::vector<std::shared_ptr<const Report>> seen;
    QStringList texts;
    connect(&m_window->explorer(), &Explorer::answerChanged, this, [&](int slot) {
        if (slot == Explorer::A) {
            seen.push_back(m_window->explorer().answer(Explorer::A));
            texts.append(status());
        }
    });
    m_window->explorer().setFormats({parseFormat("NxFP4:micro.bits=1"), std::nullopt});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    QCOMPARE(seen.size(), std::size_t{3});
    QVERIFY(seen[0]->tier == ReportTier::Preview);
    QVERIFY(seen[1]->tier == ReportTier::Pass);
    QVERIFY(seen[2]->tier == ReportTier::Exact);
    QVERIFY(std::abs(*seen[1]->error.sqnrDecibel - *seen[2]->error.sqnrDecibel) < 1e-9);
    QCOMPARE(seen[1]->error.maximum, seen[2]->error.maximum);
    QCOMPARE(seen[1]->vacant.blockMean, seen[2]->vacant.blockMean);
    QVERIFY2(texts[1].contains("errors and counts exact") && !texts[1].endsWith("ready"), qPrintable(texts[1]));
}

/// The measurement that waits for a pause is stopped, too; the same format can be asked for again.
void TestWindow::aCanceledPreviewIsNotCalledReady()
{
    m_window->explorer().setFormats({parseFormat("NxFP4"), std::nullopt});
    m_window->explorer().open(largeFile(), "w");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    const FormatSet edited{parseFormat("NxFP4:micro.bits=1"), std::nullopt};
    connect(&m_window->explorer(), &Explorer::answerChanged, this, [this] { m_window->explorer().cancel(); });
    m_window->explorer().setFormats(edited);
    QTRY_VERIFY(!m_window->explorer().isBusy());
    QVERIFY(m_window->explorer().answer(Explorer::A)->tier == ReportTier::Preview);
    QTest::qWait(300);  // longer than a change has to rest
    QVERIFY(!m_window->isReady());
    QVERIFY2(status().contains("preview ± ") && status().endsWith("exact figures"), qPrintable(status()));
    disconnect(&m_window->explorer(), &Explorer::answerChanged, this, nullptr);
    m_window->explorer().setFormats({parseFormat("NxFP4"), std::nullopt});
    m_window->explorer().setFormats(edited);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 60000);
    QVERIFY(m_window->explorer().answer(Explorer::A)->tier == ReportTier::Exact);
}

void TestWindow::badArgumentsAreRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("size") << QStringList{"nanoscope", "--size", "wide"};
    QTest::newRow("scale") << QStringList{"nanoscope", "--scale", "9"};
    QTest::newRow("scale that is no number") << QStringList{"nanoscope", "--scale", "nan"};
    QTest::newRow("theme") << QStringList{"nanoscope", "--theme", "pink"};
    QTest::newRow("unknown") << QStringList{"nanoscope", "--colour"};
    QTest::newRow("no session") << QStringList{"nanoscope", "--session", ""};
    QTest::newRow("two files") << QStringList{"nanoscope", "a.h5", "b.h5"};
    QTest::newRow("file and session") << QStringList{"nanoscope", "--session", "s.json", "w.h5"};
}

void TestWindow::badArgumentsAreRefused()
{
    QFETCH(QStringList, arguments);
    try {
        (void)parseWindowOptions(arguments);
        QFAIL("accepted");
    } catch (const Error& error) {
        QCOMPARE(error.kind(), ErrorKind::Refused);
    }
}

void TestWindow::screenshotIsWrittenWithoutADisplay()
{
    const QString picture = m_directory.filePath("window.png");
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(name);
    process.setProcessEnvironment(environment);
    process.start(NANOSCOPE_WINDOW_PATH,
        {bundled("synthetic.h5"), "--tensor", "block_by_hand", "--format", "MXFP4", "--screenshot", picture, "--size",
            "1280x800", "--theme", "dark"});
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(QImage(picture).size(), QSize(1280, 800));
    process.start(NANOSCOPE_WINDOW_PATH, {m_directory.filePath("missing.h5"), "--screenshot", picture});
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 1);
    process.start(NANOSCOPE_WINDOW_PATH, {"--format", "NxFP9", "--screenshot", picture});
    QVERIFY(process.waitForFinished(60000));
    QCOMPARE(process.exitCode(), 2);
}

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
