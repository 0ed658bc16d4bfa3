#include "app/explorer.h"

#include "app/soon_answer.h"
#include "core/analysis/analyze.h"
#include "core/error.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace nanoscope {
namespace {

constexpr std::chrono::milliseconds kProgressInterval{50};
constexpr std::chrono::milliseconds kAnswerInterval{2};  // answers are cheap: a frame must not wait for the next
constexpr std::chrono::milliseconds kRest{100};          // without a change before a large tensor is measured

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// One processor is left to paint.
std::shared_ptr<WorkerPool> makePool()
{
    const unsigned threads = std::max(2U, std::thread::hardware_concurrency()) - 1;
    return std::make_shared<WorkerPool>(threads - 1);
}

std::string firstExplorable(const std::vector<TensorInfo>& tensors)
{
    for (const TensorInfo& tensor : tensors)
        if (tensor.explorable)
            return tensor.name;
    return {};
}

std::shared_ptr<const LoadedTensor> readTensor(const TensorSource& source, const std::string& name,
    const std::stop_token& stop, const std::function<void(double)>& progress)
{
    ReadOptions options;
    options.stop = stop;
    options.progress = [&progress](std::uint64_t done, std::uint64_t total) {
        progress(total > 0 ? static_cast<double>(done) / static_cast<double>(total) : 1.0);
    };
    const auto start = std::chrono::steady_clock::now();
    Tensor tensor = source.read(name, options);
    return std::make_shared<const LoadedTensor>(std::move(tensor), secondsSince(start));
}

}  // namespace

Explorer::Explorer(FormatSet formats, QObject* parent)
    : QObject(parent)
    , m_formats(std::move(formats))
    , m_pool(makePool())
    , m_io([this](IoEvent event) { receive(std::move(event)); },
          [this](const std::exception_ptr& exception) { fail(exception); })
    , m_explain(
          [this](std::shared_ptr<const BlockTrace> trace) {
              m_trace = std::move(trace);
              m_isTraceStale = false;
              const int last = static_cast<int>(m_trace->elements.size()) - 1;
              m_element = std::clamp(m_element, 0, std::max(last, 0));
              emit traceChanged();
              emit busyChanged();
          },
          [this](const std::exception_ptr& exception) { fail(exception); })
    , m_studies(
          [this](std::shared_ptr<const StudyResult> result) {
              m_study = std::move(result);
              m_isStudyStale = false;
              emit studyChanged();
              emit busyChanged();
          },
          [this](const std::exception_ptr& exception) { fail(exception); })
{
    m_progressTimer.setInterval(kProgressInterval);
    connect(&m_progressTimer, &QTimer::timeout, this, &Explorer::showProgress);
    m_cut.axis = m_formats.a.spec.geometry.axis;
    for (const Slot slot : kEverySlot)
        m_measure[slot] = std::make_unique<ReportJob>(
            [this, slot](std::shared_ptr<const Report> report) { receiveReport(slot, std::move(report)); },
            [this, slot](const std::exception_ptr& exception) { refuse(slot, exception); });
    for (const Slot slot : kEverySlot) {
        m_ask[slot] = std::make_unique<ReportJob>(
            [this, slot](std::shared_ptr<const Report> answer) { receiveAnswer(slot, std::move(answer)); },
            [this, slot](
                const std::exception_ptr&) { receiveAnswer(slot, nullptr); },  // the report tells what is wrong
            kAnswerInterval);
        m_rest[slot].setSingleShot(true);
        m_rest[slot].setInterval(kRest);
        connect(&m_rest[slot], &QTimer::timeout, this, [this, slot] { measure(slot); });
    }
}

Explorer::~Explorer() = default;

void Explorer::open(const QString& path, const QString& tensor)
{
    openAt(path, tensor, std::nullopt);
}

void Explorer::openAt(const QString& path, const QString& tensor, const std::optional<Place>& place)
{
    m_io.submit([path, wanted = tensor.toStdString(), place, progress = progressOf(kReading)](
                    const std::stop_token& stop, const LatestJob<IoEvent>::Publish& publish) -> IoEvent {
        const std::shared_ptr<const TensorSource> source = openTensorSource(path.toStdString());
        const std::string name = wanted.empty() ? firstExplorable(source->list()) : wanted;
        if (name.empty())
            throw Error(path.toStdString(), "holds no floating-point tensor", "open another file");
        publish(Opened{path, source, source->list()});
        return Loaded{readTensor(*source, name, stop, progress), place};
    });
    emit busyChanged();
}

void Explorer::selectTensor(const QString& name)
{
    if (m_source)
        readAt(name, std::nullopt);
}

void Explorer::readAt(const QString& name, const std::optional<Place>& place)
{
    m_io.submit([source = m_source, wanted = name.toStdString(), place, progress = progressOf(kReading)](
                    const std::stop_token& stop, const LatestJob<IoEvent>::Publish&) -> IoEvent {
        return Loaded{readTensor(*source, wanted, stop, progress), place};
    });
    emit busyChanged();
}

void Explorer::receive(IoEvent event)
{
    if (auto* opened = std::get_if<Opened>(&event)) {
        m_sourceFile = opened->path;
        m_source = opened->source;
        emit fileOpened(m_sourceFile, opened->tensors);
        return;
    }
    auto& loaded = std::get<Loaded>(event);
    m_tensor = std::move(loaded.tensor);
    m_file = m_sourceFile;
    takeCut(loaded.place);
    m_wanted = std::move(loaded.place);
    m_isNewTensor = true;
    m_reports = {};
    m_answers = {};
    emit tensorChanged();
    for (const Slot slot : kEverySlot)
        requestReport(slot);
    emit busyChanged();
}

QString Explorer::messageOf(const std::exception_ptr& exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::bad_alloc&) {
        return Explorer::tr("not enough memory; choose a smaller tensor");
    } catch (const std::exception& error) {
        return QString::fromUtf8(error.what());
    }
}

/// A format that does not take the tensor: the message says which one, and what to do in the window.
void Explorer::refuse(Slot slot, const std::exception_ptr& exception)
{
    const NamedFormat* format = m_formats.at(slot);
    QString text = messageOf(exception);
    text.replace(QStringLiteral("--reshape it"), QStringLiteral("--reshape"));
    text.replace(QStringLiteral("--reshape"), tr("set “Shape as” in the panel Tensors"));
    setRefusal(slot,
        tr("Format %1 (%2): %3")
            .arg(QChar(static_cast<char16_t>(u'A' + slot)),
                format != nullptr ? QString::fromStdString(format->name) : QString(), text));
    fail(refusals());  // another format's must not be lost
}

void Explorer::setRefusal(Slot slot, const QString& refusal)
{
    if (refusal == m_refusals[slot])
        return;
    m_refusals[slot] = refusal;
    emit refusalsChanged();
}

QString Explorer::refusals() const
{
    QStringList lines;
    for (const QString& refusal : m_refusals)
        if (!refusal.isEmpty())
            lines << refusal;
    return lines.join(QLatin1Char('\n'));
}

void Explorer::fail(const QString& message)
{
    emit failed(message);
    clearUnmeasured();
    emit stopped();
    emit busyChanged();
}

void Explorer::setCut(const TensorCut& cut)
{
    if (cut == m_cut)
        return;
    m_cut = cut;
    emit cutChanged();
    for (const Slot slot : kEverySlot)
        requestReport(slot);
    emit busyChanged();
}

void Explorer::setFormats(const FormatSet& formats)
{
    const FormatSet old = std::exchange(m_formats, formats);
    if (old == m_formats)
        return;
    emit formatsChanged();
    for (const Slot slot : kEverySlot) {
        const NamedFormat* before = old.at(slot);
        const NamedFormat* now = m_formats.at(slot);
        const bool isSame = before && now ? *before == *now : before == now;
        if (!isSame || isStalled(slot))
            requestReport(slot);
    }
    emit busyChanged();
}

NamedFormat Explorer::effectiveFormat(Slot slot) const
{
    NamedFormat format = *m_formats.at(slot);
    const Shape shape = m_cut.reshape ? *m_cut.reshape : m_tensor ? m_tensor->tensor().info.shape : Shape{};
    const auto rank = static_cast<int>(shape.size());
    const bool isLast = m_cut.axis == -1 || m_cut.axis + 1 == rank;
    if (!isLast || format.spec.geometry.axis == -1)  // a format that blocks along another axis keeps it
        format.spec.geometry.axis = m_cut.axis;
    return format;
}

void Explorer::requestReport(Slot slot)
{
    setRefusal(slot, {});
    if (!m_formats.at(slot)) {
        if (!m_reports[slot] && !m_isStale[slot])
            return;
        m_measure[slot]->cancel();
        m_rest[slot].stop();
        m_ask[slot]->cancel();
        m_reports[slot].reset();
        m_answers[slot].reset();
        m_isStale[slot] = false;
        emit reportChanged(slot);
        emit answerChanged(slot);
        return;
    }
    if (!m_tensor)
        return;
    m_isStale[slot] = true;
    m_isAnswered[slot] = false;
    m_measure[slot]->cancel();
    m_rest[slot].start();
    requestAnswer(slot, effectiveFormat(slot));
    const bool canWait = m_reports[slot] && m_tensor->tensor().info.elements >= LoadedTensor::kFewestSampled;
    if (!canWait)
        measure(slot);
}

/// Measures the whole tensor. Of a large one only once the changes pause: it would take the processor from the answers.
void Explorer::measure(Slot slot)
{
    m_rest[slot].stop();
    m_measure[slot]->submit([tensor = m_tensor, cut = m_cut, format = effectiveFormat(slot),
                                progress = progressOf(slot)](const std::stop_token& stop) mutable {
        cut.axis = format.spec.geometry.axis;
        const BlockView view = tensor->view(cut, 1);
        AnalyzeOptions options;
        options.stop = stop;
        options.progress = progress;
        return std::make_shared<const Report>(analyze(tensor->tensor(), view, format, options));
    });
}

void Explorer::requestAnswer(Slot slot, const NamedFormat& format)
{
    m_ask[slot]->submit([tensor = m_tensor, cut = m_cut, format, pool = m_pool](
                            const std::stop_token& stop, const ReportJob::Publish& publish) {
        answerSoon(*tensor, cut, format, *pool, stop, publish);
        return std::shared_ptr<const Report>();  // that was all
    });
}

void Explorer::receiveAnswer(Slot slot, std::shared_ptr<const Report> answer)
{
    const bool isLast = !m_ask[slot]->isBusy();
    if (answer && m_isStale[slot]) {  // else the report was faster
        m_isAnswered[slot] = true;
        m_answers[slot] = std::move(answer);
        emit answerChanged(slot);
    }
    if (isLast && !m_isAnswered[slot] && m_rest[slot].isActive())  // nothing to wait for
        measure(slot);
}

void Explorer::receiveReport(Slot slot, std::shared_ptr<const Report> report)
{
    m_reports[slot] = std::move(report);
    m_answers[slot].reset();
    m_isStale[slot] = false;
    if (slot == A) {
        if (m_isNewTensor) {
            m_block = m_reports[A]->worstBlock;
            m_element = 0;
            m_isNewTensor = false;
        }
        if (const auto wanted = std::exchange(m_wanted, std::nullopt)) {
            m_block = wanted->block.value_or(m_reports[A]->worstBlock);
            m_element = wanted->element;
        }
        keepBlockInRange();
        requestTrace();
        requestStudy();
    }
    emit reportChanged(slot);
    emit answerChanged(slot);
    emit busyChanged();
}

void Explorer::cancel()
{
    if (!isBusy())
        return;
    m_io.cancel();
    for (const auto& job : m_measure)
        job->cancel();
    m_explain.cancel();
    m_studies.cancel();
    for (const auto& job : m_ask)
        job->cancel();
    for (QTimer& timer : m_rest)
        timer.stop();
    clearUnmeasured();
    emit stopped();
    emit busyChanged();
}

/// Takes the figures of the previous tensor off the screen when those of the new one will not come.
void Explorer::clearUnmeasured()
{
    if (!m_tensor || m_reports[A] || isMeasuring(A))
        return;
    m_trace.reset();
    for (const Slot slot : kEverySlot) {
        m_answers[slot].reset();
        emit reportChanged(slot);
        emit answerChanged(slot);
    }
    emit traceChanged();
}

/// True when a report was asked for and will not come, because it was canceled or failed.
bool Explorer::isStalled(Slot slot) const
{
    return m_isStale[slot] && !isMeasuring(slot);
}

/// True while a report is on its way, or waits for a pause.
bool Explorer::isMeasuring(Slot slot) const
{
    return m_measure[slot]->isBusy() || m_rest[slot].isActive();
}

bool Explorer::isCurrent() const
{
    const bool isAnyStale = std::find(m_isStale.begin(), m_isStale.end(), true) != m_isStale.end();
    return m_reports[A] && !isAnyStale && !m_isTraceStale && !(m_isStudied && m_isStudyStale) && !isBusy();
}

bool Explorer::isBusy() const
{
    const bool isAnyMeasuring
        = std::any_of(kEverySlot.begin(), kEverySlot.end(), [this](Slot slot) { return isMeasuring(slot); });
    return m_io.isBusy() || isAnyMeasuring || m_explain.isBusy() || m_studies.isBusy();
}

std::function<void(double)> Explorer::progressOf(std::size_t lane)
{
    m_progress[lane] = std::make_shared<std::atomic<double>>(0.0);
    if (!m_progressTimer.isActive())  // a drag must not put it off
        m_progressTimer.start();
    return [progress = m_progress[lane]](double fraction) { *progress = fraction; };
}

void Explorer::showProgress()
{
    if (!isBusy()) {
        m_progressTimer.stop();
        return;
    }
    if (m_io.isBusy()) {
        emit progressed(tr("Reading"), *m_progress[kReading]);
        return;
    }
    double slowest = 1.0;
    for (const Slot slot : kEverySlot)
        if (isMeasuring(slot))
            slowest = std::min(slowest, m_measure[slot]->isBusy() ? m_progress[slot]->load() : 0.0);
    if (slowest < 1.0 || !m_studies.isBusy())
        emit progressed(tr("Measuring"), slowest);
    else
        emit progressed(tr("Studying"), *m_progress[kStudying]);
}

}  // namespace nanoscope
