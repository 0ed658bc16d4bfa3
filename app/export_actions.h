#pragma once

#include "app/explorer.h"
#include "app/export_dialog.h"
#include "widgets/latest_job.h"
#include "widgets/plot_recipe.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

class QAction;
class QMainWindow;
class QMenu;

namespace nanoscope {

class PlotView;
class TensorHash;
class ViewDocks;
struct PlotData;

/// What leaves the window as a file or through the clipboard: plots, their numbers, the report. Every picture carries
/// its recipe; the tensor's hash is made before the first is written.
class ExportActions : public QObject {
    Q_OBJECT

public:
    enum class Memory {
        Restore,  ///< folder and kinds are those of the last export, also of the last start
        Fresh     ///< nothing is read from settings or written to them
    };

    ExportActions(QMainWindow& window, Explorer& explorer, ViewDocks& docks, Memory memory);
    /// Waits until what was asked for is written.
    ~ExportActions() override;

    /// Adds the submenu Export to `file`.
    /// @return "This plot…", for the tool bar
    QAction* addTo(QMenu* file);
    /// Adds what is copied to `edit`.
    void addCopyActionsTo(QMenu* edit);

    /// @name What the actions do once the user has chosen
    /// @{
    void exportPlot(PlotView& plot, const ExportChoice& choice);
    void exportAllPlots(const ExportChoice& choice);
    void exportReport(const ExportChoice& choice);
    /// @}

    /// Says so when the tensor on show has other values than the one that a picture was made from.
    void compareHash(const PlotRecipe& recipe);

    /// Plots with something to show, in the order of the View menu; hidden ones are brought up to date first.
    [[nodiscard]] QList<PlotView*> plots();

signals:
    /// An error in one line.
    void failed(const QString& message);
    /// What was written, in one line.
    void done(const QString& message);

private:
    void ask(ExportSubject subject, const QString& name, std::function<void(const ExportChoice&)> then);
    void askForPlot();
    void askForAllPlots();
    void askForData();
    void askForReport();
    void copyPlot();
    void copyAsLatex();
    void writeData(const PlotData& data, const PlotRecipe& recipe, const ExportChoice& choice);
    void writeNext();
    void tell(const QString& problem, const QString& path);
    /// The numbers of the table that has the focus, else of the plot that last had it.
    [[nodiscard]] PlotData currentData() const;
    /// Calls `then` with the recipe of a plot, its hash included.
    void withRecipe(PlotView& plot, std::function<void(const PlotRecipe&)> then);
    [[nodiscard]] QString stem(const QString& what) const;

    QMainWindow& m_window;
    Explorer& m_explorer;
    ViewDocks& m_docks;
    Memory m_memory;
    TensorHash* m_hash;
    QPointer<ExportDialog> m_dialog;
    QString m_folder;
    QHash<int, ExportChoice> m_last;  // by subject

    struct Written {
        QString path;
        QString problem;  ///< empty: none
    };
    std::deque<std::function<Written()>> m_toWrite;  // the first is being written
    std::unique_ptr<LatestJob<Written>> m_writing;
};

}  // namespace nanoscope
