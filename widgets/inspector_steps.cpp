#include "widgets/inspector_steps.h"

#include "core/format/format_storage.h"
#include "core/half.h"
#include "core/quant/mixed_block.h"
#include "widgets/basis_text.h"
#include "widgets/block_summary.h"
#include "widgets/book_label.h"
#include "widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

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

/// A bound of a decision interval. What lies below every normal number is zero: posits round nothing to it.
QString boundText(double bound)
{
    const bool isTiny = std::fabs(bound) < std::numeric_limits<double>::min();
    return isTiny ? QStringLiteral("0") : std::isinf(bound) ? levelText(bound) : number(bound);
}

/// Metadata values of a block by name.
class BlockMeta {
public:
    explicit BlockMeta(const BlockTrace& trace)
        : m_trace(trace)
    {
    }

    /// The value of a unit; null when there is none.
    const MetaTrace* at(const char* name, std::uint64_t unit) const
    {
        for (const MetaTrace& meta : m_trace.meta)
            if (meta.unit == unit && meta.name == name)
                return &meta;
        return nullptr;
    }

    /// The only value of its name, or that of a unit; null when there is none.
    const MetaTrace* onlyOrAt(const char* name, std::uint64_t unit) const
    {
        const bool isOnly = count(name) == 1;
        return at(name, isOnly ? 0 : unit);
    }

    std::size_t count(const char* name) const
    {
        return static_cast<std::size_t>(std::count_if(
            m_trace.meta.begin(), m_trace.meta.end(), [name](const MetaTrace& meta) { return meta.name == name; }));
    }

private:
    const BlockTrace& m_trace;
};

/// Collects the lines; each function adds what belongs to one part of the reconstruction formula.
class Derivation {
public:
    Derivation(const BlockTrace& trace, int element)
        : m_trace(trace)
        , m_meta(trace)
        , m_element(trace.elements[static_cast<std::size_t>(element)])
        , m_subgroup(trace.subgroup > 0 ? m_element.index / static_cast<std::uint64_t>(trace.subgroup) : 0)
    {
    }

    std::vector<InspectorStep> steps()
    {
        add("value", Text::tr("value w"), number(static_cast<double>(m_element.value)), InspectorStep::Kind::Result);
        if (!basisSentence(QString::fromStdString(m_trace.basis)).isEmpty())
            add("basis", Text::tr("basis"),
                Text::tr("value in the basis of the format: %1").arg(QString::fromStdString(m_trace.basis)));
        if (m_trace.bad) {
            add("bad", Text::tr("left out"),
                Text::tr("the block holds NaN or infinity, so it decodes to NaN and no figure counts it"),
                InspectorStep::Kind::Warning);
            return std::move(m_steps);
        }
        if (const MetaTrace* apart = valueSetAside()) {
            addSetAside(*apart);
        } else {
            addScales();
            addNearestLevel();
            addRefinement();
            addProduct();
        }
        addResult();
        return std::move(m_steps);
    }

private:
    void add(const char* id, const QString& label, const QString& value,
        InspectorStep::Kind kind = InspectorStep::Kind::Plain)
    {
        m_steps.push_back({QString::fromLatin1(id), label, value, kind});
    }

    static QString metaText(const MetaTrace& meta)
    {
        constexpr int kLongCode = 8;
        const QString code = meta.bits > kLongCode
            ? QStringLiteral("0x%1").arg(meta.value, (meta.bits + 3) / 4, 16, QLatin1Char('0'))
            : QStringLiteral("%1").arg(meta.value, meta.bits, 2, QLatin1Char('0'));
        QString meaning = QString::fromStdString(meta.meaning);
        bool isNumber = false;
        const double value = meaning.toDouble(&isNumber);
        if (isNumber)
            meaning = number(value);
        return meaning.isEmpty() ? code : QStringLiteral("%1 = %2").arg(code, meaning);
    }

    void addMeta(const char* id, const char* name, const QString& label)
    {
        if (const MetaTrace* found = m_meta.onlyOrAt(name, m_subgroup))
            add(id, label, metaText(*found));
    }

    /// The number that is stored in place of the element's code; null where its code is what is stored.
    const MetaTrace* valueSetAside() const
    {
        if (!m_element.exception)
            return nullptr;
        const auto before = std::count_if(m_trace.elements.begin(),
            m_trace.elements.begin() + static_cast<std::ptrdiff_t>(m_element.index),
            [](const ElementTrace& other) { return other.exception; });
        return m_meta.at(kExceptionValue, static_cast<std::uint64_t>(before));
    }

    void addSetAside(const MetaTrace& apart)
    {
        add("setAside", Text::tr("set aside"), Text::tr("stored as a 16-bit float beside the codes"));
        add("storedValue", Text::tr("stored value"),
            QStringLiteral("0x%1 = %2")
                .arg(apart.value, 4, 16, QLatin1Char('0'))
                .arg(number(static_cast<double>(m_element.decoded))));
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
        addMeta("subScale", kSubScale, Text::tr("sub-block scale"));
        addMeta("subMinimum", kSubMinimum, Text::tr("sub-block minimum"));
        addMeta("superMinimum", kSuperMinimum, Text::tr("scale of the minima"));
        if (!m_element.exception)
            addMeta("othersOffset", kOthersOffset, Text::tr("others’ exponent"));
        add("scale", Text::tr("effective scale"), number(m_element.scale));
        addOffset();
        add("scaled", hasOffset() ? Text::tr("(w − offset) ÷ scale") : Text::tr("w ÷ scale"), number(m_element.scaled));
    }

    bool hasOffset() const { return m_element.offset != 0.0; }

    void addOffset()
    {
        const MetaTrace* stored = m_meta.at(kOffset, 0);
        if (!stored && !hasOffset())
            return;
        QString text = number(m_element.offset);
        if (stored)
            text = Text::tr("%1, adds %2").arg(metaText(*stored), text);
        add("offset", Text::tr("offset"), text);
    }

    void addNearestLevel()
    {
        if (m_trace.bookNames.size() > 1)
            add("book", Text::tr("codebook"), bookLabel(m_trace.bookNames, m_element.book));
        double lower = m_element.lowerBound;
        double upper = m_element.upperBound;
        const bool isOwn = m_meta.count(kLevels) > 0;
        if (isOwn)
            std::tie(lower, upper) = ownInterval();
        if (lower < upper)
            add("interval", Text::tr("decision interval"),
                Text::tr("%1 to %2").arg(boundText(lower), boundText(upper)));
        QString level = isOwn ? number(m_element.level) : levelText(m_element.level);
        if (m_element.use == CodeUse::Recycled)
            level = Text::tr("%1 (recycled −0)").arg(level);
        else if (isOwn)
            level = Text::tr("%1 (the block’s own codebook)").arg(level);
        add("level", Text::tr("nearest level"), level);
        add("bits", Text::tr("code"), QString::fromStdString(m_element.bits), InspectorStep::Kind::Bits);
        if (m_element.clipped)
            add("clipped", Text::tr("clipped"), Text::tr("beyond the outermost level"), InspectorStep::Kind::Warning);
        if (isPruned())
            add("pruned", Text::tr("pruned"), Text::tr("one of the smaller elements of its group: no code is stored"),
                InspectorStep::Kind::Warning);
    }

    /// Halfway to the neighboring levels of the block's own codebook, divided by the scale.
    std::pair<double, double> ownInterval() const
    {
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        if (!(m_element.scale > 0))
            return {0.0, 0.0};
        std::vector<double> levels;
        for (const MetaTrace& meta : m_trace.meta)
            if (meta.name == kLevels)
                levels.push_back(static_cast<double>(halfToFloat(static_cast<std::uint16_t>(meta.value))));
        std::sort(levels.begin(), levels.end());
        const double own = m_element.level * m_element.scale;
        const auto nearest = std::min_element(levels.begin(), levels.end(),
            [own](double a, double b) { return std::fabs(a - own) < std::fabs(b - own); });
        const double lower = nearest == levels.begin() ? -kInfinity : (*(nearest - 1) + *nearest) / 2;
        const double upper = nearest + 1 == levels.end() ? kInfinity : (*nearest + *(nearest + 1)) / 2;
        return {lower / m_element.scale, upper / m_element.scale};
    }

    /// N:M pruning stores the places of the kept elements group by group, in as many bits as a place needs.
    bool isPruned() const
    {
        const MetaTrace* first = m_meta.at(kKept, 0);
        if (!first)
            return false;
        const std::size_t group = std::size_t{1} << first->bits;
        const std::size_t kept = m_meta.count(kKept);
        const std::size_t length = m_trace.elements.size();
        if (length % group != 0 || kept * group % length != 0)
            return false;
        const std::size_t keep = kept * group / length;
        for (std::size_t i = 0; i < keep; ++i) {
            const MetaTrace* place = m_meta.at(kKept, m_element.index / group * keep + i);
            if (place && place->value == m_element.index % group)
                return false;
        }
        return true;
    }

    void addRefinement()
    {
        if (!m_element.exception)
            return;
        addMeta("refinement", kExceptionMantissa, Text::tr("exception mantissa"));
        addMeta("refinement", kTop1Mantissa, Text::tr("top-1 mantissa"));
        if (const MetaTrace* again = m_meta.at(kResidualCode, m_element.index))
            add("residual", Text::tr("second code"),
                Text::tr("%1, for what the first one leaves").arg(metaText(*again)));
        add("refinedLevel", Text::tr("refined level"), number(m_element.refinedLevel));
    }

    void addProduct()
    {
        const double level = m_element.exception ? m_element.refinedLevel : m_element.level;
        const QString product = QStringLiteral("%1 × %2").arg(number(level), number(m_element.scale));
        if (hasOffset())
            add("product", Text::tr("level × scale + offset"),
                QStringLiteral("%1 + %2").arg(product, number(m_element.offset)));
        else
            add("product", Text::tr("level × scale"), product);
    }

    void addResult()
    {
        add("decoded", Text::tr("decoded value"), number(static_cast<double>(m_element.decoded)),
            InspectorStep::Kind::Result);
        add("error", Text::tr("decoded − w"), number(m_element.error), InspectorStep::Kind::Result);
        const double magnitude = std::fabs(static_cast<double>(m_element.value));
        add("relative", Text::tr("relative error"),
            magnitude > 0 ? percentText(std::fabs(m_element.error) / magnitude) : QStringLiteral("–"));
    }

    const BlockTrace& m_trace;
    BlockMeta m_meta;
    const ElementTrace& m_element;
    std::uint64_t m_subgroup;
    std::vector<InspectorStep> m_steps;
};

}  // namespace

std::vector<InspectorStep> inspectorSteps(const BlockTrace& trace, int element)
{
    return Derivation(trace, element).steps();
}

}  // namespace nanoscope
