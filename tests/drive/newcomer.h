#pragma once

#include "driven_window.h"

#include <QObject>
#include <QTest>

/// The nanoscope to start and the project's folder, from the command line.
extern QString g_program;
extern QString g_project;

constexpr int kLongest = 120000;  // milliseconds; nothing is asserted about time

#define WAIT_FOR(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, kLongest)
/// For what waits inside: its failure ends the task.
#define DO(action)                                                                                                     \
    action;                                                                                                            \
    if (QTest::currentTestFailed())                                                                                    \
    return

/// What a newcomer does in real windows, under an X server with a window manager, with mouse and keys. One task leads
/// to the next, so a failure leaves out the rest.
class DriveNewcomer : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void theStepsOfTheScript();
    /// @name Files (newcomer_files.cpp)
    /// @{
    void openAFileByTheDialog();
    void openAFileByDroppingIt();
    void findTheWorstTensor();
    void chooseATensorInTheList();
    /// @}
    /// @name Formats (newcomer_formats.cpp)
    /// @{
    void switchToNxFp4();
    void moveNanoMantissaThroughAllValues();
    void compareWithNvfp4AndM2xfp();
    void findABlockThatChoseBfp();
    void readOneElementsDerivation();
    void findAVacantLevel();
    /// @}
    /// @name What is kept (newcomer_sessions.cpp)
    /// @{
    void exportAnSvgAndReadItsSpec();
    void openThePictureAgain();
    void saveTheSession();
    void restoreTheSession();
    void undoTenSteps();
    void restoreTheSessionOfAWindowThatCrashed();
    /// @}
    void switchTheTheme();
    void switchTheLanguageAndBack();
    void closeInOrder();

private:
    void openByDialog(const QString& path);
    /// Runs a command by the list of all commands.
    void command(const QString& name);
    void choosePreset(const QString& field, const QString& name);
    [[nodiscard]] bool isReady() { return m_window.status("ready"); }
    /// A figure of a format as the table of figures shows it; empty when it does not.
    [[nodiscard]] QString figure(const QString& name, const QString& format);

    DrivenWindow m_window{g_program};
    bool m_hasFailed = false;
};
