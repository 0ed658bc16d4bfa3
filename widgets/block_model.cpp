#include "widgets/block_model.h"

#include "widgets/book_label.h"
#include "widgets/number_text.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <utility>

namespace nanoscope {
namespace {

/// First element of the largest magnitude; -1 in a block without one.
int largestElement(const BlockTrace& trace)
{
    int largest = -1;
    float magnitude = 0.0F;
    for (std::size_t i = 0; i < trace.elements.size(); ++i) {
        if (std::fabs(trace.elements[i].value) > magnitude) {
            magnitude = std::fabs(trace.elements[i].value);
            largest = static_cast<int>(i);
        }
    }
    return largest;
}

/// Three significant digits, or as many as fit seven characters: "−0.0313", "0.00781", "−1.1e−4".
QString narrowNumberText(double value)
{
    constexpr qsizetype kRoom = 7;
    static const QRegularExpression padding(QStringLiteral("e([+-])0*(\\d+)$"));
    QString text;
    for (const auto& [format, precision] : {std::pair{'g', 3}, {'g', 2}, {'e', 1}, {'e', 0}}) {
        text = QString::number(value, format, precision);
        text.replace(padding, QStringLiteral("e\\1\\2")).replace(QStringLiteral("e+"), QStringLiteral("e"));
        if (text.size() <= kRoom)
            break;
    }
    return text.replace(u'-', QChar(0x2212));
}

}  // namespace

BlockModel::BlockModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void BlockModel::setTrace(std::shared_ptr<const BlockTrace> trace)
{
    const bool sameCells = m_trace && trace && m_trace->elements.size() == trace->elements.size();
    if (!sameCells)
        beginResetModel();
    m_trace = std::move(trace);
    m_largest = m_trace && !m_trace->bad ? largestElement(*m_trace) : -1;
    if (!sameCells)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void BlockModel::setColumns(int columns)
{
    if (columns == m_columns)
        return;
    beginResetModel();
    m_columns = std::max(columns, 1);
    endResetModel();
}

void BlockModel::setHighlightedLevel(const std::optional<LevelId>& id)
{
    if (id == m_highlighted)
        return;
    m_highlighted = id;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {CellRole, Qt::AccessibleTextRole});
}

int BlockModel::elements() const
{
    return m_trace ? static_cast<int>(m_trace->elements.size()) : 0;
}

int BlockModel::elementAt(const QModelIndex& index) const
{
    const int element = index.isValid() ? index.row() * m_columns + index.column() : -1;
    return element < elements() ? element : -1;
}

QModelIndex BlockModel::indexOfElement(int element) const
{
    if (element < 0 || element >= elements())
        return {};
    return index(element / m_columns, element % m_columns);
}

int BlockModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : (elements() + m_columns - 1) / m_columns;
}

int BlockModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : std::min(m_columns, elements());
}

BlockCell BlockModel::cellOf(int element) const
{
    const ElementTrace& trace = m_trace->elements[static_cast<std::size_t>(element)];
    BlockCell cell;
    if (m_trace->bad) {
        cell.value = levelText(static_cast<double>(trace.decoded));
        return cell;
    }
    cell.value = narrowNumberText(static_cast<double>(trace.decoded));
    cell.bits = QString::fromStdString(trace.bits);
    cell.fields = trace.book < m_trace->bitFields.size() ? m_trace->bitFields[trace.book] : std::vector<BitField>{};
    cell.isException = trace.exception;
    cell.isClipped = trace.clipped;
    cell.isLargest = element == m_largest;
    cell.isHighlighted = m_highlighted == LevelId{trace.book, trace.code};
    return cell;
}

QString BlockModel::sentenceFor(int element) const
{
    const ElementTrace& trace = m_trace->elements[static_cast<std::size_t>(element)];
    const QString value = shortNumberText(static_cast<double>(trace.value), 6);
    if (m_trace->bad)
        return tr("element %1: value %2; the block holds NaN or infinity and is left out").arg(element).arg(value);
    QString text = tr("element %1: value %2, code %3, level %4, decoded %5, error %6")
                       .arg(element)
                       .arg(value, QString::fromStdString(trace.bits), levelText(trace.level),
                           shortNumberText(static_cast<double>(trace.decoded), 6), shortNumberText(trace.error, 3));
    if (m_trace->bookNames.size() > 1)
        text += tr(", codebook %1").arg(bookLabel(m_trace->bookNames, trace.book));
    if (trace.exception)
        text += tr(", stored more finely as level %1").arg(shortNumberText(trace.refinedLevel, 6));
    if (!m_trace->basis.empty() && m_trace->basis != "as stored")
        text += tr(", all in the basis of the format");
    if (trace.clipped)
        text += tr(", clipped");
    if (element == m_largest)
        text += tr(", largest of the block");
    if (m_highlighted == LevelId{trace.book, trace.code})
        text += tr(", has the highlighted code");
    return text;
}

QVariant BlockModel::data(const QModelIndex& index, int role) const
{
    const int element = elementAt(index);
    if (element < 0)
        return {};
    switch (role) {
    case Qt::DisplayRole: {
        const BlockCell cell = cellOf(element);
        return cell.bits.isEmpty() ? cell.value : QStringLiteral("%1 %2").arg(cell.bits, cell.value);
    }
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return sentenceFor(element);
    case CellRole:
        return QVariant::fromValue(cellOf(element));
    default:
        return {};
    }
}

QVariant BlockModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    return orientation == Qt::Horizontal ? section : section * m_columns;
}

Qt::ItemFlags BlockModel::flags(const QModelIndex& index) const
{
    return elementAt(index) < 0 ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

}  // namespace nanoscope
