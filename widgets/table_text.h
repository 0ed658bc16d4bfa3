#pragma once

#include <QList>
#include <QString>

class QAbstractItemModel;

namespace nanoscope {

/// A whole table as tab-separated lines, headers first, as spreadsheets take it from the clipboard.
[[nodiscard]] QString tableText(const QAbstractItemModel& model, const QList<int>& leftOut = {});

}  // namespace nanoscope
