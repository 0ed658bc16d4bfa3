// Formats in the window: saving and loading them, and every way of changing one as an undo step.
#include "app/format_command.h"
#include "app/format_files.h"
#include "app/main_window.h"
#include "core/error.h"
#include "core/format/format_by_name.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>

#include <utility>

namespace nanoscope {

void MainWindow::saveFormat(Explorer::Slot slot)
{
    const NamedFormat* shown = m_explorer.formats().at(slot);
    if (shown == nullptr) {
        showError(tr("there is no such format to save; choose Format > Compare first"));
        return;
    }
    const NamedFormat format = *shown;
    auto* dialog = new QFileDialog(this, tr("Save format"), {}, tr("Format (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("json");
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString& path) {
        const QString problem = saveFormatFile(format.spec, path);
        if (!problem.isEmpty())
            showError(problem);
    });
    dialog->open();
}

void MainWindow::loadFormat(Explorer::Slot slot)
{
    auto* dialog = new QFileDialog(this, tr("Load format"), {}, tr("Format or preset (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, slot](const QString& path) {
        try {
            FormatSet formats = m_explorer.formats();
            formats.set(slot, parseFormat(path.toStdString(), m_library.userFolder()));
            editFormats(formats);
        } catch (const Error& error) {
            showError(QString::fromUtf8(error.what()));
        }
    });
    dialog->open();
}

void MainWindow::copyAsCommandLine()
{
    const auto report = m_explorer.report(Explorer::A);
    if (!report) {
        showError(tr("there is nothing to repeat yet; open a file first"));
        return;
    }
    QApplication::clipboard()->setText(
        reportCommandLine(m_explorer.file(), *report, m_explorer.cut(), m_explorer.formats(), m_presets));
}

void MainWindow::editFormats(const FormatSet& formats, const QString& controlId)
{
    if (formats == m_explorer.formats())
        return;
    keepFormats(formats);
    m_undo.push(new FormatCommand(m_explorer, m_explorer.formats(), formats, controlId));
}

void MainWindow::changeA(const std::function<FormatSpec(FormatSpec)>& edit, const QString& controlId)
{
    try {
        FormatSet formats = m_explorer.formats();
        m_naming.learn(formats.a);
        const QString base = m_naming.baseOf(QString::fromStdString(formats.a.name));
        formats.a.spec = edit(formats.a.spec);
        formats.a.name = m_naming.nameFor(base, formats.a.spec).toStdString();
        editFormats(formats, controlId);
    } catch (const Error& error) {
        showError(QString::fromUtf8(error.what()));
    }
}

void MainWindow::swapFormats()
{
    FormatSet formats = m_explorer.formats();
    if (!formats.b)
        return;
    std::swap(formats.a, *formats.b);
    editFormats(formats);
}

void MainWindow::compareWith(Explorer::Slot slot, bool on)
{
    FormatSet formats = m_explorer.formats();
    const NamedFormat* last = m_last.at(slot);
    formats.set(slot, on && last != nullptr ? std::optional(*last) : std::nullopt);
    editFormats(formats);
}

/// For the next time that comparing is switched on.
void MainWindow::keepFormats(const FormatSet& formats)
{
    for (const Explorer::Slot slot : Explorer::kEverySlot)
        if (const NamedFormat* format = formats.at(slot))
            m_last.set(slot, *format);
}

}  // namespace nanoscope
