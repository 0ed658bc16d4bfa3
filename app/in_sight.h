#pragma once

#include <QWidget>

namespace nanoscope {

/// True when a part of a widget lies within all that holds it: not hidden, not behind another tab, not scrolled away.
/// Unlike its visible region this counts what its own children cover.
[[nodiscard]] inline bool isInSight(const QWidget& widget)
{
    if (!widget.isVisible())
        return false;
    QRect part = widget.rect();
    for (const QWidget* each = &widget; !part.isEmpty() && !each->isWindow(); each = each->parentWidget())
        part = part.translated(each->pos()) & each->parentWidget()->rect();
    return !part.isEmpty();
}

}  // namespace nanoscope
