// The fields of searching and rounding.

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
    loops += spec.scale.targets.size() > 1 ? 1 : 0;
    loops += spec.chooser && spec.chooser->rule == ChooserRule::Search ? 1 : 0;
    loops += spec.micro && spec.micro->rule == MicroRule::Search ? 1 : 0;
    return loops;
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
    return validated(std::move(spec));
}

void addSearch(FormatFields& fields)
{
    fields.addChoice(
        {QStringLiteral("objective"), Text::tr("Objective"), Text::tr("What a search makes smallest over a block"),
            [](const FormatSpec& spec) { return searchLoops(spec) > 0 || spec.objective != Objective::SquaredError; }},
        std::vector<FormatFields::Option>{
            {Text::tr("squared error"), static_cast<int>(Objective::SquaredError)},
            {Text::tr("absolute error"), static_cast<int>(Objective::AbsoluteError)},
            {Text::tr("largest error"), static_cast<int>(Objective::MaximumError)},
        },
        [](const FormatSpec& spec) { return static_cast<int>(spec.objective); },
        [](FormatSpec spec, int objective) {
            spec.objective = static_cast<Objective>(objective);
            return validated(std::move(spec));
        });
    fields.addText(
        {QStringLiteral("searchOrder"), Text::tr("Search order"),
            Text::tr(
                "Nesting of the search, outermost first; the first smallest error wins, so the order decides ties"),
            [](const FormatSpec& spec) { return searchLoops(spec) > 1 || spec.order != FormatSpec{}.order; }},
        {}, orderText, withOrder);
}

}  // namespace

void addArithmeticFields(FormatFields& fields)
{
    fields.addHeading(Text::tr("Search and rounding"));
    addSearch(fields);
    fields.addChoice(
        {QStringLiteral("rounding"), Text::tr("Rounding of ties"),
            Text::tr("Where an element goes that lies exactly between two levels"), {}},
        std::vector<FormatFields::Option>{
            {Text::tr("to the even code"), static_cast<int>(TieRule::Even)},
            {Text::tr("away from zero"), static_cast<int>(TieRule::Away)},
            {Text::tr("toward zero"), static_cast<int>(TieRule::Zero)},
        },
        [](const FormatSpec& spec) { return static_cast<int>(spec.tie); },
        [](FormatSpec spec, int tie) {
            spec.tie = static_cast<TieRule>(tie);
            return validated(std::move(spec));
        });
    fields.addChoice(
        {QStringLiteral("arithmetic"), Text::tr("Arithmetic"),
            Text::tr("Order and precision of the operations on scales and quotients"),
            [](const FormatSpec& spec) {
                return !isPowerOfTwoCodec(spec.scale.codec) || spec.arithmetic != Arithmetic::Exact;
            }},
        std::vector<FormatFields::Option>{
            {Text::tr("exact (double)"), static_cast<int>(Arithmetic::Exact)},
            {Text::tr("float32 steps"), static_cast<int>(Arithmetic::Float32)},
            {Text::tr("TransformerEngine"), static_cast<int>(Arithmetic::TransformerEngine)},
            {Text::tr("TransformerEngine, folded"), static_cast<int>(Arithmetic::TransformerEngineFolded)},
            {Text::tr("torchao"), static_cast<int>(Arithmetic::Torchao)},
            {Text::tr("ModelOpt"), static_cast<int>(Arithmetic::ModelOpt)},
        },
        [](const FormatSpec& spec) { return static_cast<int>(spec.arithmetic); },
        [](FormatSpec spec, int arithmetic) {
            spec.arithmetic = static_cast<Arithmetic>(arithmetic);
            return validated(std::move(spec));
        });
}

}  // namespace nanoscope
