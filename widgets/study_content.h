#pragma once

#include "core/analysis/study.h"
#include "widgets/study_plot.h"

#include <QString>
#include <QStringList>

namespace nanoscope {

/// The comparators, in the order in which they are offered.
enum class StudyPage { BitFlips, LMul, FloatSplit, ErrorInterval, Spikes };
inline constexpr int kStudyPages = 5;

[[nodiscard]] QString studyPageName(StudyPage page);

/// What the result offers to choose from on a page: codebooks and scale, or block lengths. Empty: there is one picture.
[[nodiscard]] QStringList studyParts(const StudyResult& result, StudyPage page);

/// The picture, table and finding of a page.
/// @param part  index into studyParts(); others show the first
[[nodiscard]] StudyContent studyContent(const StudyResult& result, StudyPage page, int part);

/// A page without a result.
[[nodiscard]] StudyContent emptyStudyContent(StudyPage page, const QString& why);

/// @name One page each, of the part of the result that it shows
/// @{
[[nodiscard]] QStringList bitFlipParts(const BitFlipStudy& study, const FormatSpec& spec);
[[nodiscard]] StudyContent bitFlipContent(const BitFlipStudy& study, const FormatSpec& spec, int part);
[[nodiscard]] StudyContent lMulContent(const LMulStudy& study);
[[nodiscard]] QStringList floatSplitParts(const FloatSplitStudy& study);
/// @param elements  of the whole tensor
[[nodiscard]] StudyContent floatSplitContent(const FloatSplitStudy& study, std::uint64_t elements, int part);
[[nodiscard]] StudyContent errorIntervalContent(const ErrorIntervalFigures& figures);
[[nodiscard]] StudyContent spikeContent(const SpikeFigures& figures);
/// @}

}  // namespace nanoscope
