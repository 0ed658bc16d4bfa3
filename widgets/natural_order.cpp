#include "widgets/natural_order.h"

namespace nanoscope {
namespace {

/// Length of the run of digits at the start of `text`.
qsizetype digitRun(QStringView text)
{
    qsizetype length = 0;
    while (length < text.size() && text[length].isDigit())
        ++length;
    return length;
}

QStringView withoutLeadingZeros(QStringView digits)
{
    while (digits.size() > 1 && digits.front() == u'0')
        digits = digits.mid(1);
    return digits;
}

int compareNumbers(QStringView a, QStringView b)
{
    const QStringView x = withoutLeadingZeros(a);
    const QStringView y = withoutLeadingZeros(b);
    if (x.size() != y.size())
        return x.size() < y.size() ? -1 : 1;
    return x.compare(y);
}

}  // namespace

bool naturalLess(QStringView a, QStringView b)
{
    QStringView x = a;
    QStringView y = b;
    while (!x.isEmpty() && !y.isEmpty()) {
        const qsizetype digitsX = digitRun(x);
        const qsizetype digitsY = digitRun(y);
        const bool numbers = digitsX > 0 && digitsY > 0;
        const qsizetype stepX = numbers ? digitsX : 1;
        const qsizetype stepY = numbers ? digitsY : 1;
        const int order = numbers ? compareNumbers(x.first(stepX), y.first(stepY))
                                  : x.first(1).compare(y.first(1), Qt::CaseInsensitive);
        if (order != 0)
            return order < 0;
        x = x.mid(stepX);
        y = y.mid(stepY);
    }
    if (x.isEmpty() != y.isEmpty())
        return x.isEmpty();
    return a.compare(b) < 0;  // differ in case or leading zeros only: any fixed order will do
}

}  // namespace nanoscope
