#pragma once

#include "app/cli/requests.h"
#include "core/error.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nanoscope::cli {

/// An Error about the command line itself.
[[nodiscard]] Error refused(const std::string& where, const std::string& what, const std::string& remedy);

/// The values of all commands as typed; each command uses its own.
struct Values {
    bool json = false;
    std::string file;
    std::string tensor;
    std::string format;
    std::vector<std::string> formats;
    std::string output;
    std::string axis;
    std::vector<std::string> tensors;
    std::string reshape;
    std::string as;
    std::string threads;
    std::string isa;
    std::string block;
    std::string size;
    std::string activations;
    std::string workload = CostRequest{}.workload;
    std::string accelerator = CostRequest{}.accelerator;
    std::vector<std::string> settings;
    std::string model;
    std::string tokens;
    std::string limit;
    std::string keyValues;
    std::string layers;
    std::string perTensor;
    bool embedding = false;
    bool head = false;
    bool noSpread = false;
    std::string calibration;
    std::string method;
    bool biasCorrection = false;
    bool sensitivity = false;

    [[nodiscard]] OutputStyle style() const { return json ? OutputStyle::Json : OutputStyle::Table; }
    /// @name What was typed, as values
    /// @throws Error (Refused) naming the option
    /// @{
    [[nodiscard]] TensorRequest input() const;
    [[nodiscard]] SweepRequest sweep() const;
    [[nodiscard]] std::optional<int> axisNumber() const;
    [[nodiscard]] unsigned threadCount() const;
    [[nodiscard]] std::uint64_t blockNumber() const;
    [[nodiscard]] std::uint64_t benchElements() const;
    [[nodiscard]] std::size_t tokenLimit() const;
    /// @}
};

}  // namespace nanoscope::cli
