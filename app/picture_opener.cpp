#include "app/picture_opener.h"

#include "app/bundled_data.h"
#include "app/cost_dock.h"
#include "app/recent_files.h"
#include "app/view_docks.h"
#include "core/error.h"

#include <QDir>
#include <QDockWidget>
#include <QFileInfo>

#include <utility>

namespace nanoscope {

QString findFile(const QString& name, const QString& picture, const QString& openFile)
{
    if (name.isEmpty())
        return {};
    QStringList places{QFileInfo(picture).dir().filePath(name)};
    if (!openFile.isEmpty())
        places << QFileInfo(openFile).dir().filePath(name);
    for (const QString& recent : recentFiles())
        if (QFileInfo(recent).fileName() == name)
            places << recent;
    try {
        places << QString::fromStdString(bundledFile(name.toUtf8().constData()).string());
    } catch (const Error&) {
        // it is none of the program's own files
    }
    for (const QString& place : places)
        if (QFileInfo(place).isFile())
            return QFileInfo(place).absoluteFilePath();
    return {};
}

PictureOpener::PictureOpener(QObject* parent, Explorer& explorer, ViewDocks& docks)
    : QObject(parent)
    , m_explorer(explorer)
    , m_docks(docks)
{
    connect(&explorer, &Explorer::tensorChanged, this, &PictureOpener::takeUp);
    connect(&explorer, &Explorer::reportChanged, this, &PictureOpener::selectBlock);
    connect(&explorer, &Explorer::stopped, this, [this] {
        m_wanted.reset();
        m_view.reset();
    });
}

bool PictureOpener::open(const QString& path)
{
    const std::optional<PlotRecipe> recipe = readRecipe(path);
    if (!recipe)
        return false;
    try {
        restore(*recipe, path);
    } catch (const Error& error) {
        emit failed(QString::fromUtf8(error.what()));
    }
    return true;
}

void PictureOpener::restore(const PlotRecipe& recipe, const QString& picture)
{
    emit formatsChosen(formatsOfRecipe(recipe, m_explorer.formats()));
    CostDock& cost = m_docks.cost();
    if (const auto choice = CostDesk::fromText(recipe.setup); choice && !(*choice == cost.desk().choice()))
        emit cost.choiceEdited(*choice, {});
    const ViewState view = viewStateOf(recipe.view);
    restoreLook(view, m_docks);
    for (QDockWidget* dock : m_docks.docks())
        if (dock->objectName() == view.dock) {
            dock->show();
            dock->raise();
        }
    if (recipe.tensor.isEmpty())
        return;  // a picture of formats alone
    const QString file = findFile(recipe.file, picture, m_explorer.file());
    if (file.isEmpty()) {
        emit failed(tr("%1: was made from tensor %2 of %3, which is not at hand; put that file beside the picture, or "
                       "open it and then the picture again")
                        .arg(QDir::toNativeSeparators(picture), recipe.tensor, recipe.file));
        return;
    }
    m_wanted = recipe;
    m_explorer.open(file, recipe.tensor);
}

void PictureOpener::takeUp()
{
    m_view.reset();
    const std::optional<PlotRecipe> wanted = std::exchange(m_wanted, std::nullopt);
    if (!wanted || QString::fromStdString(m_explorer.tensor()->tensor().info.name) != wanted->tensor)
        return;
    m_view = viewStateOf(wanted->view);
    m_explorer.setCut(m_view->cut);
    emit tensorRestored(*wanted);
}

void PictureOpener::selectBlock()
{
    const auto report = m_explorer.report(Explorer::A);
    if (!m_view || !report || report->blockSquaredError.empty())
        return;
    const ViewState view = *std::exchange(m_view, std::nullopt);
    m_explorer.selectBlock(view.block);
    m_explorer.selectElement(view.element);
}

}  // namespace nanoscope
