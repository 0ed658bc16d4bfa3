#include "core/hardware/constants.h"

#include "core/error.h"
#include "core/hardware/hardware_files.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr std::array kFields{
    ConstantField{"full_adder", &HardwareConstants::fullAdder},
    ConstantField{"half_adder", &HardwareConstants::halfAdder},
    ConstantField{"and_gate", &HardwareConstants::andGate},
    ConstantField{"or_gate", &HardwareConstants::orGate},
    ConstantField{"nand_gate", &HardwareConstants::nandGate},
    ConstantField{"xor_gate", &HardwareConstants::xorGate},
    ConstantField{"mux", &HardwareConstants::mux},
    ConstantField{"flip_flop", &HardwareConstants::flipFlop},
    ConstantField{"tree_half_adders", &HardwareConstants::treeHalfAdders},
    ConstantField{"comparator_share", &HardwareConstants::comparatorShare},
    ConstantField{"decode_exponent_bit", &HardwareConstants::decodeExponentBit},
    ConstantField{"adaptive_gate_shift", &HardwareConstants::adaptiveGateShift},
    ConstantField{"adaptive_gate_fixed", &HardwareConstants::adaptiveGateFixed},
    ConstantField{"recycle_detector", &HardwareConstants::recycleDetector},
    ConstantField{"recycle_gates", &HardwareConstants::recycleGates},
    ConstantField{"accumulator_base", &HardwareConstants::accumulatorBase},
    ConstantField{"accumulator_slope", &HardwareConstants::accumulatorSlope},
    ConstantField{"accumulator_slope_wide", &HardwareConstants::accumulatorSlopeWide},
    ConstantField{"top1_detector", &HardwareConstants::top1Detector},
    ConstantField{"subblock_join", &HardwareConstants::subblockJoin},
    ConstantField{"posit8_decode", &HardwareConstants::posit8Decode},
    ConstantField{"posit6_decode", &HardwareConstants::posit6Decode},
    ConstantField{"codebook_constant", &HardwareConstants::codebookConstant},
    ConstantField{"codebook_port", &HardwareConstants::codebookPort},
    ConstantField{"fp16_multiplier", &HardwareConstants::fp16Multiplier},
    ConstantField{"fp32_multiplier", &HardwareConstants::fp32Multiplier},
    ConstantField{"quantizer_shift_lane", &HardwareConstants::quantizerShiftLane},
    ConstantField{"quantizer_max_tree", &HardwareConstants::quantizerMaxTree},
    ConstantField{"quantizer_multiply_lane", &HardwareConstants::quantizerMultiplyLane},
    ConstantField{"energy_per_gate", &HardwareConstants::energyPerGate},
    ConstantField{"flip_flop_energy", &HardwareConstants::flipFlopEnergy},
    ConstantField{"leakage_per_gate", &HardwareConstants::leakagePerGate},
    ConstantField{"glitch_integer", &HardwareConstants::glitchInteger},
    ConstantField{"glitch_float", &HardwareConstants::glitchFloat},
    ConstantField{"area_error", &HardwareConstants::areaError},
    ConstantField{"core_energy_error", &HardwareConstants::coreEnergyError},
    ConstantField{"dram_energy_error", &HardwareConstants::dramEnergyError},
};

}  // namespace

std::span<const ConstantField> constantFields()
{
    return kFields;
}

HardwareConstants shippedConstants()
{
    const nlohmann::json& document = hardwareDocument("table", "constants");
    HardwareConstants constants;
    for (const ConstantField& field : kFields)
        constants.*field.value = std::numeric_limits<double>::quiet_NaN();
    for (const nlohmann::json& entry : document.at("constants"))
        for (const ConstantField& field : kFields)
            if (entry.at("name") == field.name)
                constants.*field.value = entry.at("value").get<double>();
    for (const ConstantField& field : kFields)
        if (!std::isfinite(constants.*field.value))
            throw Error("constants.json", std::string(field.name) + " is missing", "add it");
    return constants;
}

ConstantNote constantNote(std::string_view name)
{
    const nlohmann::json& document = hardwareDocument("table", "constants");
    for (const nlohmann::json& entry : document.at("constants"))
        if (entry.at("name") == name)
            return {entry.at("meaning"), entry.at("unit"), entry.at("source")};
    throw Error(std::string(name), "there is no constant of this name", "see constants.json", ErrorKind::Refused);
}

}  // namespace nanoscope
