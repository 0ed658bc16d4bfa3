#include "app/cost_desk.h"

#include "core/error.h"
#include "core/format/json_fields.h"

#include <nlohmann/json.hpp>

#include <exception>
#include <utility>

namespace nanoscope {
namespace {

/// Prices A and B; baselines depend on the hardware alone and are taken from `last` where that is the same.
std::shared_ptr<const CostResult> priced(
    const CostChoice& choice, const FormatSet& formats, const std::shared_ptr<const CostResult>& last)
{
    auto result = std::make_shared<CostResult>();
    result->choice = choice;
    result->a = costOf(formats.a, choice.activations.value_or(formats.a), choice.setup);
    if (formats.b)
        result->b = costOf(*formats.b, choice.activations.value_or(*formats.b), choice.setup);
    const bool isSameHardware = last && last->choice.setup.parameters == choice.setup.parameters
        && last->choice.setup.workload == choice.setup.workload;
    result->baselines = isSameHardware ? last->baselines : baselineCosts(choice.setup);
    return result;
}

}  // namespace

CostChoice defaultCostChoice()
{
    constexpr auto kAccelerator = "m2xfp";
    constexpr auto kWorkload = "llama-3-8b";
    return {{acceleratorByName(kAccelerator).parameters, workloadByName(kWorkload)}, kAccelerator, std::nullopt};
}

CostDesk::CostDesk(QObject* parent)
    : QObject(parent)
    , m_choice(defaultCostChoice())
    , m_job([this](std::shared_ptr<const CostResult> result) { receive(std::move(result)); },
          [this](const std::exception_ptr& exception) { fail(exception); })
{
}

CostDesk::~CostDesk() = default;

void CostDesk::setChoice(const CostChoice& choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    emit choiceChanged();
    emit setupChanged(m_choice.setup);
    request();
}

void CostDesk::setFormats(const FormatSet& formats)
{
    if (formats == m_formats)
        return;
    m_formats = formats;
    request();
}

void CostDesk::setActive(bool isActive)
{
    if (isActive == m_isActive)
        return;
    m_isActive = isActive;
    if (m_isActive && m_isStale)
        request();
    else
        emit currentChanged();
}

bool CostDesk::isCurrent() const
{
    return !m_isActive || (!m_isStale && m_problem.isEmpty());
}

void CostDesk::request()
{
    m_isStale = true;
    if (m_isActive && m_formats)
        m_job.submit([choice = m_choice, formats = *m_formats, last = m_result](
                         const std::stop_token&) { return priced(choice, formats, last); });
    emit currentChanged();
}

void CostDesk::receive(std::shared_ptr<const CostResult> result)
{
    m_result = std::move(result);
    m_isStale = false;
    if (!m_problem.isEmpty()) {
        m_problem.clear();
        emit problemChanged();
    }
    emit resultChanged();
    emit currentChanged();
}

void CostDesk::fail(const std::exception_ptr& exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& error) {
        m_problem = QString::fromUtf8(error.what());
    }
    m_isStale = false;
    emit problemChanged();
    emit currentChanged();
}

QByteArray CostDesk::toText(const CostChoice& choice)
{
    nlohmann::json parameters = toJson(choice.setup.parameters);
    const HardwareConstants shipped = shippedConstants();
    for (const ConstantField& field : constantFields())  // a later version may ship better ones
        if (choice.setup.parameters.constants.*field.value == shipped.*field.value)
            parameters["constants"].erase(std::string(field.name));
    const nlohmann::json document{{"version", 1}, {"accelerator", choice.accelerator}, {"parameters", parameters},
        {"workload", toJson(choice.setup.workload)},
        {"activations", choice.activations ? nlohmann::json(choice.activations->name) : nlohmann::json()},
        {"activations_spec",
            choice.activations ? nlohmann::json(canonicalText(choice.activations->spec)) : nlohmann::json()}};
    return QByteArray::fromStdString(document.dump());
}

std::optional<CostChoice> CostDesk::fromText(const QByteArray& text)
{
    const nlohmann::json document = parseJson(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    try {
        if (!document.is_object() || document.value("version", 0) != 1)
            return std::nullopt;
        CostChoice choice;
        choice.accelerator = document.at("accelerator").get<std::string>();
        (void)acceleratorByName(choice.accelerator);
        choice.setup.parameters = parametersFromJson(document.at("parameters"), "settings");
        choice.setup.workload = workloadFromJson(document.at("workload"), "settings");
        if (document.at("activations").is_string())
            choice.activations = NamedFormat{document.at("activations").get<std::string>(),
                formatFromJson(parseJson(document.at("activations_spec").get<std::string>()), "settings")};
        return choice;
    } catch (const Error&) {
        return std::nullopt;  // of another version: the default is better than none
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

}  // namespace nanoscope
