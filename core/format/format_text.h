#pragma once

#include "core/format/format_spec.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace nanoscope {

/// One value of an enumeration and its name in JSON.
template <typename Enum> struct EnumName {
    Enum value;
    std::string_view text;
};

/// @name The names that JSON, command line and window share, in the order in which they are offered
/// @{
inline constexpr std::array kUnitNames{
    EnumName<Unit>{Unit::Block, "block"},
    EnumName<Unit>{Unit::Subgroup, "sub"},
    EnumName<Unit>{Unit::Tensor, "tensor"},
};
inline constexpr std::array kBookKindNames{
    EnumName<BookKind>{BookKind::Float, "float"},
    EnumName<BookKind>{BookKind::Integer, "int"},
    EnumName<BookKind>{BookKind::Posit, "posit"},
    EnumName<BookKind>{BookKind::Table, "table"},
    EnumName<BookKind>{BookKind::Fitted, "kmeans"},
};
inline constexpr std::array kTopCodesNames{
    EnumName<TopCodes>{TopCodes::Finite, "finite"},
    EnumName<TopCodes>{TopCodes::OneNan, "nan1"},
    EnumName<TopCodes>{TopCodes::Ieee, "ieee"},
    EnumName<TopCodes>{TopCodes::Fnuz, "fnuz"},
};
inline constexpr std::array kRecycleModeNames{
    EnumName<RecycleMode>{RecycleMode::HalfOfSmallest, "half_min"},
    EnumName<RecycleMode>{RecycleMode::Value, "value"},
};
inline constexpr std::array kOverflowNames{
    EnumName<Overflow>{Overflow::Saturate, "saturate"},
    EnumName<Overflow>{Overflow::Wrap, "wrap"},
};
inline constexpr std::array kReadRuleNames{
    EnumName<ReadRule>{ReadRule::Round, "round"},
    EnumName<ReadRule>{ReadRule::Floor, "floor"},
};
inline constexpr std::array kStatisticNames{
    EnumName<ScaleStatistic>{ScaleStatistic::Maximum, "max"},
    EnumName<ScaleStatistic>{ScaleStatistic::Range, "range"},
    EnumName<ScaleStatistic>{ScaleStatistic::MeanAbsolute, "mean_abs"},
    EnumName<ScaleStatistic>{ScaleStatistic::Survivors, "survivors"},
};
inline constexpr std::array kClipKindNames{
    EnumName<ClipKind>{ClipKind::Ratio, "ratio"},
    EnumName<ClipKind>{ClipKind::Bias, "bias"},
};
inline constexpr std::array kTensorScaleCodecNames{
    EnumName<TensorScaleCodec>{TensorScaleCodec::FP32, "FP32"},
    EnumName<TensorScaleCodec>{TensorScaleCodec::E8M0, "E8M0"},
};
inline constexpr std::array kOffsetKindNames{
    EnumName<OffsetKind>{OffsetKind::ZeroPoint, "zero_point"},
    EnumName<OffsetKind>{OffsetKind::Minimum, "minimum"},
};
inline constexpr std::array kMixRuleNames{
    EnumName<MixRule>{MixRule::WidestOfRow, "widest_of_row"},
    EnumName<MixRule>{MixRule::OutlierColumns, "outlier_columns"},
    EnumName<MixRule>{MixRule::ErrorThreshold, "error_threshold"},
    EnumName<MixRule>{MixRule::ResidualColumns, "residual_columns"},
};
inline constexpr std::array kCodeLayoutNames{
    EnumName<CodeLayout>{CodeLayout::Elements, "elements"},
    EnumName<CodeLayout>{CodeLayout::Split4, "split4"},
    EnumName<CodeLayout>{CodeLayout::Planes, "planes"},
};
inline constexpr std::array kEncoderNames{
    EnumName<EncoderId>{EncoderId::Search, "search"},
    EnumName<EncoderId>{EncoderId::OliVe, "OliVe"},
    EnumName<EncoderId>{EncoderId::MicroScopiQ, "MicroScopiQ"},
    EnumName<EncoderId>{EncoderId::Phase, "phase"},
    EnumName<EncoderId>{EncoderId::Q4_0, "Q4_0"},
    EnumName<EncoderId>{EncoderId::Q4_1, "Q4_1"},
    EnumName<EncoderId>{EncoderId::Q5_0, "Q5_0"},
    EnumName<EncoderId>{EncoderId::Q5_1, "Q5_1"},
    EnumName<EncoderId>{EncoderId::Q8_0, "Q8_0"},
    EnumName<EncoderId>{EncoderId::Q2_K, "Q2_K"},
    EnumName<EncoderId>{EncoderId::Q3_K, "Q3_K"},
    EnumName<EncoderId>{EncoderId::Q4_K, "Q4_K"},
    EnumName<EncoderId>{EncoderId::Q5_K, "Q5_K"},
    EnumName<EncoderId>{EncoderId::Q6_K, "Q6_K"},
    EnumName<EncoderId>{EncoderId::IQ4_NL, "IQ4_NL"},
    EnumName<EncoderId>{EncoderId::IQ4_XS, "IQ4_XS"},
    EnumName<EncoderId>{EncoderId::TQ2_0, "TQ2_0"},
    EnumName<EncoderId>{EncoderId::Q1_0, "Q1_0"},
    EnumName<EncoderId>{EncoderId::Q2_0, "Q2_0"},
};
inline constexpr std::array kEncodeScaleNames{
    EnumName<bool>{false, "stored"},
    EnumName<bool>{true, "ideal"},
};
inline constexpr std::array kAlignNames{
    EnumName<bool>{false, "own"},
    EnumName<bool>{true, "ref"},
};
inline constexpr std::array kScaleCodecNames{
    EnumName<ScaleCodecId>{ScaleCodecId::E8M0, "E8M0"},
    EnumName<ScaleCodecId>{ScaleCodecId::E5M0, "E5M0"},
    EnumName<ScaleCodecId>{ScaleCodecId::E8M1, "E8M1"},
    EnumName<ScaleCodecId>{ScaleCodecId::E8M2, "E8M2"},
    EnumName<ScaleCodecId>{ScaleCodecId::E8M3, "E8M3"},
    EnumName<ScaleCodecId>{ScaleCodecId::E4M3, "E4M3"},
    EnumName<ScaleCodecId>{ScaleCodecId::UE5M3, "UE5M3"},
    EnumName<ScaleCodecId>{ScaleCodecId::E5M2, "E5M2"},
    EnumName<ScaleCodecId>{ScaleCodecId::E3M3, "E3M3"},
    EnumName<ScaleCodecId>{ScaleCodecId::FP16, "FP16"},
    EnumName<ScaleCodecId>{ScaleCodecId::BF16, "BF16"},
    EnumName<ScaleCodecId>{ScaleCodecId::FP32, "FP32"},
    EnumName<ScaleCodecId>{ScaleCodecId::UINT8, "UINT8"},
    EnumName<ScaleCodecId>{ScaleCodecId::SHIFT2, "SHIFT2"},
    EnumName<ScaleCodecId>{ScaleCodecId::DYADIC, "DYADIC"},
    EnumName<ScaleCodecId>{ScaleCodecId::None, "none"},
};
inline constexpr std::array kScaleRuleNames{
    EnumName<ScaleRule>{ScaleRule::Floor, "floor"},
    EnumName<ScaleRule>{ScaleRule::Ceil, "ceil"},
    EnumName<ScaleRule>{ScaleRule::RoundCeil, "rceil"},
    EnumName<ScaleRule>{ScaleRule::Even, "even"},
    EnumName<ScaleRule>{ScaleRule::RoundMaximum, "rtn_max"},
    EnumName<ScaleRule>{ScaleRule::RoundPower, "rtn_pow"},
    EnumName<ScaleRule>{ScaleRule::Maximum, "max"},
};
inline constexpr std::array kZeroScaleNames{
    EnumName<ZeroScale>{ZeroScale::Smallest, "min"},
    EnumName<ZeroScale>{ZeroScale::One, "one"},
};
inline constexpr std::array kMicroRuleNames{
    EnumName<MicroRule>{MicroRule::Search, "search"},
    EnumName<MicroRule>{MicroRule::MaximumRound, "amax_round"},
    EnumName<MicroRule>{MicroRule::MaximumCeil, "amax_ceil"},
    EnumName<MicroRule>{MicroRule::MantissaFloor, "mant_floor"},
    EnumName<MicroRule>{MicroRule::MantissaRound, "mant_round"},
    EnumName<MicroRule>{MicroRule::MaximumExponent, "max_exp"},
};
inline constexpr std::array kChooserRuleNames{
    EnumName<ChooserRule>{ChooserRule::Search, "search"},
    EnumName<ChooserRule>{ChooserRule::Mxffp, "mxffp"},
};
inline constexpr std::array kSpecialKindNames{
    EnumName<SpecialKind>{SpecialKind::BlockMaximum, "block_max"},
    EnumName<SpecialKind>{SpecialKind::Top1, "top1"},
    EnumName<SpecialKind>{SpecialKind::TopN, "top_n"},
    EnumName<SpecialKind>{SpecialKind::Sparse, "sparse"},
    EnumName<SpecialKind>{SpecialKind::Columns, "columns"},
};
inline constexpr std::array kOthersRuleNames{
    EnumName<OthersRule>{OthersRule::NoClip, "noclip"},
    EnumName<OthersRule>{OthersRule::Floor, "floor"},
};
inline constexpr std::array kObjectiveNames{
    EnumName<Objective>{Objective::SquaredError, "mse"},
    EnumName<Objective>{Objective::AbsoluteError, "mae"},
    EnumName<Objective>{Objective::MaximumError, "max"},
};
inline constexpr std::array kTieRuleNames{
    EnumName<TieRule>{TieRule::Even, "even"},
    EnumName<TieRule>{TieRule::Away, "away"},
    EnumName<TieRule>{TieRule::Zero, "zero"},
    EnumName<TieRule>{TieRule::Down, "down"},
    EnumName<TieRule>{TieRule::Up, "up"},
};
inline constexpr std::array kCandidateNames{
    EnumName<Candidate>{Candidate::Offset, "offset"},
    EnumName<Candidate>{Candidate::Target, "target"},
    EnumName<Candidate>{Candidate::Book, "book"},
    EnumName<Candidate>{Candidate::Micro, "micro"},
};
inline constexpr std::array kArithmeticNames{
    EnumName<Arithmetic>{Arithmetic::Exact, "exact"},
    EnumName<Arithmetic>{Arithmetic::Float32, "f32"},
    EnumName<Arithmetic>{Arithmetic::TransformerEngine, "te"},
    EnumName<Arithmetic>{Arithmetic::TransformerEngineFolded, "te_fold"},
    EnumName<Arithmetic>{Arithmetic::Torchao, "torchao"},
    EnumName<Arithmetic>{Arithmetic::ModelOpt, "modelopt"},
};
/// @}

/// Name of a value in one of the tables above.
template <typename Enum, std::size_t n>
[[nodiscard]] constexpr std::string_view nameOf(const std::array<EnumName<Enum>, n>& table, Enum value)
{
    for (const auto& entry : table)
        if (entry.value == value)
            return entry.text;
    return {};
}

/// Value of a name in one of the tables above.
template <typename Enum, std::size_t n>
[[nodiscard]] constexpr std::optional<Enum> valueOf(const std::array<EnumName<Enum>, n>& table, std::string_view text)
{
    for (const auto& entry : table)
        if (entry.text == text)
            return entry.value;
    return std::nullopt;
}

/// The names of a table, separated by blanks, for error messages.
template <typename Enum, std::size_t n> [[nodiscard]] std::string namesOf(const std::array<EnumName<Enum>, n>& table)
{
    std::string text;
    for (const auto& entry : table)
        text += (text.empty() ? "" : " ") + std::string(entry.text);
    return text;
}

/// Shortest decimal text that reads back as the same double, in the C locale.
[[nodiscard]] std::string numberText(double value);

}  // namespace nanoscope
