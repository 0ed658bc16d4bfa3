#include "app/export_actions.h"

#include "app/comparison_report.h"
#include "app/deferred_refresh.h"
#include "app/export_folder.h"
#include "app/tensor_hash.h"
#include "app/view_docks.h"
#include "app/view_recipe.h"
#include "widgets/plot_data.h"
#include "widgets/plot_export.h"
#include "widgets/plot_view.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QMainWindow>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QStandardPaths>

#include <exception>
#include <utility>

namespace nanoscope {
namespace {

constexpr auto kFolderKey = "export/folder";
constexpr auto kKindKey = "export/kind%1";
constexpr auto kScaleKey = "export/scale";
constexpr auto kCaptionKey = "export/caption";

PlotExportOptions optionsOf(const ExportChoice& choice)
{
    PlotExportOptions options;
    options.scale = choice.scale;
    options.caption = choice.caption;
    return options;
}

}  // namespace

ExportActions::ExportActions(QMainWindow& window, Explorer& explorer, ViewDocks& docks, Memory memory)
    : QObject(&window)
    , m_window(window)
    , m_explorer(explorer)
    , m_docks(docks)
    , m_memory(memory)
    , m_hash(new TensorHash(explorer))
    , m_folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
    , m_writing(std::make_unique<LatestJob<Written>>(
          [this](const Written& written) {
              m_toWrite.pop_front();
              tell(written.problem, written.path);
              writeNext();
          },
          [this](const std::exception_ptr& exception) {
              m_toWrite.pop_front();
              emit failed(Explorer::messageOf(exception));
              writeNext();
          }))
{
    if (!QDir(m_folder).exists())
        m_folder = QDir::homePath();
    const QSettings settings;
    if (m_memory == Memory::Restore)
        m_folder = settings.value(kFolderKey, m_folder).toString();
    for (const ExportSubject subject :
        {ExportSubject::Plot, ExportSubject::AllPlots, ExportSubject::Data, ExportSubject::Report}) {
        ExportChoice& last = m_last[static_cast<int>(subject)];
        last.kind = ExportDialog::kindsOf(subject).front();
        if (m_memory == Memory::Fresh)
            continue;
        const QString key = QString(kKindKey).arg(static_cast<int>(subject));
        last.kind = settings.value(key, last.kind).toString();
        last.scale = settings.value(kScaleKey, last.scale).toInt();
        last.caption = settings.value(kCaptionKey, last.caption).toBool();
    }
}

ExportActions::~ExportActions()
{
    m_writing.reset();
    for (const auto& write : m_toWrite)
        try {
            (void)write();
        } catch (const std::exception&) {
            // nobody is left to be told
        }
}

QAction* ExportActions::addTo(QMenu* file)
{
    QMenu* menu = file->addMenu(tr("&Export"));
    QAction* plot = menu->addAction(tr("This &plot…"), this, &ExportActions::askForPlot);
    plot->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_E));
    plot->setIconText(tr("Export plot…"));
    plot->setToolTip(tr("Export the plot that last had the focus as SVG, PDF or PNG (Ctrl+E)"));
    menu->addAction(tr("&All plots…"), this, &ExportActions::askForAllPlots);
    QAction* data = menu->addAction(tr("&Data of this plot or table…"), this, &ExportActions::askForData);
    data->setToolTip(tr("The numbers of the table that has the focus, else of the plot that last had it"));
    menu->addAction(tr("&Report…"), this, &ExportActions::askForReport)
        ->setToolTip(tr("One page about the formats on screen as PDF or HTML"));
    return plot;
}

void ExportActions::addCopyActionsTo(QMenu* edit)
{
    QAction* copy = edit->addAction(tr("Copy &plot"), this, &ExportActions::copyPlot);
    copy->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
    edit->addAction(tr("Copy as &LaTeX table"), this, &ExportActions::copyAsLatex)
        ->setToolTip(tr("The figures of all formats, for \\usepackage{booktabs}"));
}

void ExportActions::ask(ExportSubject subject, const QString& name, std::function<void(const ExportChoice&)> then)
{
    m_hash->prepare();  // while the user types
    if (m_dialog)
        m_dialog->close();
    auto* dialog = new ExportDialog(subject, name, m_folder, &m_window);
    m_dialog = dialog;
    ExportChoice& last = m_last[static_cast<int>(subject)];
    dialog->setKind(last.kind);
    dialog->setScale(last.scale);
    dialog->setCaption(last.caption);
    connect(dialog, &ExportDialog::chosen, this, [this, subject, then = std::move(then)](const ExportChoice& choice) {
        m_last[static_cast<int>(subject)] = choice;
        m_folder = subject == ExportSubject::AllPlots ? choice.path : QFileInfo(choice.path).absolutePath();
        if (m_memory == Memory::Restore) {
            QSettings settings;
            settings.setValue(kFolderKey, m_folder);
            settings.setValue(QString(kKindKey).arg(static_cast<int>(subject)), choice.kind);
            settings.setValue(kScaleKey, choice.scale);
            settings.setValue(kCaptionKey, choice.caption);
        }
        then(choice);
    });
    dialog->open();
}

QString ExportActions::stem(const QString& what) const
{
    const auto tensor = m_explorer.tensor();
    const QString name = tensor ? QString::fromStdString(tensor->tensor().info.name) + ' ' : QString();
    return fileNameOf(name + what);
}

void ExportActions::askForPlot()
{
    QPointer<PlotView> plot = m_docks.currentPlot();
    if (!plot || !recipeOfPlot(m_explorer, m_docks, *plot)) {
        emit failed(tr("there is no plot to export yet; open a file first"));
        return;
    }
    ask(ExportSubject::Plot, stem(nameOfPlot(*plot)), [this, plot](const ExportChoice& choice) {
        if (plot)
            exportPlot(*plot, choice);
    });
}

void ExportActions::withRecipe(PlotView& plot, std::function<void(const PlotRecipe&)> then)
{
    m_hash->whenKnown([this, view = QPointer(&plot), then = std::move(then)](const QString& hash) {
        std::optional<PlotRecipe> recipe;
        if (view)
            recipe = recipeOfPlot(m_explorer, m_docks, *view);
        if (!recipe) {
            emit failed(tr("the plot is gone; export again when there is one"));
            return;
        }
        recipe->tensorHash = hash;
        then(*recipe);
    });
}

void ExportActions::exportPlot(PlotView& plot, const ExportChoice& choice)
{
    withRecipe(plot, [this, view = QPointer(&plot), choice](const PlotRecipe& recipe) {
        tell(nanoscope::exportPlot(*view, recipe, choice.path, optionsOf(choice)), choice.path);
    });
}

QList<PlotView*> ExportActions::plots()
{
    for (DeferredRefresh* refresh : m_window.findChildren<DeferredRefresh*>())
        refresh->catchUp();
    QList<PlotView*> found;
    for (QDockWidget* dock : m_docks.docks())
        for (PlotView* plot : dock->findChildren<PlotView*>())
            if (recipeOfPlot(m_explorer, m_docks, *plot) && plot->hasContent())
                found << plot;
    return found;
}

void ExportActions::askForAllPlots()
{
    if (plots().isEmpty()) {
        emit failed(tr("there is no plot to export yet; open a file first"));
        return;
    }
    ask(ExportSubject::AllPlots, {}, [this](const ExportChoice& choice) { exportAllPlots(choice); });
}

void ExportActions::exportAllPlots(const ExportChoice& choice)
{
    m_hash->whenKnown([this, choice](const QString& hash) {
        auto* folder = new ExportFolder(m_window, choice.path, choice.kind, optionsOf(choice));
        connect(folder, &ExportFolder::failed, this, &ExportActions::failed);
        connect(folder, &ExportFolder::done, this, &ExportActions::done);
        for (PlotView* plot : plots()) {
            PlotRecipe recipe = *recipeOfPlot(m_explorer, m_docks, *plot);
            recipe.tensorHash = hash;
            folder->add(*plot, recipe, stem(nameOfPlot(*plot)));
        }
        folder->start();
    });
}

PlotData ExportActions::currentData() const
{
    for (QWidget* widget = QApplication::focusWidget(); widget != nullptr; widget = widget->parentWidget())
        if (const auto* table = qobject_cast<QAbstractItemView*>(widget); table && table->model())
            return dataOfModel(
                *table->model(), table->accessibleName().isEmpty() ? table->objectName() : table->accessibleName());
    return m_docks.currentPlot() ? m_docks.currentPlot()->plotData() : PlotData();
}

void ExportActions::askForData()
{
    const PlotData data = currentData();
    if (data.isEmpty()) {
        emit failed(tr("there are no numbers to export yet; choose a plot or table that shows some"));
        return;
    }
    QPointer<PlotView> plot = m_docks.currentPlot();
    ask(ExportSubject::Data, stem(data.title), [this, data, plot](const ExportChoice& choice) {
        const auto write = [this, data, choice](const PlotRecipe& recipe) { writeData(data, recipe, choice); };
        if (plot && recipeOfPlot(m_explorer, m_docks, *plot))
            withRecipe(*plot, write);
        else
            write(PlotRecipe());
    });
}

/// Off the GUI thread, because a heat map may have millions of rows; one file after the other.
void ExportActions::writeData(const PlotData& data, const PlotRecipe& recipe, const ExportChoice& choice)
{
    m_toWrite.push_back([data, recipe, path = choice.path] {
        const bool isJson = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
        return Written{path, writeFile(path, isJson ? jsonOf(data, recipe) : csvOf(data))};
    });
    if (m_toWrite.size() == 1)
        writeNext();
}

void ExportActions::writeNext()
{
    if (!m_toWrite.empty())
        m_writing->submit([write = m_toWrite.front()](const std::stop_token&) { return write(); });
}

void ExportActions::copyPlot()
{
    PlotView* plot = m_docks.currentPlot();
    if (plot == nullptr || !recipeOfPlot(m_explorer, m_docks, *plot)) {
        emit failed(tr("there is no plot to copy yet; open a file first"));
        return;
    }
    withRecipe(*plot, [this, view = QPointer(plot)](const PlotRecipe& recipe) {
        const Picture picture = plotPicture(*view, recipe, optionsOf(m_last[static_cast<int>(ExportSubject::Plot)]));
        auto* mime = new QMimeData;
        mime->setImageData(QImage::fromData(pictureBytes(picture, PictureKind::Png), "PNG"));
        mime->setData(QStringLiteral("image/svg+xml"), pictureBytes(picture, PictureKind::Svg));
        QApplication::clipboard()->setMimeData(mime);
        emit done(tr("copied: %1").arg(view->plotTitle()));
    });
}

void ExportActions::copyAsLatex()
{
    const QString latex = latexOfView(m_explorer);
    if (latex.isEmpty()) {
        emit failed(tr("there are no figures to copy yet; open a file first"));
        return;
    }
    QApplication::clipboard()->setText(latex);
    emit done(tr("copied: the figures as a LaTeX table"));
}

void ExportActions::askForReport()
{
    if (!m_explorer.report(Explorer::A)) {
        emit failed(tr("there is nothing to report yet; open a file first"));
        return;
    }
    ask(ExportSubject::Report, stem(tr("report")), [this](const ExportChoice& choice) { exportReport(choice); });
}

void ExportActions::exportReport(const ExportChoice& choice)
{
    m_hash->whenKnown([this, choice](const QString& hash) {
        const std::optional<ReportPage> page = reportOfView(m_explorer, m_docks, hash);
        if (!page) {
            emit failed(tr("the figures are gone; export again when there are some"));
            return;
        }
        const bool isHtml = choice.path.endsWith(QLatin1String(".html"), Qt::CaseInsensitive);
        tell(writeFile(choice.path, isHtml ? reportHtml(*page) : reportPdf(*page)), choice.path);
    });
}

void ExportActions::compareHash(const PlotRecipe& recipe)
{
    if (recipe.tensorHash.isEmpty())
        return;
    m_hash->whenKnown([this, recipe](const QString& hash) {
        if (hash != recipe.tensorHash)
            emit failed(tr("%1 of %2 has other values than when the picture was made; find the file it was made from")
                            .arg(recipe.tensor, recipe.file));
    });
}

void ExportActions::tell(const QString& problem, const QString& path)
{
    if (problem.isEmpty())
        emit done(tr("written: %1").arg(QDir::toNativeSeparators(path)));
    else
        emit failed(problem);
}

}  // namespace nanoscope
