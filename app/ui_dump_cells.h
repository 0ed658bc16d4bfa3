#pragma once

#include <QJsonArray>

class QWidget;

namespace nanoscope {

/// What is in sight of the parts of a widget that are no widgets themselves: the cells of a table, tree or list, and
/// the tabs of a tab bar; text and rectangle on the screen of each, at most 500. Empty for other widgets.
[[nodiscard]] QJsonArray cellsInSight(const QWidget& widget);

}  // namespace nanoscope
