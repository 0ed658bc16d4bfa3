#include "app/export_folder.h"

#include "widgets/plot_view.h"

#include <QDir>

#include <utility>

namespace nanoscope {
namespace {

constexpr int kPatience = 500;  // ms

/// A name that no file of the folder has.
QString freePath(const QDir& folder, const QString& stem, const QString& kind)
{
    QString name = stem + '.' + kind;
    for (int number = 2; folder.exists(name); ++number)
        name = QStringLiteral("%1-%2.%3").arg(stem).arg(number).arg(kind);
    return folder.filePath(name);
}

}  // namespace

QString nameOfPlot(const PlotView& plot)
{
    return plot.accessibleName().isEmpty() ? plot.plotTitle() : plot.accessibleName();
}

QString fileNameOf(const QString& text)
{
    QString name;
    for (const QChar letter : text.toLower()) {
        if (letter.isLetterOrNumber() || letter == '_' || letter == '.')
            name += letter;
        else if (!name.isEmpty() && !name.endsWith('-'))
            name += '-';
    }
    while (name.endsWith('-') || name.endsWith('.'))
        name.chop(1);
    return name.isEmpty() ? QStringLiteral("plot") : name;
}

ExportFolder::ExportFolder(
    QWidget& window, const QString& folder, const QString& kind, const PlotExportOptions& options)
    : QObject(&window)
    , m_folder(folder)
    , m_kind(kind)
    , m_options(options)
    , m_progress(tr("Exporting plots"), tr("Cancel"), 0, 0, &window)
{
    m_progress.setObjectName("ExportProgress");
    m_progress.setWindowTitle(tr("Export all plots"));
    m_progress.setMinimumDuration(kPatience);
    m_progress.setWindowModality(Qt::WindowModal);
    connect(&m_timer, &QTimer::timeout, this, &ExportFolder::writeNext);
}

void ExportFolder::add(const PlotView& plot, const PlotRecipe& recipe, const QString& stem)
{
    m_items.push_back({&plot, recipe, stem});
}

void ExportFolder::start()
{
    if (!QDir().mkpath(m_folder)) {
        finish(tr("%1: the folder cannot be made; choose another one").arg(QDir::toNativeSeparators(m_folder)));
        return;
    }
    m_progress.setMaximum(static_cast<int>(m_items.size()));
    m_progress.setValue(0);
    m_timer.start(0);
}

void ExportFolder::writeNext()
{
    if (m_next >= m_items.size() || m_progress.wasCanceled()) {
        finish({});
        return;
    }
    const Item& item = m_items[m_next++];
    if (item.plot) {
        const QString problem
            = exportPlot(*item.plot, item.recipe, freePath(QDir(m_folder), item.stem, m_kind), m_options);
        if (!problem.isEmpty()) {
            finish(problem);
            return;
        }
        ++m_written;
    }
    m_progress.setValue(static_cast<int>(m_next));
}

void ExportFolder::finish(const QString& problem)
{
    m_timer.stop();
    m_progress.reset();
    if (problem.isEmpty())
        emit done(tr("%1 of %2 plots written to %3")
                      .arg(m_written)
                      .arg(m_items.size())
                      .arg(QDir::toNativeSeparators(m_folder)));
    else
        emit failed(problem);
    deleteLater();
}

}  // namespace nanoscope
