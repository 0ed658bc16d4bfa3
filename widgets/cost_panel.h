#pragma once

#include "widgets/cost_bars.h"
#include "widgets/cost_result.h"
#include "widgets/theme.h"

#include <QList>
#include <QWidget>

#include <array>
#include <functional>
#include <memory>
#include <vector>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLabel;
class QScrollArea;
class QSplitter;
class QTabWidget;
class QTextEdit;
class QToolButton;
class QVBoxLayout;

namespace nanoscope {

class CostBarChart;
class CostConstantTable;
class CostControls;
class CostFields;
class CostRatioPlot;
class CostRooflineChart;
class CostTable;
struct Preset;

/// What formats A and B cost in hardware: controls with DRAM energy first, ratios to the baselines, bars of area and
/// energy, a roofline, every figure with its formula and source, and what to know before using them.
class CostPanel : public QWidget {
    Q_OBJECT

public:
    explicit CostPanel(QWidget* parent = nullptr);

    /// Formats that activations can have.
    void setPresets(const std::vector<Preset>& presets);
    /// Shows a choice without emitting it.
    void setChoice(const CostChoice& choice);
    /// Null: nothing to show yet.
    void setResult(std::shared_ptr<const CostResult> result);
    /// Why there are no figures for the present choice; those that are shown are of the one before. Empty: all is well.
    void setProblem(const QString& problem);
    void setTheme(const Theme& theme);

    /// Paths of parameters that have a control, those of constants included.
    [[nodiscard]] QStringList paths() const;
    /// The line of refusal or failure; empty when there is none.
    [[nodiscard]] QString problem() const;
    /// Shows the formula and source of a figure (CostRow::id) and marks it in table and charts.
    void selectFigure(const QString& id);
    /// Brings pages that cannot be seen up to date; they are made when they are turned to.
    void refreshPages();

Q_SIGNALS:
    /// The user changed the choice. Edits with the same controlId can be merged.
    void choiceEdited(const nanoscope::CostChoice& choice, const QString& controlId);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// In the order of the tabs.
    enum class Page { Ratios, Area, Energy, Roofline, Figures, Limits };

    void buildHead(QVBoxLayout& layout);
    void buildParameters();
    void buildPages();
    [[nodiscard]] QWidget* buildRatios();
    [[nodiscard]] QWidget* buildEnergy();
    [[nodiscard]] QWidget* buildRoofline();
    void connectPages();

    void applySetting(const QString& controlId, const QString& setting);
    void applyChoice(const QString& controlId, const std::function<void(CostChoice&)>& edit);
    void reset(CostChoice& choice) const;
    void refuse(const QString& why);
    void setLayer(const CostLayerId& layer);
    void showResult();
    void showPage(int page);
    [[nodiscard]] BarBaselines baselines() const;
    void showLayers();
    void showLayerText();
    void showDetail();
    void showBadges();
    void showNotes();
    void showProblem();

    CostChoice m_choice;
    std::shared_ptr<const CostResult> m_result;
    std::vector<Preset> m_presets;
    CostLayerId m_layer;
    std::array<bool, 6> m_isStale{};
    QString m_figure;
    QString m_refusal;
    QString m_failure;
    Theme m_theme = lightTheme();

    CostControls* m_controls = nullptr;
    QCheckBox* m_all;
    QCheckBox* m_fp16;
    QToolButton* m_reset;
    QLabel* m_problem;
    QSplitter* m_split;
    QSplitter* m_right;
    bool m_isDetailMoved = false;
    QScrollArea* m_parameters = nullptr;
    QList<CostFields*> m_fields;
    CostConstantTable* m_constants = nullptr;
    QTabWidget* m_pages;
    QLabel* m_badges;
    CostRatioPlot* m_ratios;
    CostBarChart* m_area;
    CostBarChart* m_decode;
    CostBarChart* m_prefill;
    CostRooflineChart* m_roofline;
    QComboBox* m_layers;
    QBoxLayout* m_layerRow = nullptr;
    QLabel* m_layerText;
    CostTable* m_table;
    QLabel* m_notes;
    QTextEdit* m_detail;
};

}  // namespace nanoscope
