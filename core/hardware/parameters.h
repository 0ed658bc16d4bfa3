#pragma once

#include "core/hardware/constants.h"
#include "core/hardware/sram.h"
#include "core/hardware/unit_cost.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace nanoscope {

/// Where stored codes are decoded.
enum class DecodePlace {
    Unit,  ///< in every unit
    Edge   ///< once per row or column of the array; decoded elements travel
};

/// Everything that may be chosen about the hardware, as one value. Its JSON has one object per member, with the names
/// that `--set PATH=VALUE` uses (core/hardware/README.md).
struct HardwareParameters {
    struct Unit {
        int lanes = 32;
        DatapathStyle style = DatapathStyle::Automatic;
        int alignerBits = 0;  ///< 0: as wide as the operands need
        DecodePlace decodeAt = DecodePlace::Unit;
        bool operator==(const Unit&) const = default;
    };
    struct Array {
        int rows = 4;     ///< units that share weights: tokens
        int columns = 8;  ///< units that share activations: outputs
        double clockGigahertz = 0.5;
        std::optional<double> areaSquareMillimeter;  ///< iso-area: as many columns as fit, instead of `columns`
        bool operator==(const Array&) const = default;
    };
    struct Node {
        std::string name = "28";
        std::optional<double> nand2SquareMicrometer;  ///< instead of the node's
        std::optional<double> energyFactor;           ///< instead of the node's
        bool operator==(const Node&) const = default;
    };
    struct Buffers {
        double weightsKilobyte = 144.0;
        double activationsKilobyte = 144.0;
        double outputsKilobyte = 36.0;
        int widthBits = 512;
        std::string technology = "28lop";
        SramMethod method = SramMethod::Sweep;
        double leakageFactor = 0.1;  ///< of CACTI's figure at 360 K; 0 switches leakage off
        bool operator==(const Buffers&) const = default;
    };
    struct Dram {
        std::string preset = "LPDDR5";
        std::optional<double> readPicojoulePerBit;   ///< instead of the preset's
        std::optional<double> writePicojoulePerBit;  ///< instead of the preset's
        std::optional<double> staticMilliwatt;       ///< instead of the preset's
        double bandwidthGigabytePerSecond = 64.0;
        bool operator==(const Dram&) const = default;
    };
    struct Energy {
        std::optional<double> glitch;  ///< instead of the constants for integer and float datapaths
        double leakageFactor = 1.0;    ///< of the gates' leakage at 45 nm; 0 switches it off
        double otherStaticMilliwatt = 0.0;
        bool operator==(const Energy&) const = default;
    };
    struct Run {
        int batch = 1;
        int prompt = 2048;   ///< tokens of the prefill
        int context = 2048;  ///< tokens behind a decoded one
        bool operator==(const Run&) const = default;
    };
    struct Storage {
        double kvBits = 16.0;
        double embeddingBits = 16.0;  ///< embeddings and LM head
        double outputBits = 16.0;     ///< results of a layer on their way to memory
        bool operator==(const Storage&) const = default;
    };

    Unit unit;
    Array array;
    Node node;
    Buffers buffers;
    Dram dram;
    Energy energy;
    Run run;
    Storage storage;
    HardwareConstants constants = shippedConstants();
    bool operator==(const HardwareParameters&) const = default;
};

[[nodiscard]] nlohmann::json toJson(const HardwareParameters& parameters);

/// Reads parameters; absent fields keep their defaults.
/// @throws Error (Refused) naming `where`, the field, the value and what is allowed
[[nodiscard]] HardwareParameters parametersFromJson(const nlohmann::json& json, std::string_view where);

/// Parameters under a name: a file of resources/hardware/accelerators/, or one of the user's.
struct Accelerator {
    std::string name;
    std::string title;
    std::string source;
    HardwareParameters parameters;
};

/// @throws Error (Refused) for an unknown name or field, Error (Data) for an unreadable file
[[nodiscard]] Accelerator acceleratorByName(const std::string& nameOrFile);

}  // namespace nanoscope
