#include "widgets/level_strips.h"

#include "widgets/book_label.h"
#include "widgets/level_axis.h"
#include "widgets/number_text.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace nanoscope {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Decision interval: to the midpoints of the neighbouring levels. Nothing is known of it where neighbors are missing.
void setBounds(LevelMark& mark, const std::vector<double>& levels, bool listsUsedOnly)
{
    if (listsUsedOnly) {
        mark.lower = mark.upper = mark.level;
        return;
    }
    const auto at = std::lower_bound(levels.begin(), levels.end(), mark.level);
    mark.lower = at == levels.begin() ? -kInfinity : (*(at - 1) + *at) / 2;
    mark.upper = at == levels.end() || at + 1 == levels.end() ? kInfinity : (*at + *(at + 1)) / 2;
}

LevelStrip stripOf(const Report& report, std::uint32_t book, int width)
{
    LevelStrip strip;
    strip.codeBits = width;
    std::uint64_t listed = 0;
    for (const LevelCount& entry : report.levels) {
        if (entry.book != book)
            continue;
        ++listed;
        if (entry.use == CodeUse::NotANumber || !std::isfinite(entry.level)) {
            ++strip.notNumbers;
            continue;
        }
        LevelMark mark;
        mark.id = {entry.book, entry.code};
        mark.level = entry.level + 0.0;  // -0 to 0
        mark.count = entry.count;
        mark.squaredError = entry.squaredError;
        mark.recycled = entry.use == CodeUse::Recycled;
        mark.structural = entry.isStructurallyVacant();
        if (!mark.structural)
            strip.levels.push_back(mark.level);
        strip.marks.push_back(std::move(mark));
    }
    std::stable_sort(strip.marks.begin(), strip.marks.end(), [](const LevelMark& a, const LevelMark& b) {
        return a.level != b.level ? a.level < b.level : a.structural < b.structural;
    });
    std::sort(strip.levels.begin(), strip.levels.end());
    strip.levels.erase(std::unique(strip.levels.begin(), strip.levels.end()), strip.levels.end());
    strip.listsUsedOnly = listed < std::uint64_t{1} << width;
    for (LevelMark& mark : strip.marks)
        setBounds(mark, strip.levels, strip.listsUsedOnly);
    if (book < report.density.size())
        strip.density = report.density[book];
    return strip;
}

/// Codebooks that differ only in the recycled level bear the same name in the spec.
void nameStrips(std::vector<LevelStrip>& strips, const std::vector<ElementBook>& books)
{
    for (std::size_t i = 0; i < strips.size(); ++i) {
        if (i >= books.size())
            continue;
        const auto same = std::count_if(
            books.begin(), books.end(), [&](const ElementBook& book) { return book.id == books[i].id; });
        strips[i].name = QString::fromStdString(books[i].id);
        if (same < 2)
            continue;
        const auto recycled = std::find_if(
            strips[i].marks.begin(), strips[i].marks.end(), [](const LevelMark& mark) { return mark.recycled; });
        strips[i].name += recycled != strips[i].marks.end()
            ? QStringLiteral(" (%1 → %2)").arg(levelText(-0.5).left(1) + QLatin1Char('0'), levelText(recycled->level))
            : QStringLiteral(" #%1").arg(i + 1);
    }
}

}  // namespace

LevelStrips::LevelStrips(const Report& report)
    : m_elements(report.elements - std::min(report.elements, report.excluded))
{
    std::uint32_t books = 0;
    for (const LevelCount& entry : report.levels) {
        books = std::max(books, entry.book + 1);
        m_squaredError += entry.squaredError;
    }
    const FormatSpec& spec = report.format.spec;
    const std::vector<ElementBook> elements = booksOf(spec);
    m_hasOwnLevels = !spec.mix && spec.elements.front().kind == BookKind::Fitted && spec.geometry.wholeRow;
    const std::vector<LevelLine> lines = levelLines(report);
    for (std::uint32_t book = 0; book < books; ++book) {
        const bool known = book < elements.size();
        m_strips.push_back(stripOf(report, book, known ? elements[book].codeBits() : report.format.spec.codeBits()));
        m_strips.back().line = lines[book];
    }
    nameStrips(m_strips, elements);

    const std::uint64_t units
        = std::accumulate(report.blocksPerBook.begin(), report.blocksPerBook.end(), std::uint64_t{0});
    const auto& chooser = report.format.spec.chooser;
    for (std::size_t i = 0; m_strips.size() > 1 && i < std::min(m_strips.size(), report.blocksPerBook.size()); ++i) {
        m_strips[i].share = units > 0 ? static_cast<double>(report.blocksPerBook[i]) / static_cast<double>(units) : 0.0;
        m_strips[i].sharesSubgroups = chooser && chooser->unit == Unit::Subgroup;
    }
}

std::optional<std::size_t> LevelStrips::indexOf(LevelId id) const
{
    if (id.book >= m_strips.size())
        return std::nullopt;
    const auto& marks = m_strips[id.book].marks;
    const auto at = std::find_if(marks.begin(), marks.end(), [id](const LevelMark& mark) { return mark.id == id; });
    if (at == marks.end())
        return std::nullopt;
    return static_cast<std::size_t>(at - marks.begin());
}

const LevelMark* LevelStrips::find(LevelId id) const
{
    const auto index = indexOf(id);
    return index ? &m_strips[id.book].marks[*index] : nullptr;
}

QString LevelStrips::bitsOf(const LevelMark& mark) const
{
    return QStringLiteral("%1").arg(mark.id.code, m_strips[mark.id.book].codeBits, 2, QLatin1Char('0'));
}

QString LevelStrips::describe(const LevelMark& mark) const
{
    const LevelStrip& strip = m_strips[mark.id.book];
    const auto share = [](double part, double whole) { return percentText(whole > 0 ? part / whole : 0.0); };
    QStringList lines;
    lines << tr("Level %1 · code %2 (%3) · %4")
                 .arg(levelText(mark.level), bitsOf(mark), QString::number(mark.id.code), strip.name);
    if (mark.structural) {
        lines << tr("Structural: repeats a level and is never written");
        return lines.join(QLatin1Char('\n'));
    }
    if (mark.recycled)
        lines << tr("Recycled: the code of minus zero, put to use");
    if (mark.isVacant()) {
        lines << tr("Vacant: no element of this tensor takes it");
    } else {
        lines << tr("%1 elements, %2 of all")
                     .arg(countText(mark.count),
                         share(static_cast<double>(mark.count), static_cast<double>(m_elements)));
        lines << tr("%1 of the squared error").arg(share(mark.squaredError, m_squaredError));
    }
    if (mark.lower == mark.upper)  // not known
        return lines.join(QLatin1Char('\n'));
    if (std::isinf(mark.lower))
        lines << tr("Takes value ÷ scale below %1").arg(levelText(mark.upper));
    else if (std::isinf(mark.upper))
        lines << tr("Takes value ÷ scale above %1").arg(levelText(mark.lower));
    else
        lines << tr("Takes value ÷ scale from %1 to %2").arg(levelText(mark.lower), levelText(mark.upper));
    return lines.join(QLatin1Char('\n'));
}

QString LevelStrips::describeShortly(const LevelMark& mark) const
{
    if (mark.structural)
        return tr("code %1 structural").arg(bitsOf(mark));
    if (mark.isVacant())
        return tr("%1 vacant").arg(shortLevelText(mark.level));
    return QStringLiteral("%1: %2").arg(shortLevelText(mark.level), countText(mark.count));
}

namespace {

std::vector<double> boxBlurred(const std::vector<double>& values, std::size_t radius)
{
    std::vector<double> sums(values.size() + 1, 0.0);
    std::partial_sum(values.begin(), values.end(), sums.begin() + 1);
    std::vector<double> blurred(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t first = i > radius ? i - radius : 0;
        const std::size_t end = std::min(values.size(), i + radius + 1);
        blurred[i] = (sums[end] - sums[first]) / static_cast<double>(end - first);
    }
    return blurred;
}

/// Elements of a bin as far as they lie in it: the outermost bins also hold what is beyond them, so that they count as
/// no more than their neighbors.
double elementsInside(const Density& density, std::size_t bin)
{
    const std::vector<std::uint64_t>& counts = density.counts;
    if (counts.size() < 3 || (bin > 0 && bin + 1 < counts.size()))
        return static_cast<double>(counts[bin]);
    return static_cast<double>(std::min(counts[bin], bin == 0 ? counts[1] : counts[bin - 1]));
}

}  // namespace

bool resolves(const Density& density, double lowest, double highest)
{
    constexpr double kFewestBins = 24;
    const double width = density.highest - density.lowest;
    return !density.counts.empty()
        && (highest - lowest) * static_cast<double>(density.counts.size()) >= kFewestBins * width;
}

std::vector<double> densityCurve(const Density& density, double lowest, double highest, int columns, double unit)
{
    if (columns <= 0 || density.counts.empty() || !(highest > lowest) || !(density.highest > density.lowest))
        return {};
    const auto bins = static_cast<double>(density.counts.size());
    const double binWidth = (density.highest - density.lowest) / bins;
    std::vector<double> below(density.counts.size() + 1, 0.0);  // elements below each edge
    for (std::size_t i = 0; i < density.counts.size(); ++i)
        below[i + 1] = below[i] + elementsInside(density, i);
    const auto elementsBelow = [&](double value) {
        const double position = std::clamp((value - density.lowest) / binWidth, 0.0, bins);
        const std::size_t bin = std::min(static_cast<std::size_t>(position), density.counts.size() - 1);
        return below[bin] + (position - static_cast<double>(bin)) * elementsInside(density, bin);
    };
    const double columnWidth = (highest - lowest) / columns;
    std::vector<double> curve(static_cast<std::size_t>(columns));
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const double left = lowest + columnWidth * static_cast<double>(i);
        curve[i] = (elementsBelow(left + columnWidth) - elementsBelow(left)) / columnWidth * unit;
    }
    const auto radius = static_cast<std::size_t>(std::max(1.0, std::ceil(binWidth / columnWidth / 2)));
    return boxBlurred(boxBlurred(curve, radius), radius);
}

}  // namespace nanoscope
