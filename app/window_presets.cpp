// Presets in MainWindow: the library, the browser, what makes a format a preset of the user's, and why formats differ.
#include "app/main_window.h"

#include "app/format_files.h"
#include "app/help_desk.h"
#include "app/preset_folder.h"
#include "app/view_docks.h"
#include "widgets/format_difference_view.h"
#include "widgets/message_bar.h"
#include "widgets/preset_browser.h"
#include "widgets/preset_form.h"
#include "widgets/preset_text.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QMenu>
#include <QVBoxLayout>

namespace nanoscope {

void MainWindow::addPresetActions(QMenu* menu)
{
    m_browse = addTo(menu, tr("&Presets…"), QKeySequence(Qt::CTRL | Qt::Key_P), [this] { openPresetBrowser(); });
    m_browse->setIconText(tr("Presets"));
    m_browse->setToolTip(tr("Find a format by family, system, name or source (Ctrl+P)"));
    addTo(menu, tr("Sa&ve as preset…"), {}, [this] { askForPreset(); });
}

void MainWindow::loadPresetLibrary()
{
    m_library = PresetLibrary(userPresetFolder());
    m_presets = m_library.loadAll();
    m_naming.setPresets(m_presets);
    m_docks->setPresets(m_presets);
    QStringList names;
    for (const Preset& preset : m_presets)
        names << QString::fromStdString(preset.name);
    m_help->setPresets(names);
    if (!m_browser)
        return;
    m_browser->setPresets(m_presets, m_library.systems());
    QStringList problems;
    for (const Error& problem : m_library.problems())
        problems << QString::fromUtf8(problem.what());
    m_browser->setProblems(problems);
}

void MainWindow::openPresetBrowser()
{
    if (!m_browser) {
        m_browser = new PresetBrowser(this);
        connect(m_browser, &PresetBrowser::useAsARequested, this,
            [this](const QString& name) { choosePreset(name, Explorer::A); });
        connect(m_browser, &PresetBrowser::useAsBRequested, this,
            [this](const QString& name) { choosePreset(name, Explorer::B); });
        connect(m_browser, &PresetBrowser::saveRequested, this, &MainWindow::askForPreset);
    }
    const bool wasVisible = m_browser->isVisible();
    m_browser->show();
    if (!wasVisible) {
        loadPresetLibrary();  // files may have come since
        refreshPresetViews();
        m_browser->showPreset(m_naming.baseOf(QString::fromStdString(m_explorer.formats().a.name)));
    }
    m_browser->raise();
    m_browser->activateWindow();
    m_browser->focusSearch();
}

void MainWindow::choosePreset(const QString& name, Explorer::Slot slot)
{
    try {
        const Preset preset = m_library.require(name.toStdString());
        FormatSet formats = m_explorer.formats();
        formats.set(slot, NamedFormat{preset.name, preset.spec});
        editFormats(formats);
    } catch (const Error& error) {
        showError(QString::fromUtf8(error.what()));
    }
}

void MainWindow::askForPreset()
{
    if (m_library.userFolder().empty()) {
        showError(tr("there is no folder for presets; set HOME or NANOSCOPE_PRESETS"));
        return;
    }
    if (!m_presetForm) {
        m_presetForm = new PresetForm(this);
        connect(m_presetForm, &PresetForm::saveRequested, this, &MainWindow::keepAsPreset);
        connect(m_presetForm, &QDialog::finished, this, [this] {
            if (m_browser && m_browser->isVisible())
                m_browser->activateWindow();  // where it was asked for, most likely
        });
        m_presetForm->setNameCheck([this](const QString& name) {
            try {
                m_library.requireFree(name.toStdString());
                return QString();
            } catch (const Error& error) {
                return QString::fromUtf8(error.what());
            }
        });
    }
    QStringList families;
    for (const Preset& preset : m_presets)
        if (!families.contains(familyHeading(preset)))
            families << familyHeading(preset);
    m_presetForm->setFamilies(families);
    m_presetForm->setFormats(m_explorer.formats().all());
    m_presetForm->open();
}

void MainWindow::keepAsPreset(Preset preset, int slot)
{
    FormatSet formats = m_explorer.formats();
    NamedFormat kept = formats.all().at(static_cast<std::size_t>(slot));
    preset.source = tr("saved as %1").arg(specArgument(kept, m_presets)).toStdString();
    preset.spec.geometry.axis = Geometry{}.axis;  // the axis belongs to the tensor's view, not to the format
    try {
        writeUserPreset(m_library.userFolder(), preset);
    } catch (const Error& error) {
        m_presetForm->showProblem(QString::fromUtf8(error.what()));
        return;
    }
    m_presetForm->accept();
    loadPresetLibrary();
    kept.name = preset.name;
    formats.set(static_cast<std::size_t>(slot), kept);
    editFormats(formats);
    if (m_browser)
        m_browser->showPreset(QString::fromStdString(preset.name));
}

void MainWindow::explainDifference()
{
    if (!m_difference) {
        auto* dialog = new QDialog(this);
        dialog->setObjectName("DifferenceDialog");
        dialog->setWindowTitle(tr("Why A and B differ"));
        dialog->setSizeGripEnabled(true);
        m_difference = new FormatDifferenceView;
        auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
        connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
        auto* layout = new QVBoxLayout(dialog);
        layout->addWidget(m_difference, 1);
        layout->addWidget(buttons);
        constexpr QSize kSize{860, 480};
        dialog->resize(kSize);
    }
    QWidget* dialog = m_difference->window();
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
    refreshPresetViews();
}

void MainWindow::refreshPresetViews()
{
    const FormatSet& formats = m_explorer.formats();
    m_explain->setEnabled(formats.b.has_value());
    if (m_browser) {
        m_browser->setFormats(formats.a, formats.b);
        m_browser->setTheme(m_dark ? darkTheme() : lightTheme());
    }
    if (!m_difference || !m_difference->window()->isVisible())
        return;
    if (formats.b)
        m_difference->setFormats(formats.a, *formats.b);
    else
        m_difference->window()->close();
}

}  // namespace nanoscope
