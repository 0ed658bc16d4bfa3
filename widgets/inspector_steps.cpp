#include "widgets/inspector_steps.h"

#include "core/format/format_storage.h"
#include "widgets/block_summary.h"
#include "widgets/book_label.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace nanoscope {
namespace {

constexpr int kDigits = 6;

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::Inspector)
};

QString number(double value)
{
    return shortNumberText(value, kDigits);
}

/// Collects the lines; each function adds what belongs to one part of the reconstruction formula.
class Derivation {
public:
    Derivation(const BlockTrace& trace, int element)
        : m_trace(trace)
        , m_element(trace.elements[static_cast<std::size_t>(element)])
    {
    }

    std::vector<InspectorStep> steps()
    {
        add("value", Text::tr("value w"), number(static_cast<double>(m_element.value)), InspectorStep::Kind::Result);
        if (m_trace.bad) {
            add("bad", Text::tr("left out"),
                Text::tr("the block holds NaN or infinity, so it decodes to NaN and no figure counts it"),
                InspectorStep::Kind::Warning);
            return std::move(m_steps);
        }
        addScales();
        addNearestLevel();
        addRefinement();
        addResult();
        return std::move(m_steps);
    }

private:
    void add(const char* id, const QString& label, const QString& value,
        InspectorStep::Kind kind = InspectorStep::Kind::Plain)
    {
        m_steps.push_back({QString::fromLatin1(id), label, value, kind});
    }

    /// The metadata value that applies to the element; null when there is none of this name.
    const MetaTrace* meta(const char* name) const
    {
        const std::uint64_t subgroup
            = m_trace.subgroup > 0 ? m_element.index / static_cast<std::uint64_t>(m_trace.subgroup) : 0;
        const MetaTrace* first = nullptr;
        int found = 0;
        for (const MetaTrace& candidate : m_trace.meta) {
            if (candidate.name != name)
                continue;
            if (candidate.unit == subgroup)
                return &candidate;
            if (++found == 1)
                first = &candidate;
        }
        return found == 1 ? first : nullptr;  // a single value serves the whole block
    }

    void addMeta(const char* id, const char* name, const QString& label)
    {
        const MetaTrace* found = meta(name);
        if (!found)
            return;
        const QString code = QStringLiteral("%1").arg(found->value, found->bits, 2, QLatin1Char('0'));
        const QString meaning = QString::fromStdString(found->meaning);
        add(id, label, meaning.isEmpty() ? code : QStringLiteral("%1 = %2").arg(code, meaning));
    }

    void addScales()
    {
        if (m_trace.tensorScale != 1.0)
            add("tensorScale", Text::tr("tensor scale t"), number(m_trace.tensorScale));
        if (!m_trace.scales.empty()) {
            const bool isSplit = m_trace.scales.size() > 1;
            const std::size_t which = isSplit && !(m_element.value > 0.0F) ? 1 : 0;
            const QString label = !isSplit ? Text::tr("shared scale s")
                : which == 0               ? Text::tr("scale s of positives")
                                           : Text::tr("scale s of others");
            QString text = scaleDescription(m_trace, which);
            const QString value = number(m_trace.scales[which].value);
            if (!text.endsWith(QStringLiteral("= ") + value))
                text += QStringLiteral(" = ") + value;
            add("sharedScale", label, text);
        }
        addMeta("micro", kNanoMantissa, Text::tr("NanoMantissa r"));
        addMeta("micro", kSubgroupMantissa, Text::tr("subgroup mantissa r"));
        addMeta("micro", kMicroexponent, Text::tr("microexponent r"));
        if (!m_element.exception)
            addMeta("othersOffset", kOthersOffset, Text::tr("others’ exponent"));
        add("scale", Text::tr("effective scale"), number(m_element.scale));
        add("scaled", Text::tr("w ÷ scale"), number(m_element.scaled));
    }

    void addNearestLevel()
    {
        if (m_trace.bookNames.size() > 1)
            add("book", Text::tr("codebook"), bookLabel(m_trace.bookNames, m_element.book));
        add("interval", Text::tr("decision interval"),
            Text::tr("%1 to %2").arg(levelText(m_element.lowerBound), levelText(m_element.upperBound)));
        QString level = levelText(m_element.level);
        if (m_element.use == CodeUse::Recycled)
            level = Text::tr("%1 (recycled −0)").arg(level);
        add("level", Text::tr("nearest level"), level);
        add("bits", Text::tr("code"), QString::fromStdString(m_element.bits), InspectorStep::Kind::Bits);
        if (m_element.clipped)
            add("clipped", Text::tr("clipped"), Text::tr("beyond the outermost level"), InspectorStep::Kind::Warning);
    }

    void addRefinement()
    {
        if (!m_element.exception)
            return;
        addMeta("refinement", kExceptionMantissa, Text::tr("exception mantissa"));
        addMeta("refinement", kTop1Mantissa, Text::tr("top-1 mantissa"));
        add("refinedLevel", Text::tr("refined level"), levelText(m_element.refinedLevel));
    }

    void addResult()
    {
        const double level = m_element.exception ? m_element.refinedLevel : m_element.level;
        add("product", Text::tr("level × scale"),
            QStringLiteral("%1 × %2").arg(levelText(level), number(m_element.scale)));
        add("decoded", Text::tr("decoded value"), number(static_cast<double>(m_element.decoded)),
            InspectorStep::Kind::Result);
        add("error", Text::tr("decoded − w"), number(m_element.error), InspectorStep::Kind::Result);
        const double magnitude = std::fabs(static_cast<double>(m_element.value));
        add("relative", Text::tr("relative error"),
            magnitude > 0 ? percentText(std::fabs(m_element.error) / magnitude) : QStringLiteral("–"));
    }

    const BlockTrace& m_trace;
    const ElementTrace& m_element;
    std::vector<InspectorStep> m_steps;
};

}  // namespace

std::vector<InspectorStep> inspectorSteps(const BlockTrace& trace, int element)
{
    return Derivation(trace, element).steps();
}

}  // namespace nanoscope
