#include "widgets/tier_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace nanoscope {
namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("nanoscope::TierText", text);
}

}  // namespace

QString tierText(const Report& report)
{
    switch (report.tier) {
    case ReportTier::Exact:
        return {};
    case ReportTier::Summary:
        return translated("exact summary");
    case ReportTier::Pass:
        return translated("errors and counts exact");
    case ReportTier::Preview:
        break;
    }
    if (!report.sqnrStandardError)  // no error to tell a ratio of
        return translated("preview");
    const double deviation = *report.sqnrStandardError;
    return translated("preview ± %1 dB").arg(QLocale().toString(deviation, 'f', deviation < 0.0095 ? 3 : 2));
}

}  // namespace nanoscope
