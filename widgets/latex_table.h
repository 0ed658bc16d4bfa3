#pragma once

#include <QString>

namespace nanoscope {

class FigureModel;

/// The figures of all formats as a LaTeX tabular for \usepackage{booktabs}: a column a format, units behind the names,
/// the best value of a row in bold type. Compiles with pdflatex and with engines for Unicode.
[[nodiscard]] QString latexTable(const FigureModel& figures);

/// Text for LaTeX: special characters escaped; minus signs, powers of ten, indices and narrow spaces as LaTeX sets
/// them.
[[nodiscard]] QString latexText(const QString& text);

}  // namespace nanoscope
