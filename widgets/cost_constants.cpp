#include "widgets/cost_constants.h"

#include <QFont>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace nanoscope {
namespace {

QString nameAt(int row)
{
    const std::string_view name = constantFields()[static_cast<std::size_t>(row)].name;
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString pathAt(int row)
{
    return QStringLiteral("constants.") + nameAt(row);
}

}  // namespace

CostConstantModel::CostConstantModel(QObject* parent)
    : QAbstractTableModel(parent)
    , m_constants(shippedConstants())
    , m_shipped(m_constants)
{
    for (const ConstantField& field : constantFields())
        m_notes.push_back(constantNote(field.name));
}

void CostConstantModel::setConstants(const HardwareConstants& constants)
{
    if (constants == m_constants)
        return;
    m_constants = constants;
    Q_EMIT dataChanged(index(0, NameColumn), index(rowCount() - 1, ValueColumn));
}

int CostConstantModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_notes.size());
}

int CostConstantModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(kColumns);
}

QVariant CostConstantModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const double value = m_constants.*constantFields()[row].value;
    const double shipped = m_shipped.*constantFields()[row].value;
    const QString valueText = QString::number(value, 'g', 10);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case NameColumn:
            return nameAt(index.row());
        case ValueColumn:
            // A sign, not only bold type, tells what is not as shipped.
            return value == shipped ? valueText : valueText + QStringLiteral(" *");
        case UnitColumn:
            return QString::fromStdString(m_notes[row].unit);
        case MeaningColumn:
            return QString::fromStdString(m_notes[row].meaning);
        case SourceColumn:
            return QString::fromStdString(m_notes[row].source);
        default:
            return {};
        }
    case Qt::EditRole:
        return valueText;
    case Qt::ToolTipRole:
        return tr("%1\nas shipped: %2 %3\n%4")
            .arg(QString::fromStdString(m_notes[row].meaning), QString::number(shipped, 'g', 10),
                QString::fromStdString(m_notes[row].unit), QString::fromStdString(m_notes[row].source));
    case Qt::FontRole: {
        QFont font;
        font.setBold(true);
        return index.column() == ValueColumn && value != shipped ? QVariant(font) : QVariant();
    }
    case Qt::TextAlignmentRole:
        return index.column() == ValueColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                             : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant CostConstantModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Constant");
    case ValueColumn:
        return tr("Value");
    case UnitColumn:
        return tr("Unit");
    case MeaningColumn:
        return tr("Meaning");
    case SourceColumn:
        return tr("Source");
    default:
        return {};
    }
}

Qt::ItemFlags CostConstantModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.column() == ValueColumn ? usual | Qt::ItemIsEditable : usual;
}

bool CostConstantModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || index.column() != ValueColumn)
        return false;
    const QString typed = value.toString().replace(u',', u'.').trimmed();
    bool isNumber = false;
    const double number = typed.toDouble(&isNumber);
    if (typed.isEmpty())
        Q_EMIT settingAsked(pathAt(index.row()), pathAt(index.row()) + QStringLiteral("=null"));
    else if (!isNumber)
        Q_EMIT refused(tr("%1: “%2” is no number; type one with digits and a point").arg(nameAt(index.row()), typed));
    else if (number != m_constants.*constantFields()[static_cast<std::size_t>(index.row())].value)
        Q_EMIT settingAsked(pathAt(index.row()), pathAt(index.row()) + u'=' + typed);
    return true;
}

CostConstantTable::CostConstantTable(QWidget* parent)
    : QWidget(parent)
    , m_model(new CostConstantModel(this))
    , m_view(new QTableView)
{
    auto* search = new QLineEdit;
    search->setObjectName(QStringLiteral("costConstantSearch"));
    search->setAccessibleName(tr("Search constants"));
    search->setPlaceholderText(tr("Search constants: name, unit, meaning or source"));
    search->setClearButtonEnabled(true);
    auto* filter = new QSortFilterProxyModel(this);
    filter->setSourceModel(m_model);
    filter->setFilterKeyColumn(-1);
    filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setObjectName(QStringLiteral("costConstants"));
    m_view->setAccessibleName(tr("Constants of the cost model"));
    m_view->setModel(filter);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(m_view->fontMetrics().height() + 6);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->resizeColumnsToContents();
    m_view->setColumnWidth(
        CostConstantModel::ValueColumn, m_view->fontMetrics().horizontalAdvance(QStringLiteral("88 888.888 *")));
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setMinimumHeight(160);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(search);
    layout->addWidget(m_view, 1);
    connect(search, &QLineEdit::textChanged, filter, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_model, &CostConstantModel::settingAsked, this, &CostConstantTable::settingAsked);
    connect(m_model, &CostConstantModel::refused, this, &CostConstantTable::refused);
}

QStringList CostConstantTable::paths() const
{
    QStringList paths;
    for (int row = 0; row < m_model->rowCount(); ++row)
        paths << pathAt(row);
    return paths;
}

}  // namespace nanoscope
