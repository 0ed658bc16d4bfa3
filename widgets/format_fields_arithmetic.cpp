// The fields of searching, rounding and storing.

#include "core/format/format_text.h"
#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

/// Nested loops of the search that have more than one candidate.
int searchLoops(const FormatSpec& spec)
{
    int loops = 0;
    loops += spec.scale.offsets.size() > 1 ? 1 : 0;
    loops += spec.scale.targets.size() > 1 || spec.scale.clips.size() > 1 ? 1 : 0;
    loops += spec.chooser && spec.chooser->rule == ChooserRule::Search ? 1 : 0;
    loops += spec.micro && spec.micro->rule == MicroRule::Search ? 1 : 0;
    return loops;
}

bool searchesTensor(const FormatSpec& spec)
{
    return spec.tensorScale && (spec.tensorScale->offsets.size() > 1 || spec.tensorScale->clips.size() > 1);
}

QString nameOfCandidate(Candidate candidate)
{
    const std::string_view name = nameOf(kCandidateNames, candidate);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString orderText(const FormatSpec& spec)
{
    QStringList names;
    for (const Candidate candidate : spec.order)
        names << nameOfCandidate(candidate);
    return names.join(QStringLiteral(", "));
}

FormatSpec withOrder(FormatSpec spec, const QString& text)
{
    static const QRegularExpression separator(QStringLiteral("[\\s,;]+"));
    std::vector<Candidate> order;
    for (const QString& name : text.split(separator, Qt::SkipEmptyParts)) {
        const auto candidate = valueOf(kCandidateNames, name.toStdString());
        if (!candidate)
            refuseInput(Text::tr("Search order"), name, Text::tr("offset, target, book and micro, each once"));
        order.push_back(*candidate);
    }
    spec.order = order;
    return spec;
}

void addSearch(FormatFields& fields)
{
    fields.addChoiceAt(
        {QStringLiteral("objective"), Text::tr("Objective"), Text::tr("What a search makes smallest over a block"),
            [](const FormatSpec& spec) {
                return searchLoops(spec) > 0 || searchesTensor(spec) || spec.objective != Objective::SquaredError;
            },
            {}},
        {FormatFields::option(Text::tr("squared error"), Objective::SquaredError),
            FormatFields::option(Text::tr("absolute error"), Objective::AbsoluteError),
            FormatFields::option(Text::tr("largest error"), Objective::MaximumError)},
        [](auto& spec) -> auto& { return spec.objective; });
    fields.addText(
        {QStringLiteral("searchOrder"), Text::tr("Search order"),
            Text::tr(
                "Nesting of the search, outermost first; the first smallest error wins, so the order decides ties"),
            [](const FormatSpec& spec) { return searchLoops(spec) > 1 || spec.order != FormatSpec{}.order; }, {}},
        {}, orderText, withOrder);
}

void addRounding(FormatFields& fields)
{
    fields.addChoiceAt(
        {QStringLiteral("rounding"), Text::tr("Rounding of ties"),
            Text::tr("Where an element goes that lies exactly between two levels"), {}, {}},
        {FormatFields::option(Text::tr("to the even code"), TieRule::Even),
            FormatFields::option(Text::tr("away from zero"), TieRule::Away),
            FormatFields::option(Text::tr("toward zero"), TieRule::Zero),
            FormatFields::option(Text::tr("down"), TieRule::Down), FormatFields::option(Text::tr("up"), TieRule::Up)},
        [](auto& spec) -> auto& { return spec.tie; });
    fields.addSwitch(
        {QStringLiteral("stochastic"), Text::tr("Stochastic rounding"),
            Text::tr("An element goes to either neighboring level at random, the nearer the likelier, so "
                     "that the mean error is zero"),
            {}, {}},
        [](const FormatSpec& spec) { return spec.stochasticSeed.has_value(); },
        [](FormatSpec spec, bool on) {
            spec.stochasticSeed = on ? std::optional<std::uint32_t>(1) : std::nullopt;
            return spec;
        });
    fields.addSeed(
        {QStringLiteral("stochasticSeed"), Text::tr("Rounding seed"),
            Text::tr("The same seed gives the same random numbers"),
            [](const FormatSpec& spec) { return spec.stochasticSeed.has_value(); }, {}},
        [](const FormatSpec& spec) { return spec.stochasticSeed; },
        [](FormatSpec spec, std::uint32_t seed) {
            spec.stochasticSeed = seed;
            return spec;
        });
}

}  // namespace

void addArithmeticFields(FormatFields& fields)
{
    fields.setScope(isGeneral);
    fields.addHeading(Text::tr("Search and rounding"));
    addSearch(fields);
    addRounding(fields);
    fields.addChoiceAt(
        {QStringLiteral("arithmetic"), Text::tr("Arithmetic"),
            Text::tr("Order and precision of the operations on scales and quotients"),
            [](const FormatSpec& spec) {
                return !isPowerOfTwoCodec(spec.scale.codec) || spec.arithmetic != Arithmetic::Exact;
            },
            {}},
        {FormatFields::option(Text::tr("exact (double)"), Arithmetic::Exact),
            FormatFields::option(Text::tr("float32 steps"), Arithmetic::Float32),
            FormatFields::option(Text::tr("TransformerEngine"), Arithmetic::TransformerEngine),
            FormatFields::option(Text::tr("TransformerEngine, folded"), Arithmetic::TransformerEngineFolded),
            FormatFields::option(Text::tr("torchao"), Arithmetic::Torchao),
            FormatFields::option(Text::tr("ModelOpt"), Arithmetic::ModelOpt)},
        [](auto& spec) -> auto& { return spec.arithmetic; });
    fields.addChoiceAt(
        {QStringLiteral("layout"), Text::tr("Code layout"),
            Text::tr("Order of the code bits in memory: code after code, the upper bits of all codes "
                     "before their lowest four (FP6 4+2), or bit by bit of all codes; no value changes"),
            [](const FormatSpec& spec) { return spec.layout != CodeLayout::Elements; }, isGeneral},
        {FormatFields::option(Text::tr("code after code"), CodeLayout::Elements),
            FormatFields::option(Text::tr("upper bits, lower four"), CodeLayout::Split4),
            FormatFields::option(Text::tr("bit planes"), CodeLayout::Planes)},
        [](auto& spec) -> auto& { return spec.layout; });
}

}  // namespace nanoscope
