#include "widgets/level_list_edit.h"

#include "widgets/number_list.h"

#include <QStringList>

#include <utility>

namespace nanoscope {
namespace {

constexpr int kShownLines = 5;

}  // namespace

LevelListEdit::LevelListEdit(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        markWrong();
        if (!m_isQuiet)
            Q_EMIT edited();
    });
}

void LevelListEdit::setLevels(const std::vector<double>& levels)
{
    if (this->levels() == levels)
        return;
    const bool wasQuiet = std::exchange(m_isQuiet, true);
    QStringList parts;
    for (const double level : levels)
        parts << exactText(level);
    setPlainText(parts.join(QStringLiteral(", ")));
    // The form blocks the signals of a control that it fills.
    markWrong();
    m_isQuiet = wasQuiet;
}

std::optional<std::vector<double>> LevelListEdit::levels() const
{
    return numbersFromText(toPlainText());
}

QString LevelListEdit::firstWrong() const
{
    const QString text = toPlainText();
    for (const NumberPart& part : numberParts(text))
        if (!part.isNumber)
            return text.mid(part.first, part.length);
    return {};
}

void LevelListEdit::markWrong()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const NumberPart& part : numberParts(toPlainText())) {
        if (part.isNumber)
            continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = textCursor();
        mark.cursor.setPosition(static_cast<int>(part.first));
        mark.cursor.setPosition(static_cast<int>(part.first + part.length), QTextCursor::KeepAnchor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(palette().color(QPalette::Text));
        mark.format.setFontWeight(QFont::Bold);
        marks << mark;
    }
    setExtraSelections(marks);
}

QSize LevelListEdit::sizeHint() const
{
    const int frame = 2 * frameWidth() + static_cast<int>(2 * document()->documentMargin());
    return {QPlainTextEdit::sizeHint().width(), kShownLines * fontMetrics().lineSpacing() + frame};
}

QSize LevelListEdit::minimumSizeHint() const
{
    return {60, sizeHint().height()};
}

}  // namespace nanoscope
