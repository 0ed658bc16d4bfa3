#pragma once

#include "widgets/plot_data.h"
#include "widgets/theme.h"

#include <QString>
#include <QWidget>

class QFontMetricsF;
class QPainter;
class QRectF;

namespace nanoscope {

/// Base of every plot: one paint function for the screen and for export, a title, and a line that says in words what
/// the picture shows.
class PlotView : public QWidget {
    Q_OBJECT

public:
    explicit PlotView(QWidget* parent = nullptr);

    /// The plot repaints in the new colors.
    void setTheme(const Theme& theme);
    [[nodiscard]] const Theme& theme() const { return m_theme; }

    /// Name of the plot, for window titles and files.
    [[nodiscard]] virtual QString plotTitle() const = 0;

    /// What the plot shows now, in one line; also its accessible description.
    [[nodiscard]] virtual QString summary() const = 0;

    /// Paints the whole plot, background excluded, without what belongs to the pointer or the keyboard.
    /// @param painter  its font decides the size of the text
    /// @param area     in the painter's logical units
    virtual void paintPlot(QPainter& painter, const QRectF& area) const = 0;

    /// The numbers behind what the plot shows; without columns when it shows nothing, or does not say.
    [[nodiscard]] virtual PlotData plotData() const { return {}; }

    /// False for a plot with nothing to show, which is left out when all are exported.
    [[nodiscard]] virtual bool hasContent() const { return true; }

    [[nodiscard]] QSize sizeHint() const override { return {560, 320}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 150}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

    /// Paints what only the screen shows, above the plot: hover marks.
    virtual void paintOverlay(QPainter& painter, const QRectF& area) const;

    /// The theme changed; caches of pictures are stale.
    virtual void themeChanged() { }

    /// Repaints and refreshes the accessible description. Call after every change of what the plot shows.
    void contentChanged();

    /// Bold `name` and muted `detail` on one line at the top of `area`, cut with an ellipsis where it ends.
    /// @return what is left of `area`
    QRectF paintHeader(QPainter& painter, const QRectF& area, const QString& name, const QString& detail) const;

    /// Height that paintHeader() takes.
    [[nodiscard]] static double headerHeight(const QFontMetricsF& metrics);

    /// A muted sentence in the middle, for plots with nothing to show.
    void paintEmpty(QPainter& painter, const QRectF& area, const QString& text) const;

private:
    Theme m_theme = lightTheme();
};

}  // namespace nanoscope
