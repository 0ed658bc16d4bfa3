#include "widgets/cost_page_text.h"

#include "widgets/cost_text.h"
#include "widgets/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace nanoscope {
namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(CostPageText)
};

bool hasNxFeature(const FormatCost& cost)
{
    return std::any_of(cost.unit.terms.begin(), cost.unit.terms.end(), [](const CostTerm& term) {
        return term.group == TermGroup::Feature
            && (term.name == "NanoMantissa" || term.name == "Adaptive Microexponent" || term.name == "Code Recycling");
    });
}

QString measuredText(const QString& letter, const FormatCost& cost)
{
    return Text::tr("✓ %1 measured: %2 NAND2 synthesized (%3), formula %4 (%5)")
        .arg(letter, costValueText(cost.measured->nand2, "NAND2"), QString::fromStdString(cost.measured->name),
            costValueText(cost.unit.area(), "NAND2"), costChangeText(cost.measured->nand2, cost.unit.area()));
}

QString sideHtml(const QString& letter, const std::optional<CostTerm>& term, const Theme& theme)
{
    if (!term)
        return {};
    return QStringLiteral("<p style='margin:2px 0'><b>%1: %2</b> &nbsp;%3<br/><span style='color:%4'>%5 %6</span></p>")
        .arg(letter, costValueWithUnit(term->value, term->unit).toHtmlEscaped(),
            QString::fromStdString(term->formula).toHtmlEscaped(), theme.mutedText.name(), Text::tr("Source:"),
            QString::fromStdString(term->source).toHtmlEscaped());
}

}  // namespace

QString costBadgeText(const CostResult& result)
{
    QStringList lines;
    if (result.a.measured)
        lines << measuredText(QStringLiteral("A"), result.a);
    if (result.b && result.b->measured)
        lines << measuredText(QStringLiteral("B"), *result.b);
    if (hasNxFeature(result.a) || (result.b && hasNxFeature(*result.b)))
        lines << Text::tr("No hardware of NxFP is published; this datapath is our design.");
    return lines.join(u'\n');
}

QString costNotesText(const CostResult* result)
{
    QStringList lines;
    for (const std::string& limit : costLimits())
        lines << QStringLiteral("• ") + QString::fromStdString(limit);
    if (!result)
        return lines.join(u'\n');
    QStringList notes;
    for (const std::string& note : result->a.notes)
        notes << QStringLiteral("• A, ") + QString::fromStdString(note);
    if (result->b)
        for (const std::string& note : result->b->notes)
            notes << QStringLiteral("• B, ") + QString::fromStdString(note);
    if (!notes.isEmpty())
        lines << QString() << Text::tr("What is not priced, or not as it would be built:") << notes;
    return lines.join(u'\n');
}

QString costLayerText(const CostResult& result, const CostLayerId& layer)
{
    QStringList lines;
    const auto add = [&](const QString& letter, const FormatCost& cost) {
        const LayerCost* found = findLayer(cost, layer);
        if (!found)
            return;
        const PhaseCost& phase = layer.isDecode ? cost.decode : cost.prefill;
        lines << Text::tr("%1: %2 bound, %3 MAC, %4, %5 of the time")
                     .arg(letter, found->bound == Bound::Memory ? Text::tr("memory") : Text::tr("compute"),
                         shortCountText(static_cast<std::uint64_t>(found->macs)),
                         costValueText(found->traffic.total(), "byte"), percentText(found->cycles() / phase.cycles));
    };
    add(QStringLiteral("A"), result.a);
    if (result.b)
        add(QStringLiteral("B"), *result.b);
    return lines.join(u'\n');
}

QString costDetailHtml(const CostRow& row, const Theme& theme)
{
    QString html = QStringLiteral("<b>%1</b>").arg(row.name.toHtmlEscaped());
    if (!row.error.isEmpty())
        html += QStringLiteral(" &nbsp;<span style='color:%1'>%2</span>")
                    .arg(theme.mutedText.name(), row.error.toHtmlEscaped());
    if (!row.a && !row.b)
        html += QStringLiteral("<p style='margin:2px 0'>%1</p>").arg(Text::tr("A heading; choose a figure below it."));
    return html + sideHtml(QStringLiteral("A"), row.a, theme) + sideHtml(QStringLiteral("B"), row.b, theme);
}

}  // namespace nanoscope
