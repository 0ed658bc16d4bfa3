#include "widgets/tier_text.h"

#include <QCoreApplication>
#include <QLocale>

namespace nanoscope {
namespace {

/// Texts of this file, for translation.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::TierText)
};

}  // namespace

QString tierText(const Report& report)
{
    switch (report.tier) {
    case ReportTier::Exact:
        return {};
    case ReportTier::Summary:
        return Text::tr("exact summary");
    case ReportTier::Pass:
        return Text::tr("errors and counts exact");
    case ReportTier::Preview:
        break;
    }
    if (!report.sqnrStandardError)  // no error to tell a ratio of
        return Text::tr("preview");
    const double deviation = *report.sqnrStandardError;
    return Text::tr("preview ± %1 dB").arg(QLocale().toString(deviation, 'f', deviation < 0.0095 ? 3 : 2));
}

}  // namespace nanoscope
