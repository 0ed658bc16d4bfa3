#pragma once

#include <functional>

class QMenu;

namespace nanoscope {

/// Adds "Language" to a menu: System, English, Deutsch.
/// @param remembers  keep the choice, and show the one that was kept
/// @param choose     called after a choice
void addLanguageMenu(QMenu& menu, bool remembers, const std::function<void()>& choose);

}  // namespace nanoscope
