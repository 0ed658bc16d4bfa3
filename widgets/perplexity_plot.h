#pragma once

#include "core/lm/perplexity_session.h"
#include "widgets/plot_view.h"
#include "widgets/series_role.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// One bar of the plot.
struct PerplexityBar {
    std::optional<SeriesRole> role;  ///< nothing: a format of an earlier request
    QString name;                    ///< of the format, with the method behind it
    const PerplexityEntry* entry = nullptr;
    bool isCalibrated = false;  ///< codes are chosen by a method instead of cast directly

    /// "A" to "D"; empty for an earlier one.
    [[nodiscard]] QString letter() const { return role ? seriesLetter(*role) : QString(); }
    /// "A: NxFP4".
    [[nodiscard]] QString fullName() const { return role ? letter() + QStringLiteral(": ") + name : name; }
};

/// The bars of a state: A, A under a method, B and so on, then earlier ones by their change of loss. They point into
/// the state.
[[nodiscard]] std::vector<PerplexityBar> perplexityBars(const PerplexityState& state);

/// How far an entry is: "12 of 64 windows", "grid 3 of 6", its error; empty when it is complete.
[[nodiscard]] QString perplexityProgress(const PerplexityEntry& entry, const PerplexityState& state);

/// What a language model's loss changes by, a bar per format, with two error bars: the standard error over windows
/// (a line with caps) and the spread over shifted block grids (a hatched band), because one cast's luck is often the
/// larger of the two.
class PerplexityPlot : public PlotView {
    Q_OBJECT

public:
    explicit PerplexityPlot(QWidget* parent = nullptr);

    /// Null empties the plot.
    void setState(std::shared_ptr<const PerplexityState> state);

    [[nodiscard]] QString plotTitle() const override;
    [[nodiscard]] QString summary() const override;
    void paintPlot(QPainter& painter, const QRectF& area) const override;
    [[nodiscard]] PlotData plotData() const override;
    [[nodiscard]] bool hasContent() const override;

private:
    struct Scale;
    [[nodiscard]] Scale scaleOf(const std::vector<PerplexityBar>& bars, double left, double right) const;
    void paintAxis(QPainter& painter, const QRectF& area, const Scale& scale) const;
    void paintBar(QPainter& painter, const QRectF& row, const PerplexityBar& bar, const Scale& scale) const;
    [[nodiscard]] QColor colorOf(std::optional<SeriesRole> role) const;

    std::shared_ptr<const PerplexityState> m_state;
};

}  // namespace nanoscope
