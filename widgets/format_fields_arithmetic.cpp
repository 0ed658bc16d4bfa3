// The fields of searching and rounding.

#include "core/format/format_text.h"
#include "core/format/scale_codec.h"
#include "widgets/format_fields.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace nanoscope {
namespace {

    QString tr(const char* text)
    {
        return QCoreApplication::translate("nanoscope::FormatEditor", text);
    }

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
                refuseInput(tr("Search order"), name, tr("offset, target, book and micro, each once"));
            order.push_back(*candidate);
        }
        spec.order = order;
        return validated(std::move(spec));
    }

    void addSearch(FormatFields& fields)
    {
        fields.addChoice({QStringLiteral("objective"), tr("Objective"), tr("What a search makes smallest over a block"),
                          [](const FormatSpec& spec) {
                              return searchLoops(spec) > 0 || spec.objective != Objective::SquaredError;
                          }},
                         std::vector<FormatFields::Option> {
                             {tr("squared error"), static_cast<int>(Objective::SquaredError)},
                             {tr("absolute error"), static_cast<int>(Objective::AbsoluteError)},
                             {tr("largest error"), static_cast<int>(Objective::MaximumError)},
                         },
                         [](const FormatSpec& spec) { return static_cast<int>(spec.objective); },
                         [](FormatSpec spec, int objective) {
                             spec.objective = static_cast<Objective>(objective);
                             return validated(std::move(spec));
                         });
        fields.addText({QStringLiteral("searchOrder"), tr("Search order"),
                        tr("Nesting of the search, outermost first; the first smallest error wins, so the order decides ties"),
                        [](const FormatSpec& spec) { return searchLoops(spec) > 1 || spec.order != FormatSpec {}.order; }},
                       {}, orderText, withOrder);
    }

}  // namespace

void addArithmeticFields(FormatFields& fields)
{
    fields.addHeading(tr("Search and rounding"));
    addSearch(fields);
    fields.addChoice({QStringLiteral("rounding"), tr("Rounding of ties"),
                      tr("Where an element goes that lies exactly between two levels"), {}},
                     std::vector<FormatFields::Option> {
                         {tr("to the even code"), static_cast<int>(TieRule::Even)},
                         {tr("away from zero"), static_cast<int>(TieRule::Away)},
                         {tr("toward zero"), static_cast<int>(TieRule::Zero)},
                     },
                     [](const FormatSpec& spec) { return static_cast<int>(spec.tie); },
                     [](FormatSpec spec, int tie) {
                         spec.tie = static_cast<TieRule>(tie);
                         return validated(std::move(spec));
                     });
    fields.addChoice({QStringLiteral("arithmetic"), tr("Arithmetic"),
                      tr("Order and precision of the operations on scales and quotients"),
                      [](const FormatSpec& spec) {
                          return !isPowerOfTwoCodec(spec.scale.codec) || spec.arithmetic != Arithmetic::Exact;
                      }},
                     std::vector<FormatFields::Option> {
                         {tr("exact (double)"), static_cast<int>(Arithmetic::Exact)},
                         {tr("float32 steps"), static_cast<int>(Arithmetic::Float32)},
                         {tr("TransformerEngine"), static_cast<int>(Arithmetic::TransformerEngine)},
                         {tr("TransformerEngine, folded"), static_cast<int>(Arithmetic::TransformerEngineFolded)},
                         {tr("torchao"), static_cast<int>(Arithmetic::Torchao)},
                         {tr("ModelOpt"), static_cast<int>(Arithmetic::ModelOpt)},
                     },
                     [](const FormatSpec& spec) { return static_cast<int>(spec.arithmetic); },
                     [](FormatSpec spec, int arithmetic) {
                         spec.arithmetic = static_cast<Arithmetic>(arithmetic);
                         return validated(std::move(spec));
                     });
}

}  // namespace nanoscope
