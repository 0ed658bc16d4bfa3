#pragma once

#include <QStringView>

namespace nanoscope {

/// True when `a` comes before `b` as people order names: runs of digits by their number, so that conv2d_2 comes before
/// conv2d_10; letters regardless of case.
[[nodiscard]] bool naturalLess(QStringView a, QStringView b);

}  // namespace nanoscope
