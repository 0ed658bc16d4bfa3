#pragma once

#include <QColor>
#include <QPalette>
#include <QString>

namespace nanoscope {

/// Colors by role, for one look of the whole window. A value: views copy it and repaint.
struct Theme {
    bool dark = false;
    QColor window;  ///< behind everything
    QColor panel;   ///< plots, tables, input fields
    QColor text;
    QColor mutedText;       ///< labels of axes, captions; still 4.5:1 on panel and window
    QColor grid;            ///< grid lines and frames
    QColor seriesA;         ///< format A
    QColor seriesB;         ///< format B
    QColor seriesC;         ///< format C
    QColor seriesD;         ///< format D
    QColor vacant;          ///< vacant levels
    QColor accent;          ///< selection and focus
    QColor accentText;      ///< text on accent
    QColor signField;       ///< fill of a sign bit
    QColor exponentField;   ///< fill of an exponent bit
    QColor mantissaField;   ///< fill of a mantissa bit
    QColor magnitudeField;  ///< fill of a bit of an integer magnitude
    QColor fieldText;       ///< text on the four field colors
    QColor error;           ///< text of errors

    bool operator==(const Theme&) const = default;
};

[[nodiscard]] Theme lightTheme();
[[nodiscard]] Theme darkTheme();

/// The palette that makes standard widgets follow the theme.
[[nodiscard]] QPalette paletteFor(const Theme& theme);

/// Style sheet for what a palette cannot say: dock titles, group boxes, tables, tool bars.
[[nodiscard]] QString styleSheetFor(const Theme& theme);

/// Ground of a selected cell that a delegate paints: muted text can be read on it, too.
[[nodiscard]] QColor selectedGround(const Theme& theme);

/// Relative luminance, 0 (black) to 1 (white). Source: WCAG 2.1.
[[nodiscard]] double relativeLuminance(const QColor& color);

/// Contrast of two opaque colors, 1 to 21. Source: WCAG 2.1.
[[nodiscard]] double contrastRatio(const QColor& first, const QColor& second);

/// `over` laid on `under` with the given opacity, as an opaque color (opaque pens are the fast ones).
[[nodiscard]] QColor blended(const QColor& under, const QColor& over, double opacity);

}  // namespace nanoscope
