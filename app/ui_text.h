#pragma once

#include <QString>
#include <QStringList>

class QAbstractItemModel;
class QWidget;

namespace nanoscope {

/// What one widget says by itself: the text of a label, button, field or page; empty for others.
[[nodiscard]] QString ownText(const QWidget& widget);
/// A table or tree as lines of cells separated by tabs, a header line first, rows of a tree indented.
/// @param mostRows  what more there is is told by a last line
[[nodiscard]] QStringList tableText(const QAbstractItemModel& model, int mostRows);
/// All that can be read of a widget and of what is in it: texts, values, tables, descriptions of plots. One line each.
[[nodiscard]] QString readableText(const QWidget& widget, int mostRows);

}  // namespace nanoscope
