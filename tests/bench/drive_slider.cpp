#include "app/main_window.h"
#include "app/status_line.h"
#include "app/window_options.h"
#include "core/fast/speed_data.h"
#include "core/format/format_by_name.h"
#include "tests/core/hdf5_writer.h"
#include "widgets/level_plot.h"

#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QLabel>
#include <QSettings>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <sys/resource.h>

using namespace nanoscope;

namespace {

std::uint64_t g_elements = std::uint64_t{1} << 20;

/// Waits for the frame that shows the answer to an edit: the paint of the level plot after answerChanged(), and
/// everything else of the same frame.
class FrameWatch : public QObject {
public:
    FrameWatch(MainWindow& window, QWidget& plot)
        : m_explorer(window.explorer())
    {
        plot.installEventFilter(this);
        connect(&m_explorer, &Explorer::answerChanged, this, [this] { noteAnswer(); });
    }

    struct Times {
        double answer = 0.0;  ///< milliseconds from the edit to its answer in the window's thread
        double frame = 0.0;   ///< to the end of the frame that shows it
        ReportTier tier = ReportTier::Exact;
    };

    /// @return nothing after five seconds without an answer
    std::optional<Times> timesOf(const std::function<void()>& edit)
    {
        m_hasAnswer = m_isPainted = false;
        m_clock.start();
        edit();
        m_wanted = m_explorer.formats().a;
        QTimer::singleShot(5000, &m_loop, [this] { m_loop.exit(1); });
        if (m_loop.exec() != 0)
            return std::nullopt;
        return m_times;
    }

protected:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_hasAnswer && !m_isPainted) {
            m_isPainted = true;
            QMetaObject::invokeMethod(
                this, [this] { noteFrame(); }, Qt::QueuedConnection);  // comes after the whole frame
        }
        return false;
    }

private:
    [[nodiscard]] double now() const { return static_cast<double>(m_clock.nsecsElapsed()) / 1e6; }

    void noteAnswer()
    {
        const auto answer = m_explorer.answer(Explorer::A);
        if (m_hasAnswer || !answer || !(answer->format.spec == m_wanted.spec))
            return;
        m_hasAnswer = true;
        m_times = {now(), 0.0, answer->tier};
    }

    void noteFrame()
    {
        m_times.frame = now();
        m_loop.exit(0);
    }

    Explorer& m_explorer;
    QElapsedTimer m_clock;
    QEventLoop m_loop;
    NamedFormat m_wanted;
    Times m_times;
    bool m_hasAnswer = false;
    bool m_isPainted = false;
};

/// Times how long the window's thread takes for each event: until it is done, nothing else is drawn or answered.
class WatchedApplication : public QApplication {
public:
    using QApplication::QApplication;

    /// In milliseconds.
    struct Times {
        std::vector<double> wall;
        std::vector<double> processor;  ///< without what other programs took
        std::vector<double> asleep;     ///< of events that had to wait for a lock, memory or the display; else 0
    };

    bool notify(QObject* receiver, QEvent* event) override
    {
        bool isTaken = false;
        time([&] { isTaken = QApplication::notify(receiver, event); });
        return isTaken;
    }

    /// Takes the time of `work`, which stands for what an event sets off; of nested work only the outermost.
    void time(const std::function<void()>& work)
    {
        if (m_depth > 0) {
            work();
            return;
        }
        QElapsedTimer clock;
        clock.start();
        const double before = processorTime();
        const double queuedBefore = queuedTime();
        const long sleepsBefore = sleeps();
        ++m_depth;
        work();
        --m_depth;
        const double wall = static_cast<double>(clock.nsecsElapsed()) / 1e6;
        const double processor = processorTime() - before;
        m_times.wall.push_back(wall);
        m_times.processor.push_back(processor);
        const bool hasSlept = sleeps() > sleepsBefore;
        m_times.asleep.push_back(hasSlept ? std::max(0.0, wall - processor - (queuedTime() - queuedBefore)) : 0.0);
    }

    void clear() { m_times = {}; }
    [[nodiscard]] const Times& times() const { return m_times; }

private:
    static double processorTime()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
    }

    /// How long this thread has been ready to run while others had the processors; 0 where the system does not tell.
    static double queuedTime()
    {
        QFile file("/proc/thread-self/schedstat");
        return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toDouble() / 1e6 : 0.0;
    }

    /// How often this thread has given a processor back of its own accord.
    static long sleeps()
    {
        rusage used{};
        getrusage(RUSAGE_THREAD, &used);
        return used.ru_nvcsw;
    }

    int m_depth = 0;
    Times m_times;
};

double quantile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

}  // namespace

/// Moves sliders of the real window on a large tensor, and prints how long until the frame that shows the answer.
/// What is asserted is which answer comes, not when.
class DriveSlider : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyMoveIsAnsweredSoonThenExactly_data();
    void everyMoveIsAnsweredSoonThenExactly();

private:
    [[nodiscard]] QString status() const { return m_window->findChild<StatusLine*>()->text(); }
    [[nodiscard]] std::function<void(int)> control(const QString& name) const;

    QTemporaryDir m_directory;
    std::unique_ptr<MainWindow> m_window;
};

void DriveSlider::initTestCase()
{
    QCoreApplication::setOrganizationName("nanoscope-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_directory.path());
    const QString path = m_directory.filePath("speed.h5");
    {
        const Tensor tensor = speedTensor(g_elements);
        const Hdf5Id file = hdf5test::createFile(path.toStdString());
        hdf5test::writeRaw(file.get(), "speed", H5T_IEEE_F32LE, {g_elements / kSpeedRow, kSpeedRow},
            std::as_bytes(tensor.values.floats()));
    }
    m_window = std::make_unique<MainWindow>(
        FormatSet{parseFormat("MXFP4"), std::nullopt}, false, QSize(1280, 800), MainWindow::Memory::Fresh);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->explorer().open(path);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 600000);
    const LoadedTensor& tensor = *m_window->explorer().tensor();  // what is made behind loading
    (void)tensor.summary(m_window->explorer().cut(), 32, SummaryKind::PowerOfTwo, {});
    (void)tensor.sample(m_window->explorer().cut(), 32, {});
}

/// What moves a slider or steps a number of format A, by its accessible name or the text of its label.
std::function<void(int)> DriveSlider::control(const QString& name) const
{
    const auto* dock = m_window->findChild<QDockWidget*>("FormatA");
    for (auto* slider : dock->findChildren<QSlider*>())
        if (slider->accessibleName() == name)
            return [slider](int value) { slider->setValue(value); };
    for (const QLabel* label : dock->findChildren<QLabel*>())
        if (auto* number = qobject_cast<QSpinBox*>(label->buddy()); number && label->text().remove('&') == name)
            return [number](int value) { number->setValue(value); };
    return {};
}

void DriveSlider::everyMoveIsAnsweredSoonThenExactly_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QList<int>>("values");
    QTest::addColumn<int>("tier");
    QTest::newRow("MXFP4, bits") << "MXFP4"
                                 << "Bits" << QList<int>{5, 6, 5, 4} << static_cast<int>(ReportTier::Summary);
    QTest::newRow("NxFP4, NanoMantissa bits")
        << "NxFP4"
        << "NanoMantissa bits" << QList<int>{1, 0, 1, 2, 3, 2} << static_cast<int>(ReportTier::Preview);
}

void DriveSlider::everyMoveIsAnsweredSoonThenExactly()
{
    constexpr int kMoves = 60;
    constexpr double kFrameTime = 16.0;  // milliseconds
    constexpr double kPause = 33.0;      // milliseconds from move to move at least, as a hand does
    QFETCH(QString, format);
    QFETCH(QString, name);
    QFETCH(QList<int>, values);
    QFETCH(int, tier);
    Explorer& explorer = m_window->explorer();
    explorer.setFormats({parseFormat(format.toStdString()), std::nullopt});
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 600000);
    const std::function<void(int)> move = control(name);
    QVERIFY(move);
    FrameWatch watch(*m_window, *m_window->findChild<LevelPlot*>("levelsA"));
    auto& application = static_cast<WatchedApplication&>(*qApp);
    application.clear();
    std::vector<double> answers;
    std::vector<double> frames;
    for (int i = 0; i < kMoves; ++i) {
        const auto times = watch.timesOf([&] { application.time([&] { move(values[i % values.size()]); }); });
        QVERIFY(times.has_value());
        QCOMPARE(static_cast<int>(times->tier), tier);
        QVERIFY2(!status().endsWith("ready"), qPrintable(status()));
        answers.push_back(times->answer);
        frames.push_back(times->frame);
        QTest::qWait(std::max(0, static_cast<int>(kPause - times->frame)));
    }
    const WatchedApplication::Times blocked = application.times();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), 600000);
    QVERIFY(explorer.answer(Explorer::A)->tier == ReportTier::Exact);
    QVERIFY(status().endsWith("ready"));
    std::printf("%-26s %llu elements, %d moves: frame after %.1f ms (median), %.1f (9 of 10), %.1f (longest); answer "
                "after %.1f ms (median)\n",
        QTest::currentDataTag(), static_cast<unsigned long long>(g_elements), kMoves, quantile(frames, 0.5),
        quantile(frames, 0.9), quantile(frames, 1.0), quantile(answers, 0.5));
    const auto beyond = std::count_if(
        blocked.processor.begin(), blocked.processor.end(), [](double time) { return time > kFrameTime; });
    std::printf(
        "%-26s longest block of the window's thread %.1f ms, longest processor time of an event %.1f ms, longest "
        "time asleep in an event %.1f ms; %lld of %zu events took "
        "more than %.0f ms of processor time\n",
        QTest::currentDataTag(), quantile(blocked.wall, 1.0), quantile(blocked.processor, 1.0),
        quantile(blocked.asleep, 1.0), static_cast<long long>(beyond), blocked.processor.size(), kFrameTime);
    std::fflush(stdout);
}

/// `--size N` sets the number of elements; what else is given goes to Qt Test.
int main(int argc, char** argv)
{
    WatchedApplication application(argc, argv);
    QStringList arguments = application.arguments();
    if (const auto at = arguments.indexOf("--size"); at > 0 && at + 1 < arguments.size()) {
        g_elements = std::max<std::uint64_t>(kSpeedRow, arguments[at + 1].toULongLong()) / kSpeedRow * kSpeedRow;
        arguments.remove(at, 2);
    }
    DriveSlider test;
    return QTest::qExec(&test, arguments);
}

#include "drive_slider.moc"
