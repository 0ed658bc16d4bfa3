#pragma once

#include <QAbstractButton>
#include <QAction>
#include <QDockWidget>
#include <QKeySequence>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QSet>
#include <QStringList>

/// Labels and buttons of panels that take the letter of a menu, so that Alt with it would not open the menu. A panel
/// behind another tab counts: its letters work, too.
inline QStringList panelsTakingMenuLetters(const QMainWindow& window)
{
    QSet<QString> letters;
    for (const QAction* action : window.menuBar()->actions())
        letters.insert(QKeySequence::mnemonic(action->text()).toString());
    QStringList found;
    const auto check = [&](const QString& text) {
        if (letters.contains(QKeySequence::mnemonic(text).toString()))
            found.append(text);
    };
    for (const QDockWidget* dock : window.findChildren<QDockWidget*>()) {
        for (const QLabel* label : dock->findChildren<QLabel*>())
            if (label->buddy() != nullptr)
                check(label->text());
        for (const QAbstractButton* button : dock->findChildren<QAbstractButton*>())
            if (!button->shortcut().isEmpty())
                check(button->text());
    }
    return found;
}
