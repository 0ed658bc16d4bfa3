// What the runner does for each kind of action.
#include "app/arrangements.h"
#include "app/bundled_data.h"
#include "app/main_window.h"
#include "app/preset_folder.h"
#include "app/screenshot.h"
#include "app/session_desk.h"
#include "app/step_hand.h"
#include "app/step_runner.h"
#include "app/step_target.h"
#include "app/teach_dock.h"
#include "app/ui_dump.h"
#include "core/analysis/report.h"
#include "core/error.h"
#include "core/format/format_by_name.h"

#include <QApplication>
#include <QDir>
#include <QDockWidget>

#include <algorithm>

namespace nanoscope {
namespace {

void requireWritten(const QString& problem)
{
    if (!problem.isEmpty())
        throw Error({}, problem.toStdString(), {});
}

[[noreturn]] void refuse(const char* what, const char* remedy)
{
    throw Error({}, what, remedy, ErrorKind::Refused);
}

QWidget& focusOf(MainWindow& window, const QString& name)
{
    if (!name.isEmpty())
        return findWidget(window, name);
    QWidget* focus = window.focusWidget();  // also where the window itself has no focus
    return focus != nullptr ? *focus : window;
}

constexpr QLatin1String kBundled("data:");
constexpr QLatin1String kScratch("temp:");

/// What follows the prefix of a name, which must stay in its folder.
QString insideOf(QLatin1String prefix, const QString& name)
{
    const QString path = QDir::cleanPath(name.mid(prefix.size()));
    const bool leaves = path == QLatin1String("..") || path.startsWith(QLatin1String("../"));
    if (path.isEmpty() || path == QLatin1String(".") || leaves || QDir::isAbsolutePath(path))
        throw Error(quoted(name), "leads out of the folder that " + QString(prefix).toStdString() + " stands for",
            "give the name of a file in it", ErrorKind::Refused);
    return path;
}

}  // namespace

QString StepRunner::resolvedOutput(const QString& name, const QString& folder)
{
    if (name.startsWith(kBundled))
        throw Error(quoted(name), "is a file of the program's data", "write to another place", ErrorKind::Refused);
    return resolved(name, folder);
}

QString StepRunner::resolved(const QString& name, const QString& folder)
{
    if (name.startsWith(kBundled))
        return QString::fromStdString(bundledFile(insideOf(kBundled, name).toStdString().c_str()).string());
    if (name.startsWith(kScratch)) {
        const QString inside = insideOf(kScratch, name);
        if (!m_scratch)
            m_scratch = std::make_unique<QTemporaryDir>();
        return m_scratch->filePath(inside);
    }
    return QDir(folder).absoluteFilePath(name);
}

void StepRunner::perform(const step::Open& action)
{
    m_window.docks().teach().setEdit({});  // a script begins with the block as it is
    m_window.explorer().open(resolved(action.file, m_script.folder), action.tensor);
}

void StepRunner::perform(const step::ChooseTensor& action)
{
    m_window.explorer().selectTensor(action.name);
}

void StepRunner::perform(const step::SetCut& action)
{
    m_window.explorer().setCut(action.cut);
}

void StepRunner::perform(const step::SetFormat& action)
{
    FormatSet formats = m_window.explorer().formats();
    if (!action.spec) {
        formats.set(action.slot, std::nullopt);
    } else {
        QString spec = *action.spec;
        if (const auto end = spec.indexOf(QStringLiteral(".json")); end > 0)
            spec = resolved(spec.left(end), m_script.folder) + spec.mid(end);
        formats.set(action.slot, parseFormat(spec.toStdString(), userPresetFolder()));
    }
    m_window.editFormats(formats);
}

void StepRunner::perform(const step::SelectBlock& action)
{
    Explorer& explorer = m_window.explorer();
    const auto report = explorer.report(Explorer::A);
    if (!report)
        refuse("there are no blocks yet", "open a tensor first");
    const quint64 block = action.block.value_or(report->worstBlock);
    if (block >= report->blockSquaredError.size())
        throw Error(tr("block %1").arg(block).toStdString(),
            tr("the tensor has %1 blocks").arg(report->blockSquaredError.size()).toStdString(), "give a smaller number",
            ErrorKind::Refused);
    explorer.selectBlock(block);
}

void StepRunner::perform(const step::SelectElement& action)
{
    const auto trace = m_window.explorer().trace();
    if (!trace || action.element >= static_cast<int>(trace->elements.size()))
        refuse("the block has no such element", "give a smaller number");
    m_window.explorer().selectElement(action.element);
}

void StepRunner::perform(const step::SelectLevel& action)
{
    const auto report = m_window.explorer().report(Explorer::A);
    if (!report)
        refuse("there are no levels yet", "open a tensor first");
    const bool isThere = std::any_of(report->levels.begin(), report->levels.end(),
        [&](const LevelCount& level) { return level.book == action.level.book && level.code == action.level.code; });
    if (!isThere)
        throw Error(tr("level %1 of book %2").arg(action.level.code).arg(action.level.book).toStdString(),
            "format A has no such level", "give a code and book of the Level table", ErrorKind::Refused);
    m_window.docks().selectLevel(action.level);
}

void StepRunner::perform(const step::Arrange& action)
{
    m_window.arrangements().choose(action.arrangement);
}

void StepRunner::perform(const step::ShowDock& action)
{
    QDockWidget& dock = findDock(m_window, action.name);
    dock.show();
    dock.raise();
}

void StepRunner::perform(const step::SetTheme& action)
{
    m_window.setTheme(action.dark);
}

void StepRunner::perform(const step::Click& action)
{
    clickOn(findTarget(m_window, action.target), action.at);
}

void StepRunner::perform(const step::SetValue& action)
{
    moveTo(findTarget(m_window, action.target), action.value);
}

void StepRunner::perform(const step::TypeText& action)
{
    typeInto(focusOf(m_window, action.into), action.text);
}

void StepRunner::perform(const step::PressKey& action)
{
    QWidget& widget = focusOf(m_window, action.target);
    widget.setFocus();
    pressKeys(m_window, widget, action.keys);
}

void StepRunner::perform(const step::WaitReady&)
{
    if (!m_window.isReady())
        throw Error("the window", "did not become ready: " + m_window.message().toStdString(), {});
}

void StepRunner::perform(const step::Screenshot& action)
{
    QWidget& shown = action.of.isEmpty() ? m_window : findWidget(m_window, action.of);
    requireWritten(writePicture(shown, resolvedOutput(action.file, m_script.folder)));
}

void StepRunner::perform(const step::SaveSession& action)
{
    requireWritten(m_window.sessions().save(resolvedOutput(action.file, m_script.folder)));
}

void StepRunner::perform(const step::OpenSession& action)
{
    m_window.sessions().open(resolved(action.file, m_script.folder));
}

void StepRunner::perform(const step::DumpUi& action)
{
    requireWritten(writeUiDump(m_window, resolvedOutput(action.file, m_script.folder)));
}

}  // namespace nanoscope
