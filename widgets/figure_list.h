#pragma once

#include "core/analysis/report.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace nanoscope {

/// Which of two values of a figure is the better one.
enum class Better { Neither, Lower, Higher, NearerToZero, NearerToOne };

/// From when on a figure is exact while a large tensor is being measured (ReportTier).
enum class KnownFrom {
    Format,  ///< at once: it follows from the format
    Pass,    ///< a kernel's pass; a preview estimates it
    Report   ///< the whole report
};

/// How the value of a figure is written.
enum class FigureStyle { Number, Fixed, Percent, Decibel, Count };

/// One figure of a report, as a table shows it.
struct Figure {
    QString id;  ///< stable name for tests
    QString name;
    QString unit;  ///< empty for a plain number
    QString tip;   ///< what it is, in a sentence
    Better better = Better::Neither;
    FigureStyle style = FigureStyle::Number;
    std::function<std::optional<double>(const Report&)> value;  ///< absent where undefined
    std::function<QString(const Report&)> text;                 ///< in place of a value, for what is no number
    KnownFrom known = KnownFrom::Pass;
    bool isSquaredError = false;  ///< of the squared error, whose standard error a preview states
};

/// Every figure, in the order in which they are shown.
[[nodiscard]] std::vector<Figure> figureList();

/// A value in the figure's style, without its unit; "–" when absent.
[[nodiscard]] QString figureText(const Figure& figure, const std::optional<double>& value);

/// The same with its sign, for differences.
[[nodiscard]] QString differenceText(const Figure& figure, const std::optional<double>& value);

/// -1 when `a` is the better value, +1 when `b` is, 0 when neither is.
[[nodiscard]] int betterSide(Better better, const std::optional<double>& a, const std::optional<double>& b);

/// False while the difference of two estimates may be chance: where a preview stands behind a figure without a standard
/// error, or within two standard errors of the difference of SQNR.
[[nodiscard]] bool isDifferenceSure(const Figure& figure, const Report& a, const Report& b);

}  // namespace nanoscope
