#include "widgets/tensor_panel.h"

#include "widgets/natural_order.h"
#include "widgets/tensor_model.h"
#include "widgets/view_bar.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace nanoscope {
namespace {

constexpr int kLettersForAllColumns = 48;  // width of the panel below which a column goes

/// Filters by full name, keeps the groups of what it keeps, and sorts names as people do.
class TensorProxy : public QSortFilterProxyModel {
public:
    explicit TensorProxy(QObject* parent)
        : QSortFilterProxyModel(parent)
    {
        setRecursiveFilteringEnabled(true);
        setFilterRole(TensorModel::FullNameRole);
        setFilterCaseSensitivity(Qt::CaseInsensitive);
        setSortRole(TensorModel::SortRole);
    }

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override
    {
        const QVariant a = left.data(TensorModel::SortRole);
        const QVariant b = right.data(TensorModel::SortRole);
        if (a.typeId() == QMetaType::QString && b.typeId() == QMetaType::QString)
            return naturalLess(a.toString(), b.toString());
        if (!a.isValid() || !b.isValid())
            return a.isValid() && !b.isValid();  // what is not known comes last
        return a.toDouble() < b.toDouble();
    }
};

}  // namespace

TensorPanel::TensorPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new TensorModel(this))
    , m_proxy(new TensorProxy(this))
    , m_filter(new QLineEdit(this))
    , m_tree(new QTreeView(this))
    , m_view(new ViewBar(this))
{
    m_filter->setObjectName(QStringLiteral("tensorFilter"));
    m_filter->setAccessibleName(tr("Tensor filter"));
    m_filter->setPlaceholderText(tr("part of a name"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    auto* filterLabel = new QLabel(tr("Fi&lter"), this);
    filterLabel->setBuddy(m_filter);

    m_proxy->setSourceModel(m_model);
    m_proxy->sort(TensorModel::NameColumn);
    m_tree->setObjectName(QStringLiteral("tensorTree"));
    m_tree->setAccessibleName(tr("Tensor list"));
    m_tree->setModel(m_proxy);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setSortingEnabled(true);
    m_tree->sortByColumn(TensorModel::NameColumn, Qt::AscendingOrder);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setIndentation(10);
    m_tree->setMinimumHeight(90);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setMinimumSectionSize(30);
    m_tree->header()->setSectionResizeMode(TensorModel::NameColumn, QHeaderView::Stretch);
    // In a narrow dock every pixel beside the names counts.
    const QFontMetrics metrics = m_tree->fontMetrics();
    m_tree->header()->resizeSection(
        TensorModel::ShapeColumn, metrics.horizontalAdvance(QStringLiteral("8888 × 8888")) + 10);
    m_tree->header()->resizeSection(TensorModel::TypeColumn, metrics.horizontalAdvance(QStringLiteral("Type")) + 14);
    m_tree->header()->resizeSection(TensorModel::SqnrColumn, metrics.horizontalAdvance(QStringLiteral("88.8 dB")) + 10);

    auto* filterRow = new QHBoxLayout;
    filterRow->addWidget(filterLabel);
    filterRow->addWidget(m_filter, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addLayout(filterRow);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_view);

    connect(m_filter, &QLineEdit::textChanged, this, &TensorPanel::applyFilter);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& current) { activate(current); });
    connect(m_tree, &QTreeView::activated, this, &TensorPanel::activate);
    connect(m_tree, &QTreeView::clicked, this, &TensorPanel::activate);
    connect(m_view, &ViewBar::viewChanged, this, &TensorPanel::viewChanged);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_current.clear();
        m_activated.clear();
        expandFewGroups();
    });
}

void TensorPanel::expandFewGroups()
{
    if (m_model->rowCount() < 40)
        m_tree->expandToDepth(0);
}

void TensorPanel::setTensor(const TensorInfo& tensor)
{
    m_current = QString::fromStdString(tensor.name);
    m_activated = m_current;
    const QModelIndex index = m_proxy->mapFromSource(m_model->indexOf(m_current));
    if (index.isValid() && index.siblingAtColumn(0) != m_tree->currentIndex().siblingAtColumn(0)) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index);
    }
    m_view->setTensor(tensor);
}

void TensorPanel::setView(int axis, const std::optional<Shape>& reshape)
{
    m_view->setView(axis, reshape);
}

int TensorPanel::axis() const
{
    return m_view->axis();
}

std::optional<Shape> TensorPanel::reshape() const
{
    return m_view->reshape();
}

void TensorPanel::activate(const QModelIndex& proxyIndex)
{
    const TensorInfo* info = m_model->tensorAt(m_proxy->mapToSource(proxyIndex));
    if (m_isFiltering || !info || !info->explorable)
        return;
    const QString name = QString::fromStdString(info->name);
    if (name == m_activated)
        return;  // a click also makes the row current: one signal is enough
    m_activated = name;
    Q_EMIT tensorActivated(name);
}

void TensorPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Names first: in a narrow panel the type stands in the tool tip only.
    const QFontMetrics metrics(m_tree->font());
    m_tree->setColumnHidden(TensorModel::TypeColumn, width() < metrics.averageCharWidth() * kLettersForAllColumns);
}

void TensorPanel::applyFilter(const QString& text)
{
    // The current row may vanish; the explored tensor stays all the same, and is marked again once it is back.
    m_isFiltering = true;
    m_proxy->setFilterFixedString(text);
    if (!text.isEmpty())
        m_tree->expandAll();
    else
        expandFewGroups();  // a filter forgets what was open
    showCurrentRow();
    m_isFiltering = false;
}

void TensorPanel::markExplored()
{
    m_activated.clear();
    m_isFiltering = true;
    showCurrentRow();
    m_isFiltering = false;
}

void TensorPanel::showCurrentRow()
{
    const QModelIndex current = m_proxy->mapFromSource(m_model->indexOf(m_current));
    if (current.isValid()) {
        m_tree->setCurrentIndex(current);
        m_tree->scrollTo(current);
    } else {
        m_tree->setCurrentIndex({});
    }
}

bool TensorPanel::eventFilter(QObject* watched, QEvent* event)
{
    // From the filter, Down and Enter lead into the list.
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            QModelIndex index = m_proxy->index(0, 0);
            while (index.isValid() && index.data(TensorModel::FullNameRole).toString().isEmpty())
                index = m_proxy->index(0, 0, index);
            if (index.isValid())
                m_tree->setCurrentIndex(index);
            m_tree->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace nanoscope
