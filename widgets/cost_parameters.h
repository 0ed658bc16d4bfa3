#pragma once

#include "core/hardware/parameters.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

namespace nanoscope {

/// How a parameter of the hardware is edited.
enum class CostControl {
    Choice,  ///< one of a list
    Whole,   ///< a whole number; steps double it
    Number   ///< any number; steps follow 1, 2, 5
};

/// A parameter of the hardware with its control. Constants are not listed here: they have a table of their own.
struct CostParameter {
    QString path;                               ///< as `--set` takes it
    QString section;                            ///< heading under which it stands
    QString label;                              ///< unique: also the accessible name
    CostControl control = CostControl::Number;  //
    QString tip;
    bool isOptional = false;  ///< empty means what another choice says
    bool isMain = false;      ///< always shown
};

/// All parameters, in the order in which they are shown.
[[nodiscard]] std::vector<CostParameter> costParameters();

/// An entry of a list of choices.
struct CostOption {
    QString value;  ///< as `--set` takes it
    QString text;
    QString tip;
};

/// What a parameter of the kind Choice can be.
[[nodiscard]] std::vector<CostOption> costOptions(const QString& path);

/// @name Choices that are not parameters
/// @{
[[nodiscard]] std::vector<CostOption> acceleratorOptions();
[[nodiscard]] std::vector<CostOption> workloadOptions();
/// @}

/// Values of all parameters by path, as text; empty where an optional one is not set.
[[nodiscard]] QHash<QString, QString> parameterTexts(const HardwareParameters& parameters);

/// What an optional parameter is while it is not set: the figure of the preset or node; empty where there is no one
/// figure.
[[nodiscard]] QString impliedText(const QString& path, const HardwareParameters& parameters);

}  // namespace nanoscope
