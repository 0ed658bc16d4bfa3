#pragma once

#include "widgets/plot_export.h"

#include <QObject>
#include <QPointer>
#include <QProgressDialog>
#include <QString>
#include <QTimer>

#include <vector>

namespace nanoscope {

class PlotView;

/// What a plot is called in the window: "levels of format A".
[[nodiscard]] QString nameOfPlot(const PlotView& plot);

/// Text as the name of a file: lower case, letters and digits with hyphens between them.
[[nodiscard]] QString fileNameOf(const QString& text);

/// Writes plots into a folder, one at a time between events, with progress and a way to stop it once it takes more than
/// half a second. Files that are there already stay: new ones get a number. Deletes itself at the end.
class ExportFolder : public QObject {
    Q_OBJECT

public:
    /// @param kind  ending of all files
    ExportFolder(QWidget& window, const QString& folder, const QString& kind, const PlotExportOptions& options);

    /// @param stem  of the file's name
    void add(const PlotView& plot, const PlotRecipe& recipe, const QString& stem);
    void start();

signals:
    /// An error in one line; what was written before it stays.
    void failed(const QString& message);
    void done(const QString& message);

private:
    struct Item {
        QPointer<const PlotView> plot;
        PlotRecipe recipe;
        QString stem;
    };

    void writeNext();
    void finish(const QString& problem);

    QString m_folder;
    QString m_kind;
    PlotExportOptions m_options;
    std::vector<Item> m_items;
    std::size_t m_next = 0;
    std::size_t m_written = 0;
    QProgressDialog m_progress;
    QTimer m_timer;
};

}  // namespace nanoscope
