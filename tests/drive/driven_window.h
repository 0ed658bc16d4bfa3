#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QRect>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

/// A nanoscope window of its own process, looked at through what it writes at SIGUSR1 (`--dump-on-signal`) and used by
/// mouse and keys of the X server (xdotool).
class DrivenWindow {
public:
    /// @param program  the nanoscope to start; its settings and data lie in a folder that goes with this object
    explicit DrivenWindow(const QString& program);
    ~DrivenWindow();
    DrivenWindow(const DrivenWindow&) = delete;
    DrivenWindow& operator=(const DrivenWindow&) = delete;

    /// @name The process
    /// @{
    /// Runs the program to its end.
    /// @return its exit code; -1 for a crash or when it takes longer than four minutes
    int run(const QStringList& arguments);
    /// Opens a window and waits until it has the focus.
    [[nodiscard]] bool open(const QStringList& arguments = {});
    /// Ends it as a crash would.
    void kill();
    [[nodiscard]] bool isOpen();
    /// Where its files lie.
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    /// @}

    /// @name What the window shows; each call looks anew
    /// @{
    [[nodiscard]] QJsonObject look();
    [[nodiscard]] QString title();
    /// A widget that can be seen, by objectName or accessible name; empty when there is none.
    [[nodiscard]] QJsonObject widget(const QString& name);
    /// Its text; of a table or tree the rows, cells between tabs.
    [[nodiscard]] QString text(const QString& name);
    [[nodiscard]] QStringList rows(const QString& name);
    /// Cells in sight of a table, tree or tab bar: text and rect of each.
    [[nodiscard]] QJsonArray cells(const QString& name);
    [[nodiscard]] bool hasFocus(const QString& name);
    /// True when the status ends in this word.
    [[nodiscard]] bool status(const QString& end);
    /// Texts of all actions of the menus.
    [[nodiscard]] QStringList actions();
    /// @}

    /// @name What a person does
    /// @{
    static void keys(const QStringList& names);
    static void type(const QString& text);
    static void click(QPoint place);
    static void press(QPoint place);
    static void move(QPoint place);
    static void release();
    /// Clicks into the middle of a widget that can be seen and used, or on the mark of a box to check.
    [[nodiscard]] bool click(const QString& name);
    /// Clicks on the cell with this text, which can be seen.
    [[nodiscard]] bool clickCell(const QString& name, const QString& text);
    [[nodiscard]] bool clickTab(const QString& text);
    /// Clicks into a field and types instead of what is there.
    [[nodiscard]] bool fill(const QString& name, const QString& text);
    /// @}

    /// Where a widget is on the screen.
    [[nodiscard]] static QRect rectOf(const QJsonObject& widget);
    static int tool(const QStringList& arguments);

private:
    QTemporaryDir m_folder;
    QString m_program;
    QProcess m_process;
};
