#include "widgets/tensor_model.h"

#include "widgets/number_text.h"

#include <cmath>
#include <optional>

namespace nanoscope {

/// A group (its part ends in a separator) or a tensor.
struct TensorModel::Node {
    QString part;  // what it adds to its parent's name
    Node* parent = nullptr;
    int row = 0;
    std::optional<std::size_t> tensor;
    std::vector<std::unique_ptr<Node>> children;

    Node* addChild(const QString& name)
    {
        auto node = std::make_unique<Node>();
        node->part = name;
        node->parent = this;
        children.push_back(std::move(node));
        return children.back().get();
    }

    int tensorCount() const
    {
        int count = tensor ? 1 : 0;
        for (const auto& node : children)
            count += node->tensorCount();
        return count;
    }

    /// Joins groups that have a single member with it and numbers the rows.
    void tidy()
    {
        while (parent && !tensor && children.size() == 1) {
            const std::unique_ptr<Node> only = std::move(children.front());
            part += only->part;
            tensor = only->tensor;
            children = std::move(only->children);
            for (const auto& node : children)
                node->parent = this;
        }
        int number = 0;
        for (const auto& node : children) {
            node->row = number++;
            node->tidy();
        }
    }

    /// What a row shows: its part without the separator that ties it to its parent or children.
    QString label() const
    {
        QString text = part;
        if (!tensor && (text.endsWith(u'/') || text.endsWith(u'.')))
            text.chop(1);
        return text;
    }
};

namespace {

/// A name cut behind every separator: "a/b.c" gives "a/", "b.", "c".
QStringList partsOf(const QString& name)
{
    QStringList parts;
    qsizetype start = 0;
    for (qsizetype i = 0; i + 1 < name.size(); ++i) {
        if (name[i] == u'/' || name[i] == u'.') {
            parts << name.sliced(start, i + 1 - start);
            start = i + 1;
        }
    }
    parts << name.sliced(start);
    return parts;
}

}  // namespace

TensorModel::TensorModel(QObject* parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

TensorModel::~TensorModel() = default;

void TensorModel::setTensors(std::vector<TensorInfo> tensors)
{
    beginResetModel();
    m_tensors = std::move(tensors);
    m_sqnr.clear();
    m_nodes.clear();
    m_root = std::make_unique<Node>();
    QHash<QString, Node*> groups;  // by full prefix
    for (std::size_t i = 0; i < m_tensors.size(); ++i) {
        Node* node = m_root.get();
        QString prefix;
        for (const QString& part : partsOf(QString::fromStdString(m_tensors[i].name))) {
            prefix += part;
            Node*& next = groups[prefix];
            if (!next)
                next = node->addChild(part);
            node = next;
        }
        node->tensor = i;
    }
    m_root->tidy();

    std::vector<const Node*> open{m_root.get()};
    while (!open.empty()) {
        const Node* node = open.back();
        open.pop_back();
        if (node->tensor)
            m_nodes.insert(QString::fromStdString(m_tensors[*node->tensor].name), node);
        for (const auto& child : node->children)
            open.push_back(child.get());
    }
    endResetModel();
}

void TensorModel::setSqnr(const QString& name, double decibel)
{
    const auto found = m_nodes.constFind(name);
    if (found == m_nodes.cend())
        return;
    m_sqnr.insert(name, decibel);
    const QModelIndex cell = indexOfNode(**found, SqnrColumn);
    Q_EMIT dataChanged(cell, cell);
}

void TensorModel::clearSqnr()
{
    const QStringList names = m_sqnr.keys();
    m_sqnr.clear();
    for (const QString& name : names) {
        const QModelIndex cell = indexOfNode(*m_nodes.value(name), SqnrColumn);
        Q_EMIT dataChanged(cell, cell);
    }
}

QModelIndex TensorModel::indexOf(const QString& name) const
{
    const auto found = m_nodes.constFind(name);
    return found == m_nodes.cend() ? QModelIndex{} : indexOfNode(**found, NameColumn);
}

const TensorInfo* TensorModel::tensorAt(const QModelIndex& index) const
{
    const Node* node = nodeAt(index);
    return node->tensor ? &m_tensors[*node->tensor] : nullptr;
}

const TensorModel::Node* TensorModel::nodeAt(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<const Node*>(index.constInternalPointer()) : m_root.get();
}

QModelIndex TensorModel::indexOfNode(const Node& node, int column) const
{
    return createIndex(node.row, column, &node);
}

QModelIndex TensorModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return indexOfNode(*nodeAt(parent)->children[static_cast<std::size_t>(row)], column);
}

QModelIndex TensorModel::parent(const QModelIndex& child) const
{
    const Node* node = nodeAt(child);
    if (!node->parent || node->parent == m_root.get())
        return {};
    return indexOfNode(*node->parent, NameColumn);
}

int TensorModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeAt(parent)->children.size());
}

int TensorModel::columnCount(const QModelIndex&) const
{
    return kColumns;
}

QVariant TensorModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Node& node = *nodeAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return textOf(node, index.column());
    case Qt::ToolTipRole:
        return toolTipOf(node);
    case Qt::TextAlignmentRole:
        return index.column() == SqnrColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case FullNameRole:
        return node.tensor ? QString::fromStdString(m_tensors[*node.tensor].name) : QString();
    case SortRole:
        return sortKeyOf(node, index.column());
    default:
        return {};
    }
}

QString TensorModel::textOf(const Node& node, int column) const
{
    if (column == NameColumn)
        return node.label();
    if (!node.tensor)
        return column == ShapeColumn ? tr("%1 tensors").arg(node.tensorCount()) : QString();
    const TensorInfo& info = m_tensors[*node.tensor];
    if (column == ShapeColumn)
        return QString::fromStdString(shapeText(info.shape));
    if (column == TypeColumn)
        return QString::fromStdString(info.dtype);
    const auto sqnr = m_sqnr.constFind(QString::fromStdString(info.name));
    if (sqnr == m_sqnr.cend())
        return {};
    return std::isfinite(*sqnr) ? tr("%1 dB").arg(fixedText(*sqnr, 1)) : QStringLiteral("–");
}

QVariant TensorModel::sortKeyOf(const Node& node, int column) const
{
    if (column == ShapeColumn)
        return node.tensor ? QVariant::fromValue<qulonglong>(m_tensors[*node.tensor].elements) : QVariant();
    if (column == SqnrColumn) {
        const QString name = node.tensor ? QString::fromStdString(m_tensors[*node.tensor].name) : QString();
        return m_sqnr.contains(name) ? QVariant(m_sqnr.value(name)) : QVariant();
    }
    return textOf(node, column);
}

QString TensorModel::toolTipOf(const Node& node) const
{
    if (!node.tensor)
        return tr("%1 tensors").arg(node.tensorCount());
    const TensorInfo& info = m_tensors[*node.tensor];
    const QString name = QString::fromStdString(info.name);
    if (!info.explorable)
        return tr("%1 cannot be explored: %2").arg(name, QString::fromStdString(info.reason));
    return tr("%1: %L2 elements, %3, stored as %4")
        .arg(name)
        .arg(static_cast<qulonglong>(info.elements))
        .arg(QString::fromStdString(shapeText(info.shape)), QString::fromStdString(info.dtype));
}

QVariant TensorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == SqnrColumn)
        return tr("Signal-to-quantization-noise ratio under format A, as far as known");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Tensor");
    case ShapeColumn:
        return tr("Shape");
    case TypeColumn:
        return tr("Type");
    case SqnrColumn:
        return tr("SQNR");
    default:
        return {};
    }
}

Qt::ItemFlags TensorModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const TensorInfo* info = tensorAt(index);
    if (!info)
        return Qt::ItemIsEnabled;  // a group opens, but is nothing to explore
    return info->explorable ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags;
}

}  // namespace nanoscope
