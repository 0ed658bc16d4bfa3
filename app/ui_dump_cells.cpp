#include "app/ui_dump_cells.h"

#include "app/in_sight.h"
#include "app/step_target.h"

#include <QAbstractItemView>
#include <QJsonObject>
#include <QTabBar>
#include <QTreeView>

namespace nanoscope {
namespace {

constexpr int kMostCells = 500;

QJsonObject cellAt(const QWidget& holder, const QRect& place, const QString& text)
{
    const QPoint corner = holder.mapToGlobal(place.topLeft());
    return {{"text", text}, {"rect", QJsonArray{corner.x(), corner.y(), place.width(), place.height()}}};
}

QString textOf(const QModelIndex& index)
{
    const QString shown = index.data().toString();
    return shown.isEmpty() ? index.data(Qt::AccessibleTextRole).toString() : shown;
}

/// The row below one; in a tree that may be a child or an uncle.
QModelIndex below(const QAbstractItemView& view, const QModelIndex& index)
{
    const auto* tree = qobject_cast<const QTreeView*>(&view);
    return tree ? tree->indexBelow(index) : index.siblingAtRow(index.row() + 1);
}

QJsonArray cellsOf(const QAbstractItemView& view)
{
    QJsonArray cells;
    const QRect room = view.viewport()->rect();
    for (QModelIndex row = view.model()->index(0, 0, view.rootIndex()); row.isValid(); row = below(view, row))
        for (int column = 0; column < view.model()->columnCount(row.parent()); ++column) {
            const QModelIndex index = row.siblingAtColumn(column);
            const QRect place = view.visualRect(index) & room;
            if (!place.isEmpty())
                cells.append(cellAt(*view.viewport(), place, textOf(index)));
            if (view.visualRect(index).top() > room.bottom() || cells.size() >= kMostCells)
                return cells;
        }
    return cells;
}

QJsonArray tabsOf(const QTabBar& bar)
{
    QJsonArray tabs;
    for (int tab = 0; tab < bar.count(); ++tab)
        if (const QRect place = bar.tabRect(tab) & bar.rect(); bar.isTabVisible(tab) && !place.isEmpty())
            tabs.append(cellAt(bar, place, plainText(bar.tabText(tab))));
    return tabs;
}

}  // namespace

QJsonArray cellsInSight(const QWidget& widget)
{
    if (!isInSight(widget))
        return {};
    if (const auto* bar = qobject_cast<const QTabBar*>(&widget))
        return tabsOf(*bar);
    const auto* view = qobject_cast<const QAbstractItemView*>(&widget);
    return view && view->model() ? cellsOf(*view) : QJsonArray();
}

}  // namespace nanoscope
