#include "app/perplexity_desk.h"

#include "app/bundled_data.h"
#include "app/preset_folder.h"
#include "core/error.h"
#include "core/format/format_by_name.h"

namespace nanoscope {
namespace {

constexpr int kRestMilliseconds = 150;  // without a change before an evaluation starts

std::optional<NamedFormat> formatFor(const QString& choice, const NamedFormat& weights)
{
    if (choice.isEmpty())
        return std::nullopt;
    return choice == QLatin1String(kAsWeights) ? weights : parseFormat(choice.toStdString(), userPresetFolder());
}

PerplexityCase caseOf(const NamedFormat& format, const PerplexityScope& scope)
{
    PerplexityCase what;
    what.name = format.name;
    what.weights.weights = format;
    what.weights.weights->spec.geometry.axis = -1;  // the axis belongs to the tensor on show, not to the model
    what.weights.embedding = scope.embedding;
    what.weights.head = scope.head;
    what.activations = formatFor(scope.activations, *what.weights.weights);
    what.keyValues = formatFor(scope.keyValues, *what.weights.weights);
    return what;
}

/// Every format cast directly, then every format under the method that is asked for.
std::vector<PerplexityCase> casesOf(const FormatSet& formats, const PerplexityScope& scope)
{
    std::vector<PerplexityCase> cases;
    for (const NamedFormat& format : formats.all())
        cases.push_back(caseOf(format, scope));
    CalibratedCast calibrated;
    calibrated.method = scope.method.isEmpty() ? CastMethod::Direct : methodNamed(scope.method.toStdString());
    calibrated.correctsBias = scope.correctsBias;
    if (!calibrated.needsCalibration())
        return cases;
    for (std::size_t i = 0, count = cases.size(); i < count; ++i) {  // direct casts are known first
        PerplexityCase what = cases[i];
        what.weights.calibrated = calibrated;
        if (what.activations)
            what.weights.calibrated.inputs = what.activations->spec;
        cases.push_back(std::move(what));
    }
    return cases;
}

}  // namespace

PerplexityFiles bundledModelFiles()
{
    PerplexityFiles files;
    files.model = bundledFile("language_model.h5");
    files.tokens = bundledFile("language_model_tokens.h5");
    files.tokenizer = bundledFile("language_model_tokenizer.json");
    files.calibration = bundledFile("language_model_activations.h5");
    return files;
}

PerplexityDesk::PerplexityDesk(QObject* parent)
    : QObject(parent)
    , m_job([this](State state) { receive(std::move(state)); },
          [this](const std::exception_ptr& exception) {
              try {
                  std::rethrow_exception(exception);
              } catch (const Cancelled&) {
              } catch (const std::exception& error) {
                  fail(error);
              }
          })
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMilliseconds);
    connect(&m_rest, &QTimer::timeout, this, &PerplexityDesk::start);
}

void PerplexityDesk::setFormats(const FormatSet& formats)
{
    if (formats == m_formats)
        return;
    m_formats = formats;
    request();
}

void PerplexityDesk::setScope(const PerplexityScope& scope)
{
    if (scope == m_scope)
        return;
    m_scope = scope;
    request();
}

void PerplexityDesk::setLayers(LayerFigures figures)
{
    if (figures == m_layers)
        return;
    m_layers = figures;
    if (figures != LayerFigures::None)
        request();  // what is known of them stays where it is when nobody asks any more
}

void PerplexityDesk::setFiles(const PerplexityFiles& files)
{
    if (files == m_files)
        return;
    m_files = files;
    m_session.reset();  // a run that still has it ends first
    m_state.reset();
    Q_EMIT filesChanged(files);
    request();
}

void PerplexityDesk::setWanted(bool isWanted)
{
    if (isWanted == m_isWanted)
        return;
    m_isWanted = isWanted;
    if (!m_isWanted)
        cancel();
    else if (m_isStale)
        request();
}

void PerplexityDesk::cancel()
{
    m_rest.stop();
    m_job.cancel();
    Q_EMIT stateChanged();
}

void PerplexityDesk::request()
{
    m_isStale = true;
    m_error.clear();
    if (!m_isWanted)
        return;
    m_job.cancel();
    m_rest.start();
    Q_EMIT stateChanged();
}

void PerplexityDesk::start()
{
    if (!m_session) {
        try {
            m_session = std::make_shared<PerplexitySession>(m_files.model.empty() ? bundledModelFiles() : m_files);
        } catch (const Error& error) {
            fail(error);
            return;
        }
    }
    m_job.submit([session = m_session, formats = m_formats, scope = m_scope, layers = m_layers](
                     std::stop_token stop, const LatestJob<State>::Publish& publish) {
        return session->evaluate(casesOf(formats, scope), layers, 0, stop, publish);
    });
}

void PerplexityDesk::fail(const std::exception& error)
{
    m_isStale = false;  // there is nothing better to wait for
    m_error = QString::fromUtf8(error.what());
    Q_EMIT stateChanged();
}

void PerplexityDesk::receive(State state)
{
    m_state = std::move(state);
    if (!m_job.isBusy())
        m_isStale = false;
    Q_EMIT stateChanged();
}

}  // namespace nanoscope
