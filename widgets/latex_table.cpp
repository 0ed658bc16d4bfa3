#include "widgets/latex_table.h"

#include "widgets/figure_model.h"

#include <QFont>
#include <QHash>
#include <QStringList>

namespace nanoscope {

namespace {

/// What stands for a character outside of exponents and indices.
QString replacementOf(QChar letter)
{
    static const QHash<QChar, QString> kReplacements{{u'&', "\\&"}, {u'%', "\\%"}, {u'$', "\\$"}, {u'#', "\\#"},
        {u'_', "\\_"}, {u'{', "\\{"}, {u'}', "\\}"}, {u'~', "\\textasciitilde{}"}, {u'^', "\\textasciicircum{}"},
        {u'\\', "\\textbackslash{}"}, {u'<', "\\textless{}"}, {u'>', "\\textgreater{}"}, {u'|', "\\textbar{}"},
        {QChar(0x2212), "$-$"}, {QChar(0x00D7), "$\\times$"}, {QChar(0x00B1), "$\\pm$"}, {QChar(0x00B7), "$\\cdot$"},
        {QChar(0x2013), "--"}, {QChar(0x00A0), "~"}, {QChar(0x202F), "\\,"}, {QChar(0x2009), "\\,"},
        {QChar(0x221E), "$\\infty$"}, {QChar(0x2019), "'"}, {QChar(0x2026), "\\ldots{}"}};
    return kReplacements.value(letter, letter);
}

/// A raised or lowered digit or sign as it stands on the line; nothing for other characters.
QChar plainOf(QChar letter, const QString& from)
{
    const qsizetype at = from.indexOf(letter);
    return at < 0 ? QChar() : QStringLiteral("0123456789-")[at];
}

}  // namespace

QString latexText(const QString& text)
{
    static const QString kRaised = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹⁻");
    static const QString kLowered = QStringLiteral("₀₁₂₃₄₅₆₇₈₉₋");
    QString latex;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isRaised = kRaised.contains(text[i]);
        if (!isRaised && !kLowered.contains(text[i])) {
            latex += replacementOf(text[i]);
            continue;
        }
        const QString& from = isRaised ? kRaised : kLowered;
        latex += isRaised ? "$^{" : "$_{";
        for (; i < text.size() && from.contains(text[i]); ++i)
            latex += plainOf(text[i], from);
        latex += "}$";
        --i;
    }
    return latex;
}

QString latexTable(const FigureModel& figures)
{
    QList<int> columns;
    QStringList heads{
        latexText(figures.headerData(FigureModel::NameColumn, Qt::Horizontal, Qt::DisplayRole).toString())};
    for (int column = FigureModel::AColumn; column <= FigureModel::DColumn; ++column) {
        const QString name = figures.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
        if (name.isEmpty())
            continue;
        columns << column;
        heads << latexText(name);
    }
    QString latex = QStringLiteral("% \\usepackage{booktabs}\n\\begin{tabular}{l%1}\n\\toprule\n%2 \\\\\n\\midrule\n")
                        .arg(QString(columns.size(), u'r'), heads.join(" & "));
    const int timeRow = figures.rowOf(QStringLiteral("time"));  // of this program, not of the formats
    for (int row = 0; row < figures.rowCount(); ++row) {
        if (row == timeRow)
            continue;
        const QModelIndex name = figures.index(row, FigureModel::NameColumn);
        QStringList cells{latexText(name.data(FigureModel::NameWithUnitRole).toString())};
        for (const int column : columns) {
            const QModelIndex index = figures.index(row, column);
            const QString text = latexText(QString(index.data().toString()).remove(QStringLiteral("✓ ")));
            const bool isBest = index.data(Qt::FontRole).value<QFont>().bold();
            cells << (isBest ? QStringLiteral("\\textbf{%1}").arg(text) : text);
        }
        latex += cells.join(" & ") + " \\\\\n";
    }
    return latex + "\\bottomrule\n\\end{tabular}\n";
}

}  // namespace nanoscope
