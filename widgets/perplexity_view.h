#pragma once

#include "core/lm/perplexity_session.h"
#include "widgets/theme.h"

#include <QString>
#include <QStringList>
#include <QWidget>

#include <memory>

class QAbstractTableModel;
class QCheckBox;
class QComboBox;
class QLabel;
class QTabWidget;
class QTableView;
class QTextBrowser;
class QToolButton;

namespace nanoscope {

class ChartTableModel;
class PerplexityLayers;
class PerplexityPlot;

/// What of the model is cast beside the weights of its linear layers, and how their codes are chosen.
struct PerplexityScope {
    QString activations;        ///< name of a preset, kAsWeights, or empty: as they are
    QString keyValues;          ///< the same
    bool embedding = false;     ///< the table that tokens are looked up in
    bool head = false;          ///< the matrix that makes logits
    QString method;             ///< of methodName(), beside the direct cast; empty: the direct cast alone
    bool correctsBias = false;  ///< the same with the mean error of every output taken off
    bool operator==(const PerplexityScope&) const = default;
};

/// "The same format as the weights" in a PerplexityScope.
inline constexpr const char* kAsWeights = "=";

/// What a small language model loses under formats A and B: what is cast, a bar for each, what cannot be told apart,
/// and every number.
class PerplexityView : public QWidget {
    Q_OBJECT

public:
    explicit PerplexityView(QWidget* parent = nullptr);

    /// Null: nothing is known yet.
    void setState(std::shared_ptr<const PerplexityState> state);
    /// A failure of the model or its tokens in one line; empty: none.
    void setError(const QString& message);
    /// Names that activations, keys and values may be cast to.
    void setPresets(const QStringList& names);
    void setScope(const PerplexityScope& scope);
    [[nodiscard]] PerplexityScope scope() const;
    /// What the pages show of single layers at present.
    [[nodiscard]] LayerFigures layerFigures() const;
    void setTheme(const Theme& theme);

    [[nodiscard]] const QAbstractTableModel& tableModel() const;
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

signals:
    void scopeEdited(const nanoscope::PerplexityScope& scope);
    /// layerFigures() has changed.
    void layerFiguresEdited(nanoscope::LayerFigures figures);
    /// Another model is to be chosen.
    void modelRequested();

private:
    [[nodiscard]] QWidget* makeScopeControls();
    [[nodiscard]] QWidget* makeModelLine();
    void showState();

    QComboBox* m_activations;
    QComboBox* m_keyValues;
    QCheckBox* m_embedding;
    QCheckBox* m_head;
    QLabel* m_model;
    QToolButton* m_chooseModel;
    QLabel* m_finding;
    PerplexityPlot* m_plot;
    QTableView* m_table;
    ChartTableModel* m_rows;
    QTextBrowser* m_texts;
    PerplexityLayers* m_layers;
    QTabWidget* m_pages;
    std::shared_ptr<const PerplexityState> m_state;
    QString m_error;
    QString m_shownTexts;
};

/// What the model writes behind the same prompt, as it is and under A and B, as HTML.
[[nodiscard]] QString perplexityTexts(const PerplexityState& state);

/// What can be said of A and B: which is better, or that one cast cannot tell.
[[nodiscard]] QString perplexityFinding(const PerplexityState& state);

}  // namespace nanoscope
