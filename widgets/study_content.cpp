#include "widgets/study_content.h"

#include <QCoreApplication>

namespace nanoscope {
namespace {

struct StudyText {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::StudyText)
};

}  // namespace

QString studyPageName(StudyPage page)
{
    switch (page) {
    case StudyPage::BitFlips:
        return StudyText::tr("Bit flips");
    case StudyPage::LMul:
        return StudyText::tr("L-Mul");
    case StudyPage::FloatSplit:
        return StudyText::tr("Float split");
    case StudyPage::ErrorInterval:
        return StudyText::tr("Error interval");
    case StudyPage::Spikes:
        return StudyText::tr("Spikes");
    }
    return {};
}

StudyContent emptyStudyContent(StudyPage page, const QString& why)
{
    StudyContent content;
    content.title = studyPageName(page);
    content.emptyText = why;
    return content;
}

QStringList studyParts(const StudyResult& result, StudyPage page)
{
    if (page == StudyPage::BitFlips && result.bitFlips)
        return bitFlipParts(*result.bitFlips, result.format.spec);
    if (page == StudyPage::FloatSplit && result.floatSplit)
        return floatSplitParts(*result.floatSplit);
    return {};
}

StudyContent studyContent(const StudyResult& result, StudyPage page, int part)
{
    switch (page) {
    case StudyPage::BitFlips:
        if (result.bitFlips)
            return bitFlipContent(*result.bitFlips, result.format.spec, part);
        break;
    case StudyPage::LMul:
        if (result.lMul)
            return lMulContent(*result.lMul);
        break;
    case StudyPage::FloatSplit:
        if (result.floatSplit)
            return floatSplitContent(*result.floatSplit, result.tensor.elements, part);
        break;
    case StudyPage::ErrorInterval:
        if (result.errorIntervals)
            return errorIntervalContent(*result.errorIntervals);
        break;
    case StudyPage::Spikes:
        if (result.spikes)
            return spikeContent(*result.spikes);
        break;
    }
    return emptyStudyContent(page, StudyText::tr("Nothing of this kind can be said of this format"));
}

}  // namespace nanoscope
