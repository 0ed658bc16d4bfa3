#include "widgets/cost_number_box.h"

#include "widgets/nice_ticks.h"

#include <QLineEdit>
#include <QLocale>
#include <QStyle>
#include <QStyleOptionSpinBox>

#include <cmath>

namespace nanoscope {
namespace {

constexpr int kLetters = 7;         // that are always to be seen
constexpr double kNearly = 1.0001;  // so that a step from 2 goes to 5, not to 2

double nextDoubling(double value, bool up)
{
    if (value < 1)
        return up ? 1 : 0;
    const double exponent = std::log2(value);
    return std::exp2(up ? std::floor(exponent) + 1 : std::ceil(exponent) - 1);
}

double nextOneTwoFive(double value, bool up)
{
    if (value <= 0)
        return up ? 1 : 0;
    return up ? niceCeiling(value * kNearly) : niceFloor(value / kNearly);
}

}  // namespace

CostNumberBox::CostNumberBox(Steps steps, QWidget* parent)
    : QAbstractSpinBox(parent)
    , m_steps(steps)
{
    setFocusPolicy(Qt::StrongFocus);
    connect(lineEdit(), &QLineEdit::textEdited, this, &CostNumberBox::edited);
    connect(this, &QAbstractSpinBox::editingFinished, this, &CostNumberBox::showValue);
}

void CostNumberBox::setValue(const QString& value)
{
    m_value = value;
    const QString typed = QString(lineEdit()->text()).replace(u',', u'.');
    bool isNumber = false;
    const double number = typed.toDouble(&isNumber);
    if (lineEdit()->hasFocus() && (isNumber ? !value.isEmpty() && number == value.toDouble() : typed == value))
        return;  // "0.50" on the way to "0.505"
    showValue();
}

void CostNumberBox::setImplied(const QString& text)
{
    m_implied = text;
    lineEdit()->setPlaceholderText(text);
}

void CostNumberBox::showValue()
{
    if (lineEdit()->text() != m_value)
        lineEdit()->setText(m_value);
}

void CostNumberBox::stepBy(int steps)
{
    double number = QLocale::c().toDouble(m_value.isEmpty() ? m_implied : m_value);
    for (int i = 0; i < std::abs(steps); ++i)
        number = m_steps == Steps::Doubling ? nextDoubling(number, steps > 0) : nextOneTwoFive(number, steps > 0);
    Q_EMIT edited(QString::number(number, 'g', 10));
    showValue();
    selectAll();
}

QAbstractSpinBox::StepEnabled CostNumberBox::stepEnabled() const
{
    return StepUpEnabled | StepDownEnabled;
}

QValidator::State CostNumberBox::validate(QString& /*input*/, int& /*pos*/) const
{
    return QValidator::Acceptable;
}

void CostNumberBox::focusOutEvent(QFocusEvent* event)
{
    QAbstractSpinBox::focusOutEvent(event);
    showValue();  // what was refused goes
}

QSize CostNumberBox::sizeHint() const
{
    ensurePolished();
    QStyleOptionSpinBox option;
    initStyleOption(&option);
    const QFontMetrics metrics = fontMetrics();
    const QSize content(metrics.horizontalAdvance(QString(kLetters, u'0')), lineEdit()->sizeHint().height());
    return style()->sizeFromContents(QStyle::CT_SpinBox, &option, content, this);
}

QSize CostNumberBox::minimumSizeHint() const
{
    return sizeHint();
}

}  // namespace nanoscope
