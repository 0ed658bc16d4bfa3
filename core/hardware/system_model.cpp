#include "core/hardware/system_model.h"

#include "core/error.h"
#include "core/hardware/technology.h"

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

constexpr double kPico = 1e-12;
constexpr double kMilli = 1e-3;
constexpr double kKilobyte = 1024.0;
constexpr double kSquareMicrometerPerMillimeter = 1e6;

SramFigures bufferFigures(const HardwareParameters::Buffers& buffers, double kilobyte)
{
    return sramFigures(buffers.technology, kilobyte, buffers.widthBits, buffers.method);
}

/// Energy of a layer whose cycles, traffic and reads at the edge are known.
EnergyStack energyOf(const LayerCost& layer, const ArrayCost& array, const HardwareParameters& p)
{
    const Traffic& traffic = layer.traffic;
    EnergyStack energy;
    energy.dram = kPico * 8.0
        * ((traffic.weights + traffic.activations) * array.dramReadPicojoulePerBit
            + traffic.outputs * array.dramWritePicojoulePerBit);
    const double edge = layer.edgeWeightBits * array.weightBuffer.readPicojoulePerBit
        + layer.edgeActivationBits * array.activationBuffer.readPicojoulePerBit;
    const double filled = 8.0
        * (traffic.weights * array.weightBuffer.writePicojoulePerBit
            + traffic.activations * array.activationBuffer.writePicojoulePerBit
            + traffic.outputs * array.outputBuffer.writePicojoulePerBit);
    energy.sram = kPico * (edge + filled);
    energy.core = kPico * layer.macs / array.shape.lanes * array.dotPicojoule;
    const double seconds = layer.cycles() / (p.array.clockGigahertz * 1e9);
    energy.still
        = kMilli * (array.dramStaticMilliwatt + p.energy.otherStaticMilliwatt + array.leakageMilliwatt) * seconds;
    return energy;
}

PhaseCost summed(std::vector<LayerCost> layers, double tokens, const HardwareParameters& p)
{
    PhaseCost phase;
    phase.tokens = tokens;
    for (const LayerCost& layer : layers) {
        phase.cycles += layer.cycles();
        phase.traffic.weights += layer.traffic.weights;
        phase.traffic.activations += layer.traffic.activations;
        phase.traffic.outputs += layer.traffic.outputs;
        phase.energy += layer.energy;
        phase.macs += layer.macs;
        phase.edgeWeightBits += layer.edgeWeightBits;
        phase.edgeActivationBits += layer.edgeActivationBits;
    }
    phase.latencySeconds = phase.cycles / (p.array.clockGigahertz * 1e9);
    phase.layers = std::move(layers);
    return phase;
}

/// The matrix products of one pass: `tokens` new ones per sequence, attending to `context` ones.
PhaseCost passCost(const Workload& workload, const ArrayCost& array, const OperandBits& bits,
    const HardwareParameters& p, double tokens, double context)
{
    const double batch = p.run.batch;
    std::vector<LayerCost> layers;
    for (const LinearLayer& layer : workload.layers)
        layers.push_back(layerCost(layer.name,
            {batch * tokens, static_cast<double>(layer.outputs), static_cast<double>(layer.inputs), bits.weights,
                bits.activations, p.storage.outputBits},
            workload.blocks, array, p));
    const double queries = tokens * workload.heads / workload.kvHeads;  // heads of a group share keys and values
    const double runs = batch * workload.kvHeads * workload.blocks;
    const double size = workload.headSize();
    layers.push_back(layerCost(
        "attention scores", {queries, context, size, p.storage.kvBits, p.storage.outputBits, 0.0}, runs, array, p));
    layers.push_back(layerCost(
        "attention values", {queries, size, context, p.storage.kvBits, 0.0, p.storage.outputBits}, runs, array, p));
    layers.push_back(layerCost("head",
        {batch, static_cast<double>(workload.vocabulary), static_cast<double>(workload.hidden), p.storage.embeddingBits,
            p.storage.outputBits, p.storage.outputBits},
        1.0, array, p));
    return summed(std::move(layers), batch * tokens, p);
}

}  // namespace

EnergyStack& EnergyStack::operator+=(const EnergyStack& other)
{
    dram += other.dram;
    sram += other.sram;
    core += other.core;
    still += other.still;
    return *this;
}

ArrayCost arrayCost(const UnitCost& unit, const HardwareParameters& p)
{
    const ProcessNode node = processNode(p.node.name);
    const double nand2 = p.node.nand2SquareMicrometer.value_or(node.nand2SquareMicrometer);
    ArrayCost array;
    array.shape = {p.array.rows, p.array.columns, p.unit.lanes, unit.cyclesPerDot};
    array.unitSquareMillimeter = unit.area() * nand2 / kSquareMicrometerPerMillimeter;
    if (p.array.areaSquareMillimeter) {
        const double units = std::floor(*p.array.areaSquareMillimeter / array.unitSquareMillimeter);
        if (units < 1.0)
            throw Error({}, "array.area_mm2: " + formulaNumber(*p.array.areaSquareMillimeter) + " holds no unit",
                "a unit takes " + formulaNumber(array.unitSquareMillimeter) + " mm2", ErrorKind::Refused);
        array.shape.rows = static_cast<int>(std::min<double>(p.array.rows, units));
        array.shape.columns = static_cast<int>(std::min(1e6, std::floor(units / array.shape.rows)));
    }
    const double units = static_cast<double>(array.shape.rows) * array.shape.columns;
    array.arraySquareMillimeter = units * array.unitSquareMillimeter;
    array.weightBuffer = bufferFigures(p.buffers, p.buffers.weightsKilobyte);
    array.activationBuffer = bufferFigures(p.buffers, p.buffers.activationsKilobyte);
    array.outputBuffer = bufferFigures(p.buffers, p.buffers.outputsKilobyte);
    double sramLeakage = 0.0;
    for (const SramFigures* figures : {&array.weightBuffer, &array.activationBuffer, &array.outputBuffer}) {
        array.sramSquareMillimeter += figures->squareMillimeter;
        sramLeakage += figures->leakageMilliwatt * p.buffers.leakageFactor;
    }
    const DramPreset dram = dramPreset(p.dram.preset);
    array.dramReadPicojoulePerBit = p.dram.readPicojoulePerBit.value_or(dram.readPicojoulePerBit);
    array.dramWritePicojoulePerBit = p.dram.writePicojoulePerBit.value_or(dram.writePicojoulePerBit);
    array.dramStaticMilliwatt = p.dram.staticMilliwatt.value_or(dram.staticMilliwatt);
    array.leakageMilliwatt
        = sramLeakage + 1e-6 * p.constants.leakagePerGate * unit.area() * units * p.energy.leakageFactor;
    const double scale = p.node.energyFactor.value_or(node.energyFactor);
    array.dotPicojoule = kMilli * scale * sumOf(dotEnergyTerms(unit, p.constants, p.energy.glitch.value_or(0.0)));
    return array;
}

LayerCost layerCost(
    std::string name, const Gemm& gemm, double count, const ArrayCost& array, const HardwareParameters& p)
{
    const BufferBytes buffers{p.buffers.weightsKilobyte * kKilobyte, p.buffers.activationsKilobyte * kKilobyte,
        p.buffers.outputsKilobyte * kKilobyte};
    const Traffic once = gemmTraffic(gemm, array.shape, buffers);
    const double bytesPerCycle = p.dram.bandwidthGigabytePerSecond / p.array.clockGigahertz;
    LayerCost layer;
    layer.name = std::move(name);
    layer.count = count;
    layer.macs = count * gemm.macs();
    layer.computeCycles = count * gemmCycles(gemm, array.shape);
    layer.memoryCycles = count * once.total() / bytesPerCycle;
    layer.traffic = {count * once.weights, count * once.activations, count * once.outputs};
    layer.bound = layer.computeCycles >= layer.memoryCycles ? Bound::Compute : Bound::Memory;
    layer.gemm = gemm;
    layer.edgeWeightBits = layer.macs * gemm.weightBits / std::min<double>(array.shape.rows, gemm.tokens);
    layer.edgeActivationBits = layer.macs * gemm.activationBits / array.shape.columns;
    layer.energy = energyOf(layer, array, p);
    return layer;
}

PhaseCost prefillCost(
    const Workload& workload, const ArrayCost& array, const OperandBits& bits, const HardwareParameters& parameters)
{
    return passCost(workload, array, bits, parameters, parameters.run.prompt, parameters.run.prompt);
}

PhaseCost decodeCost(
    const Workload& workload, const ArrayCost& array, const OperandBits& bits, const HardwareParameters& parameters)
{
    return passCost(workload, array, bits, parameters, 1.0, parameters.run.context);
}

}  // namespace nanoscope
