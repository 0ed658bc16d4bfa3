#pragma once

#include "app/explorer.h"
#include "core/format/preset_library.h"
#include "widgets/format_naming.h"
#include "widgets/theme.h"

#include <QMainWindow>
#include <QMap>
#include <QUndoStack>

class QAction;
class QMenu;

namespace nanoscope {

class Arrangements;
class ExportActions;
class FormatDifferenceView;
class HelpDesk;
class LessonPlayer;
class MessageBar;
class PictureOpener;
class PlaceHistory;
class PresetBrowser;
class PresetForm;
class SessionDesk;
class SessionKeeper;
class StatusLine;
class ViewDocks;
enum class Arrangement;

/// The window: docks, menus, and the wiring between the explorer and what the user does. Holds no logic of its own.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// How much of the last window comes back.
    enum class Memory {
        Restore,  ///< layout and theme as the user left them
        Fresh     ///< as shipped, and nothing is remembered: for pictures and tests
    };

    /// @param dark  theme asked for; nothing: remembered, else as the desktop's palette is
    MainWindow(FormatSet formats, std::optional<bool> dark, QSize size, Memory memory);
    ~MainWindow() override;

    [[nodiscard]] Explorer& explorer() { return m_explorer; }
    [[nodiscard]] Arrangements& arrangements() { return *m_arrangements; }
    /// Opens a file of tensors, a format, or a picture or report that was exported.
    void openPath(const QString& path);
    [[nodiscard]] ViewDocks& docks() { return *m_docks; }
    [[nodiscard]] LessonPlayer& lessons() { return *m_lessons; }
    /// Goes on where another window was, which speaks another language.
    void takeOver(MainWindow& other);
    /// Changes formats as an undo step; edits by the same control within a second are one.
    void editFormats(const FormatSet& formats, const QString& controlId = {});
    void setTheme(bool dark);
    [[nodiscard]] SessionDesk& sessions() { return *m_sessions; }
    /// Restores a session file, which becomes the one in use; what goes wrong is told in the message bar.
    void openSession(const QString& path);
    /// Keeps layout and theme for the next window, unless all is fresh.
    void remember();
    /// Shows an error in the message bar.
    void clearMessage();
    void showError(const QString& message);
    /// True when every visible view shows the exact result of a tensor.
    [[nodiscard]] bool isReady() const;
    /// The message in the bar; empty when there is none.
    [[nodiscard]] QString message() const;

signals:
    /// isReady() became true, or an error was shown.
    void settled();
    /// The user wants the window in rememberedLanguage(): texts are set once, so another window has to take its place.
    void languageChosen();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void createFileMenu();
    void createEditMenu();
    void createFormatMenu();
    void createViewMenu();
    void createHelpMenu();
    void createArrangementActions(QMenu* menu);
    void createToolBar();
    QAction* addTo(QMenu* menu, const QString& text, const QKeySequence& keys, const std::function<void()>& action);

    void connectExplorer();
    void connectExports();
    void refreshState();
    void showDone(const QString& message);
    void fillRecentFiles(QMenu* menu);

    void chooseFile();
    void saveFormat(Explorer::Slot slot);
    void loadFormat(Explorer::Slot slot);
    void copyAsCommandLine();
    void changeA(const std::function<FormatSpec(FormatSpec)>& edit, const QString& controlId);
    void choosePreset(const QString& name, Explorer::Slot slot = Explorer::A);
    void swapFormats();
    void compareWith(Explorer::Slot slot, bool on);
    void keepFormats(const FormatSet& formats);
    void focusNextDock();

    /// @name The user's and the shipped presets (window_presets.cpp)
    /// @{
    void addPresetActions(QMenu* menu);
    void loadPresetLibrary();
    void openPresetBrowser();
    void askForPreset();
    void keepAsPreset(Preset preset, int slot);
    void explainDifference();
    void refreshPresetViews();
    /// @}

    /// @name Sessions (window_sessions.cpp)
    /// @{
    void setUpSessions();
    void createSessionActions(QMenu* menu);
    void chooseSession();
    bool saveSession();
    void saveSessionAs();
    bool keepSession(const QString& path);
    void markTitle();
    [[nodiscard]] bool mayClose();
    /// @}

    Explorer m_explorer;
    QUndoStack m_undo;
    Memory m_memory;
    bool m_dark = false;
    FormatSet m_last;  // comes back when comparing is switched on again
    PresetLibrary m_library;
    std::vector<Preset> m_presets;
    FormatNaming m_naming;
    ViewDocks* m_docks = nullptr;
    Arrangements* m_arrangements = nullptr;
    ExportActions* m_exports = nullptr;
    PictureOpener* m_pictures = nullptr;
    PlaceHistory* m_history = nullptr;
    SessionDesk* m_sessions = nullptr;
    SessionKeeper* m_keeper = nullptr;   // only where something is remembered
    PresetBrowser* m_browser = nullptr;  // made when first asked for, like the two below
    PresetForm* m_presetForm = nullptr;
    FormatDifferenceView* m_difference = nullptr;
    LessonPlayer* m_lessons = nullptr;
    HelpDesk* m_help = nullptr;
    MessageBar* m_message = nullptr;
    StatusLine* m_status = nullptr;
    QAction* m_open = nullptr;
    QAction* m_export = nullptr;
    QMap<Explorer::Slot, QAction*> m_compare;
    QMap<Arrangement, QAction*> m_arrangementActions;
    QAction* m_swap = nullptr;
    QAction* m_darkTheme = nullptr;
    QAction* m_undoAction = nullptr;
    QAction* m_redoAction = nullptr;
    QAction* m_browse = nullptr;
    QAction* m_explain = nullptr;
};

}  // namespace nanoscope
