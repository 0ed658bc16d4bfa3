#include "widgets/asked_case.h"

#include <QCoreApplication>

#include <algorithm>

namespace nanoscope {
namespace {

/// Context of the translations.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::AskedCase)
};

}  // namespace

QString castMethodTitle(CastMethod method)
{
    switch (method) {
    case CastMethod::Direct:
        return Text::tr("direct cast");
    case CastMethod::Gptq:
        return QStringLiteral("GPTQ");
    case CastMethod::GptqActOrder:
        return Text::tr("GPTQ act-order");
    case CastMethod::SmoothQuantPlus:
        return QStringLiteral("SmoothQuant+");
    case CastMethod::OsPlus:
        return QStringLiteral("OS+");
    case CastMethod::DecoupleQ:
        return QStringLiteral("decoupleQ");
    }
    return {};
}

QString castMethodText(const CalibratedCast& calibrated)
{
    QStringList parts;
    if (calibrated.method != CastMethod::Direct)
        parts << castMethodTitle(calibrated.method);
    if (calibrated.correctsBias)
        parts << Text::tr("bias correction");
    return parts.join(QStringLiteral(" + "));
}

std::vector<AskedCase> askedCases(const PerplexityState& state)
{
    const auto calibratedOf = [&state](std::size_t i) {
        return i < state.asked.size() ? state.asked[i].what.weights.calibrated : CalibratedCast{};
    };
    const std::size_t count = std::max(state.asked.size(), state.layers.size());
    std::size_t formats = 0;
    while (formats < count && !calibratedOf(formats).needsCalibration())
        ++formats;
    std::vector<AskedCase> cases;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t format = i < formats || formats == 0 ? i : (i - formats) % formats;
        cases.push_back({i, kSeriesRoles[std::min(format, kSeriesRoles.size() - 1)], castMethodText(calibratedOf(i))});
    }
    std::stable_sort(
        cases.begin(), cases.end(), [](const AskedCase& a, const AskedCase& b) { return a.role < b.role; });
    return cases;
}

}  // namespace nanoscope
