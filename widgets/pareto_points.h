#pragma once

#include "core/analysis/bound_curves.h"
#include "core/hardware/format_cost.h"
#include "core/preview/format_merit.h"
#include "widgets/pareto_figure.h"

#include <QString>
#include <QStringList>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// What a format pays with: the horizontal axis.
enum class ParetoAxis { Bits, Area, DecodeEnergy, DecodeLatency, PrefillEnergy, PrefillLatency, Footprint };
inline constexpr std::array kParetoAxes{ParetoAxis::Bits, ParetoAxis::Area, ParetoAxis::DecodeEnergy,
    ParetoAxis::DecodeLatency, ParetoAxis::PrefillEnergy, ParetoAxis::PrefillLatency, ParetoAxis::Footprint};

/// Kinds of formats that have a symbol and color of their own.
enum class ParetoGroup { Mx, NxFp, M2xFp, Nv, Integer, Gguf, Other };
inline constexpr std::array kParetoGroups{ParetoGroup::Mx, ParetoGroup::NxFp, ParetoGroup::M2xFp, ParetoGroup::Nv,
    ParetoGroup::Integer, ParetoGroup::Gguf, ParetoGroup::Other};

/// The figures of hardware that an axis can have, in the units of its axis.
struct ParetoCost {
    double area = 0.0;            ///< of a unit, NAND2
    double decodeEnergy = 0.0;    ///< mJ per token
    double decodeLatency = 0.0;   ///< ms per step
    double prefillEnergy = 0.0;   ///< mJ per token
    double prefillLatency = 0.0;  ///< s
    double footprint = 0.0;       ///< of the whole model in memory, GB
};

/// What the language model loses when the weights of its linear layers are cast.
struct ParetoLoss {
    double change = 0.0;                              ///< of the mean loss, nats per token; positive: worse
    double standardError = 0.0;                       ///< of the change over windows, paired; NaN for a single window
    std::optional<double> gridSpread = std::nullopt;  ///< standard deviation of the change over shifted block grids, as
                                                      ///< the Perplexity panel has it; absent: not evaluated yet

    /// No more than one standard error from no change: where such a point lies on a logarithmic axis is chance.
    [[nodiscard]] bool isWithinError() const { return change <= standardError; }
};

/// A format with all that a point of the plot needs. Absent merit: not measured yet. Absent cost: not priced yet.
struct ParetoEntry {
    QString name;
    QString title;
    QString standing;
    ParetoGroup group = ParetoGroup::Other;
    double nominalBits = 0.0;
    std::optional<FormatMerit> merit;
    std::optional<ParetoCost> cost;
    QString costNote;     ///< what of the format is not priced; may be empty
    QString costRefusal;  ///< why the format has no hardware; empty: it has, or is not priced yet
    std::optional<ParetoLoss> loss = std::nullopt;  ///< absent: not evaluated
    QString lossRefusal = {};                       ///< why the model cannot be cast; empty: it can, or is not tried
};

/// An evaluation of the language model under one preset after the other.
struct ParetoLossRun {
    std::size_t done = 0;  ///< of the newest request
    std::size_t total = 0;
    bool isRunning = false;
    QString error;           ///< why nothing could be evaluated; empty: it could, or nobody asked
    bool isOfGrids = false;  ///< all losses are known; what follows is their spread over shifted grids
};

/// Everything that the view shows: presets in their order, and formats A and B.
struct ParetoState {
    std::vector<ParetoEntry> presets;
    std::optional<ParetoEntry> a;
    std::optional<ParetoEntry> b;
    std::optional<BoundCurves> bounds;  ///< of the tensor's own distribution; absent: not known yet
    std::size_t measured = 0;           ///< presets whose merit is known
    bool isRunning = false;             ///< more follow
    ParetoLossRun losses;
};

[[nodiscard]] ParetoCost paretoCost(const FormatCost& cost);

/// The group of a preset by its family; Other for families of the user's own.
[[nodiscard]] ParetoGroup paretoGroup(const QString& family);
[[nodiscard]] QString paretoGroupName(ParetoGroup group);

/// @name An axis in words
/// @{
[[nodiscard]] QString paretoAxisName(ParetoAxis axis);   ///< "Bits per element"
[[nodiscard]] QString paretoAxisTitle(ParetoAxis axis);  ///< with its unit
/// @}

/// @name A figure of the vertical axis in words
/// @{
[[nodiscard]] QString meritFigureName(ParetoFigure figure);   ///< "SQNR"
[[nodiscard]] QString meritFigureTitle(ParetoFigure figure);  ///< with its unit
/// @}

/// Where an entry lies on an axis; nothing when it is not known or refused.
[[nodiscard]] std::optional<double> paretoValue(const ParetoEntry& entry, ParetoAxis axis);

/// A figure of the vertical axis: SQNR is in dB, a loss in nats; nothing when it is not known, refused, or (SQNR)
/// without an error.
[[nodiscard]] std::optional<double> paretoMerit(const ParetoEntry& entry, ParetoFigure figure = MeritFigure::Sqnr);

/// The figures of the error on the tensor that the vertical axis can have.
inline constexpr std::array kParetoMerits{MeritFigure::Sqnr, MeritFigure::Nmse, MeritFigure::MaximumError,
    MeritFigure::VacantLevels, MeritFigure::VacantInBlock, MeritFigure::Utilisation};
/// All that the vertical axis can have.
inline constexpr std::array<ParetoFigure, kParetoMerits.size() + 1> kParetoFigures{MeritFigure::Sqnr, MeritFigure::Nmse,
    MeritFigure::MaximumError, MeritFigure::VacantLevels, MeritFigure::VacantInBlock, MeritFigure::Utilisation,
    ParetoFigure::lossChange()};
/// True where more is better.
[[nodiscard]] bool isMoreBetter(ParetoFigure figure);
/// True for figures that span decades.
[[nodiscard]] bool spansDecades(ParetoFigure figure);

/// "+0.07055 ± 0.00212 nats", the error left out where it is unknown.
[[nodiscard]] QString paretoLossText(const ParetoLoss& loss);

/// How an entry was measured, or why it is not there: "exact", "preview ± 0.02 dB", "not measured yet", a refusal.
[[nodiscard]] QString paretoStanding(
    const ParetoEntry& entry, ParetoAxis axis, ParetoFigure figure = MeritFigure::Sqnr);

/// An entry in lines: name and figures, title, how it was measured and what its preset stands on, and on axes of costs
/// what is not priced.
/// @param entry  with a place on the axes
[[nodiscard]] QString paretoTip(const ParetoEntry& entry, ParetoAxis axis, ParetoFigure figure = MeritFigure::Sqnr);

}  // namespace nanoscope
