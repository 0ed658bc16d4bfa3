#include "widgets/level_model.h"

#include "widgets/book_label.h"
#include "widgets/number_text.h"
#include "widgets/plot_data.h"

#include <QFont>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nanoscope {
namespace {

/// Rows of a report's levels in the order in which they are shown.
std::vector<std::size_t> rowOrder(const std::vector<LevelCount>& levels)
{
    std::vector<std::size_t> rows(levels.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        const LevelCount& x = levels[a];
        const LevelCount& y = levels[b];
        if (x.book != y.book)
            return x.book < y.book;
        if (x.isStructurallyVacant() != y.isStructurallyVacant())
            return y.isStructurallyVacant();
        // A NaN level compares with nothing; those rows keep the order of their codes.
        return !x.isStructurallyVacant() && x.level < y.level;
    });
    return rows;
}

bool isSameLevel(const LevelCount& a, const LevelCount& b)
{
    return a.book == b.book && a.code == b.code && a.use == b.use
        && (a.level == b.level || (std::isnan(a.level) && std::isnan(b.level)));
}

bool haveSameLevels(const Report& a, const Report& b)
{
    return booksOf(a.format.spec) == booksOf(b.format.spec)
        && std::equal(a.levels.begin(), a.levels.end(), b.levels.begin(), b.levels.end(), isSameLevel);
}

}  // namespace

LevelModel::LevelModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void LevelModel::setReport(std::shared_ptr<const Report> report)
{
    const bool sameRows = m_report && report && haveSameLevels(*m_report, *report);
    if (!sameRows)
        beginResetModel();
    m_report = std::move(report);
    m_counted = 0.0;
    m_squaredError = 0.0;
    m_bookNames.clear();
    m_bookBits.clear();
    if (!m_report) {
        m_natural.clear();
        m_rows.clear();
    } else {
        if (!sameRows)
            m_natural = rowOrder(m_report->levels);
        for (const ElementBook& book : booksOf(m_report->format.spec)) {
            m_bookNames.push_back(book.id);
            m_bookBits.push_back(book.codeBits());
        }
        for (const LevelCount& level : m_report->levels) {
            for (; level.book >= m_bookBits.size(); m_bookBits.push_back(m_report->format.spec.codeBits()))
                m_bookNames.emplace_back("?");  // a book that the format does not name
            m_counted += static_cast<double>(level.count);
            m_squaredError += level.squaredError;
        }
    }
    if (!sameRows) {
        orderRows();
        endResetModel();
        return;
    }
    if (ordersByFigures())
        sort(m_sortColumn, m_sortOrder);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, CountColumn), index(rowCount() - 1, NoteColumn));
}

bool LevelModel::ordersByFigures() const
{
    return m_sortColumn == CountColumn || m_sortColumn == ShareColumn || m_sortColumn == ErrorColumn
        || m_sortColumn == NoteColumn;
}

void LevelModel::orderRows()
{
    m_rows = m_natural;
    const auto isLess = [this](std::size_t a, std::size_t b) {
        const LevelCount& x = m_report->levels[a];
        const LevelCount& y = m_report->levels[b];
        switch (m_sortColumn) {
        case CodeColumn:
        case BitsColumn:
            return x.code < y.code;
        case CountColumn:
        case ShareColumn:
            return x.count < y.count;
        case ErrorColumn:
            return x.squaredError < y.squaredError;
        case NoteColumn:
            return noteOf(x) < noteOf(y);
        default:
            return false;  // the model's own order: by book, then by level
        }
    };
    if (m_sortOrder == Qt::DescendingOrder)
        std::reverse(m_rows.begin(), m_rows.end());
    std::stable_sort(m_rows.begin(), m_rows.end(),
        [&](std::size_t a, std::size_t b) { return m_sortOrder == Qt::AscendingOrder ? isLess(a, b) : isLess(b, a); });
}

void LevelModel::sort(int column, Qt::SortOrder order)
{
    Q_EMIT layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<std::size_t> kept;
    for (const QModelIndex& index : before)
        kept.push_back(m_rows[static_cast<std::size_t>(index.row())]);
    m_sortColumn = column;
    m_sortOrder = order;
    orderRows();
    std::vector<int> rowOfLevel(m_rows.size());
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        rowOfLevel[m_rows[row]] = static_cast<int>(row);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i)
        after << index(rowOfLevel[kept[static_cast<std::size_t>(i)]], before[i].column());
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

QString LevelModel::note() const
{
    if (!m_report)
        return {};
    std::uint64_t codes = 0;
    for (const int bits : m_bookBits)
        codes += std::uint64_t{1} << bits;
    if (m_report->levels.size() < codes)
        return tr("Only codes that occur are listed: %1 of %2")
            .arg(countText(m_report->levels.size()), countText(codes));
    const FormatSpec& spec = m_report->format.spec;
    if (!spec.mix && spec.elements.front().kind == BookKind::Fitted && spec.geometry.wholeRow)
        return tr("Every row has levels of its own: these are their means, divided by the row’s largest value");
    return {};
}

bool LevelModel::hasSeveralBooks() const
{
    return m_bookNames.size() > 1;
}

LevelId LevelModel::idAt(int row) const
{
    const LevelCount& level = levelAt(row);
    return {level.book, level.code};
}

int LevelModel::rowOf(LevelId id) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (idAt(row) == id)
            return row;
    return -1;
}

int LevelModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LevelModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

const LevelCount& LevelModel::levelAt(int row) const
{
    return m_report->levels[m_rows[static_cast<std::size_t>(row)]];
}

double LevelModel::shareOf(const LevelCount& level) const
{
    return m_counted > 0 ? static_cast<double>(level.count) / m_counted : 0.0;
}

double LevelModel::errorShareOf(const LevelCount& level) const
{
    return m_squaredError > 0 ? level.squaredError / m_squaredError : 0.0;
}

QString LevelModel::bitsOf(const LevelCount& level) const
{
    return QStringLiteral("%1").arg(level.code, m_bookBits[level.book], 2, QLatin1Char('0'));
}

QString LevelModel::noteOf(const LevelCount& level) const
{
    switch (level.use) {
    case CodeUse::Redundant:
        return level.level == 0 ? tr("structural: −0, wasted") : tr("structural: repeats a level");
    case CodeUse::NotANumber:
        return tr("structural: NaN or infinity");
    case CodeUse::Recycled:
        return level.count == 0 ? tr("vacant, recycled −0") : tr("recycled −0");
    case CodeUse::Level:
        break;
    }
    return level.count == 0 ? tr("vacant") : QString();
}

QString LevelModel::textOf(const LevelCount& level, int column) const
{
    switch (column) {
    case BookColumn:
        return bookLabel(m_bookNames, level.book);
    case CodeColumn:
        return QString::number(level.code);
    case BitsColumn:
        return bitsOf(level);
    case LevelColumn:
        return level.use == CodeUse::Redundant && level.level == 0 ? QStringLiteral("−0") : levelText(level.level);
    case CountColumn:
        return countText(level.count);
    case ShareColumn:
        return level.isStructurallyVacant() ? QStringLiteral("–") : percentText(shareOf(level));
    case ErrorColumn:
        return level.isStructurallyVacant() ? QStringLiteral("–") : percentText(errorShareOf(level));
    case NoteColumn:
        return noteOf(level);
    default:
        return {};
    }
}

QVariant LevelModel::exactOf(const LevelCount& level, int column) const
{
    switch (column) {
    case CodeColumn:
        return QVariant::fromValue<qulonglong>(level.code);
    case LevelColumn:
        return level.level;
    case CountColumn:
        return QVariant::fromValue<qulonglong>(level.count);
    case ShareColumn:
        return shareOf(level);
    case ErrorColumn:
        return errorShareOf(level);
    default:
        return textOf(level, column);
    }
}

QVariant LevelModel::sortKeyOf(const LevelCount& level, int row, int column) const
{
    switch (column) {
    case CodeColumn:
    case BitsColumn:
        return level.code;
    case CountColumn:
    case ShareColumn:
        return QVariant::fromValue<qulonglong>(level.count);
    case ErrorColumn:
        return level.squaredError;
    case NoteColumn:
        return noteOf(level);
    default:
        return row;  // the model's own order: by book, then by level
    }
}

QVariant LevelModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const LevelCount& level = levelAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(level, index.column());
    case Qt::TextAlignmentRole:
        if (index.column() == NoteColumn || index.column() == BookColumn)
            return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return index.column() == NoteColumn ? QVariant(noteOf(level)) : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setItalic(level.count == 0);
        return level.count == 0 ? QVariant(font) : QVariant();
    }
    case kPlotValueRole:
        return exactOf(level, index.column());
    case SortRole:
        return sortKeyOf(level, index.row(), index.column());
    case VacantRole:
        return level.count == 0;
    default:
        return {};
    }
}

QVariant LevelModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool isTip = role == Qt::ToolTipRole;
    switch (section) {
    case BookColumn:
        return isTip ? tr("Codebook that the code belongs to") : tr("Book");
    case CodeColumn:
        return isTip ? tr("The code as a number") : tr("Code");
    case BitsColumn:
        return isTip ? tr("The code's bits, most significant first") : tr("Bits");
    case LevelColumn:
        return isTip ? tr("What the code stands for, before scaling") : tr("Level");
    case CountColumn:
        return isTip ? tr("Elements that were given the code") : tr("Count");
    case ShareColumn:
        return isTip ? tr("Share of all elements") : tr("Share");
    case ErrorColumn:
        return isTip ? tr("Share of the tensor's squared error") : tr("Error share");
    case NoteColumn:
        return isTip ? tr("Why a level is vacant, and what became of −0") : tr("Note");
    default:
        return {};
    }
}

}  // namespace nanoscope
