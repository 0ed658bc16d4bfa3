#pragma once

#include <QString>

#include <functional>

class QMenu;

namespace nanoscope {

/// Adds "Language" to a menu: System, English, Deutsch. A choice takes effect at the next start, which `tell` says.
/// @param remembers  keep the choice, and show the one that was kept
void addLanguageMenu(QMenu& menu, bool remembers, const std::function<void(const QString&)>& tell);

}  // namespace nanoscope
