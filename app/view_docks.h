#pragma once

#include "app/explorer.h"
#include "core/format/preset.h"
#include "widgets/level_id.h"
#include "widgets/series_role.h"
#include "widgets/theme.h"

#include <QHash>
#include <QObject>

#include <array>
#include <optional>
#include <vector>

class QDockWidget;
class QMainWindow;
class QSettings;

namespace nanoscope {

class BlockBits;
class CostDock;
class DeferredRefresh;
class FigureTable;
class FormatEditor;
class ErrorMapView;
class Inspector;
class LevelLink;
class LessonsDock;
class LevelStack;
class LevelTable;
class MagnitudeChart;
class OutlierDock;
class PanelDock;
class PlotView;
class SpeedMeter;
class SpeedView;
class StudyView;
class TeachDock;
class TensorPanel;

/// What the window is arranged for.
enum class Arrangement {
    Explore,  ///< one format in depth, a second one beside it
    Compare,  ///< formats A to D side by side
    Teach     ///< the bits of one block, large
};

/// The views of the window, one dock each, and what links them: reports go to all, a selection goes from the heat map
/// to the block, its elements and their levels, and back.
class ViewDocks : public QObject {
    Q_OBJECT

public:
    ViewDocks(QMainWindow& window, Explorer& explorer);

    /// All docks in the order of the View menu.
    [[nodiscard]] const QList<QDockWidget*>& docks() const { return m_docks; }
    /// Puts every dock where the arrangement has it as shipped.
    void arrange(Arrangement arrangement);
    /// Hides the editors of C and D where there is no such format, after docks were put somewhere.
    void hideUnusedFormats();
    void setTheme(const Theme& theme);
    /// What the format editors offer.
    void setPresets(const std::vector<Preset>& presets);
    /// The plot that has or last had the focus.
    [[nodiscard]] PlotView* currentPlot() const { return m_currentPlot; }
    /// Which format the current plot shows.
    [[nodiscard]] Explorer::Slot currentSlot() const;
    [[nodiscard]] CostDock& cost() { return *m_cost; }
    [[nodiscard]] TeachDock& teach() { return *m_teach; }
    [[nodiscard]] LessonsDock& lessons() { return *m_lessons; }
    /// What the docks remember between starts.
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);
    /// False while a dock that can be seen does not show the present answer; what the explorer answers is not counted.
    [[nodiscard]] bool isCurrent() const;
    /// True while a dock's own work runs.
    [[nodiscard]] bool isBusy() const;
    /// Why isCurrent() is false although nothing runs; empty otherwise.
    [[nodiscard]] QString unsettled() const;
    /// Stops the docks' own work.
    void cancel();
    /// Outlines a level wherever it is shown; nothing: none.
    void selectLevel(const std::optional<LevelId>& level);
    /// The level that the user chose.
    [[nodiscard]] std::optional<LevelId> selectedLevel() const;
    /// Keyboard focus where single keys are commands, not text.
    void focusFirstView();

signals:
    /// The user edited a format; controlId tells edits by the same control apart from others.
    void formatsEdited(const nanoscope::FormatSet& formats, const QString& controlId);
    void failed(const QString& message);
    /// isCurrent() or isBusy() may have changed.
    void currentChanged();

private:
    QDockWidget* addDock(const QString& title, const QString& objectName, QWidget* content);
    template <class Panel> Panel* addPanel(const QString& title, const QString& objectName);
    void watchPanel(PanelDock* panel);
    void createPanels();
    void keepPlaces();
    void stack(const QList<QDockWidget*>& docks);
    void arrangeToExplore(QSize size);
    void arrangeToCompare(QSize size);
    void arrangeToTeach(QSize size);
    void createViews();
    void createSpeed();
    void showTimes(int slot);
    void connectExplorer();
    void connectViews();
    void watchPlots();
    /// What answers, of every slot.
    [[nodiscard]] RoleReports answers() const;
    [[nodiscard]] RoleReports reports() const;
    void showFormats();
    void showTrace();
    void showElement(int element);

    QMainWindow& m_window;
    Explorer& m_explorer;
    QList<QDockWidget*> m_docks;
    QHash<QString, QDockWidget*> m_byName;
    std::vector<PanelDock*> m_panels;  // docks with work of their own
    QList<DeferredRefresh*> m_reportViews;
    QList<DeferredRefresh*> m_answerViews;  // which show what the summary knows while a report is on its way
    TensorPanel* m_tensors = nullptr;
    FormatEditor* m_editors[Explorer::kSlots] = {};
    std::array<bool, Explorer::kSlots> m_hasFormat{true, true, false, false};
    std::optional<NamedFormat> m_sqnrFormat;  // under which the tree's ratios were measured
    LevelStack* m_levels = nullptr;
    LevelTable* m_levelTable = nullptr;
    ErrorMapView* m_errorMap = nullptr;
    BlockBits* m_block = nullptr;
    Inspector* m_inspector = nullptr;
    FigureTable* m_figures = nullptr;
    MagnitudeChart* m_magnitude = nullptr;
    StudyView* m_studies = nullptr;
    SpeedView* m_speed = nullptr;
    SpeedMeter* m_speedMeter;
    CostDock* m_cost = nullptr;
    LevelLink* m_levelLink = nullptr;
    OutlierDock* m_outliers = nullptr;
    TeachDock* m_teach = nullptr;
    LessonsDock* m_lessons = nullptr;
    PlotView* m_currentPlot = nullptr;
};

}  // namespace nanoscope
