#pragma once

#include <QObject>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;
class QWidget;

namespace nanoscope {

/// The part of a number line that is shown, as fractions of its length: so it means the same on lines of different
/// reach.
struct LevelZoom {
    double from = 0.0;
    double to = 1.0;

    [[nodiscard]] bool isWhole() const { return from <= 0.0 && to >= 1.0; }
    [[nodiscard]] double length() const { return to - from; }
    /// `times` closer around a place that stays where it is.
    /// @param place  of the visible part, 0 to 1
    [[nodiscard]] LevelZoom closer(double times, double place) const;
    /// Moved by a share of the visible part, to the right if positive; never beyond the ends.
    [[nodiscard]] LevelZoom moved(double share) const;
    bool operator==(const LevelZoom&) const = default;
};

/// What the user does to zoom a plot: wheel, drag, double click; + - 0 and Shift with the arrows on the keyboard.
class LevelZoomInput : public QObject {
    Q_OBJECT

public:
    /// @param plot  whose events are watched
    explicit LevelZoomInput(QWidget& plot);

    /// Where the number line lies across the plot, in pixels.
    void setLine(double left, double width);
    void setZoom(const LevelZoom& zoom) { m_zoom = zoom; }

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void zoomed(const nanoscope::LevelZoom& zoom);

private:
    [[nodiscard]] double placeAt(double x) const;
    void ask(const LevelZoom& zoom);
    [[nodiscard]] bool turn(const QWheelEvent& event);
    [[nodiscard]] bool drag(const QMouseEvent& event);
    [[nodiscard]] bool press(const QKeyEvent& event);

    LevelZoom m_zoom;
    double m_left = 0.0;
    double m_width = 1.0;
    double m_dragX = 0.0;
};

}  // namespace nanoscope
