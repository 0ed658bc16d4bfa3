#pragma once

#include "core/hardware/format_cost.h"

#include <QMetaType>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nanoscope {

/// What the user chose about the hardware, the language model on it and the activations.
struct CostChoice {
    CostSetup setup;
    std::string accelerator;                 ///< name of the shipped one that the parameters started from
    std::optional<NamedFormat> activations;  ///< nothing: the format of the weights

    bool operator==(const CostChoice& other) const
    {
        return setup.parameters == other.setup.parameters && setup.workload == other.setup.workload
            && accelerator == other.accelerator && activations == other.activations;
    }
};

/// What the cost views show: formats A and B under one choice, beside the baselines.
struct CostResult {
    CostChoice choice;
    FormatCost a;
    std::optional<FormatCost> b;
    std::vector<FormatCost> baselines;  ///< MXFP4, NVFP4, FP16
};

/// A layer of a phase, as views speak of it.
struct CostLayerId {
    bool isDecode = true;
    std::string name;  ///< as LayerCost has it
    bool operator==(const CostLayerId&) const = default;
};

}  // namespace nanoscope

Q_DECLARE_METATYPE(nanoscope::CostChoice)
Q_DECLARE_METATYPE(nanoscope::CostLayerId)
