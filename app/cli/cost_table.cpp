#include "app/cli/cost_table.h"

#include "app/cli/text_table.h"

#include <algorithm>
#include <functional>
#include <set>

namespace nanoscope::cli {
namespace {

constexpr double kMilli = 1e3;
constexpr double kGiga = 1e-9;

/// One line of the table: what it is and how each cost fills it.
struct Figure {
    std::string name;
    std::string unit;
    std::function<std::string(const FormatCost&)> text;
};

std::string stackText(const EnergyStack& energy)
{
    const double total = energy.total();
    std::string text;
    for (const double part : {energy.dram, energy.sram, energy.core, energy.still})
        text += (text.empty() ? "" : " / ") + fixed(100.0 * part / total, 1);
    return text;
}

std::string boundText(const PhaseCost& phase)
{
    double memory = 0.0;
    for (const LayerCost& layer : phase.layers)
        if (layer.bound == Bound::Memory)
            memory += layer.cycles();
    return percent(memory / phase.cycles);
}

std::vector<Figure> areaFigures(const CostSetup& setup)
{
    const std::string error = " +- " + percent(setup.parameters.constants.areaError);
    return {{"activations", "", [](const FormatCost& c) { return c.activations; }},
        {"bits, weights", "bit/element", [](const FormatCost& c) { return fixed(c.bits.weights, 4); }},
        {"bits, activations", "bit/element", [](const FormatCost& c) { return fixed(c.bits.activations, 4); }},
        {"datapath", "", [](const FormatCost& c) { return std::string(styleName(c.unit.style)); }},
        {"unit", "NAND2" + error, [](const FormatCost& c) { return fixed(c.unit.area(), 0); }},
        {"  synthesized", "NAND2",
            [](const FormatCost& c) { return c.measured ? fixed(c.measured->nand2, 0) : std::string("-"); }},
        {"  per lane", "NAND2", [](const FormatCost& c) { return fixed(c.unit.area() / c.array.shape.lanes, 1); }},
        {"array", "units",
            [](const FormatCost& c) {
                return std::to_string(c.array.shape.rows) + " x " + std::to_string(c.array.shape.columns);
            }},
        {"  area", "mm2", [](const FormatCost& c) { return significant(c.array.arraySquareMillimeter, 3); }},
        {"buffers", "mm2", [](const FormatCost& c) { return significant(c.array.sramSquareMillimeter, 3); }},
        {"one dot product", "pJ", [](const FormatCost& c) { return significant(c.array.dotPicojoule, 3); }},
        {"quantizer", "NAND2", [](const FormatCost& c) { return fixed(sumOf(c.quantizer), 0); }},
        {"dequantizer", "NAND2", [](const FormatCost& c) { return fixed(sumOf(c.dequantizer), 0); }}};
}

std::vector<Figure> phaseFigures(const std::string& name, const PhaseCost FormatCost::*phase)
{
    return {{name + ", latency", "s", [phase](const FormatCost& c) { return significant((c.*phase).latencySeconds); }},
        {"  tokens per second", "1/s",
            [phase](const FormatCost& c) { return significant((c.*phase).tokensPerSecond()); }},
        {"  energy per token", "mJ",
            [phase](const FormatCost& c) { return significant(kMilli * (c.*phase).joulePerToken()); }},
        {"  DRAM / SRAM / core / static", "%", [phase](const FormatCost& c) { return stackText((c.*phase).energy); }},
        {"  bound by memory", "of time", [phase](const FormatCost& c) { return boundText(c.*phase); }}};
}

std::vector<Figure> footprintFigures()
{
    return {{"weights", "GB", [](const FormatCost& c) { return fixed(kGiga * c.footprint.weights, 3); }},
        {"embeddings and head", "GB", [](const FormatCost& c) { return fixed(kGiga * c.footprint.embeddings, 3); }},
        {"keys and values", "GB", [](const FormatCost& c) { return fixed(kGiga * c.footprint.kvCache, 3); }}};
}

void addFigures(TextTable& table, const std::vector<Figure>& figures, const std::vector<FormatCost>& costs)
{
    for (const Figure& figure : figures) {
        std::vector<std::string> row{figure.name, figure.unit};
        for (const FormatCost& cost : costs)
            row.push_back(figure.text(cost));
        table.addRow(std::move(row));
    }
}

void addRatios(TextTable& table, const std::vector<std::vector<CostRatio>>& ratios)
{
    for (std::size_t i = 0; i < ratios.front().size(); ++i) {
        std::vector<std::string> row{"decode against " + ratios.front()[i].baseline, "area / energy / latency"};
        for (const std::vector<CostRatio>& of : ratios)
            row.push_back(fixed(of[i].area, 2) + " / " + fixed(of[i].energy, 2) + " / " + fixed(of[i].latency, 2));
        table.addRow(std::move(row));
    }
}

/// Names of all terms, in the order in which they first come.
std::vector<std::string> termNames(const std::vector<FormatCost>& costs)
{
    std::vector<std::string> names;
    for (const FormatCost& cost : costs)
        for (const CostTerm& term : cost.unit.terms)
            if (std::find(names.begin(), names.end(), term.name) == names.end())
                names.push_back(term.name);
    return names;
}

void addTerms(TextTable& table, const std::vector<FormatCost>& costs)
{
    for (const std::string& name : termNames(costs)) {
        std::vector<std::string> row{"  " + name, "NAND2"};
        for (const FormatCost& cost : costs) {
            double sum = 0.0;
            for (const CostTerm& term : cost.unit.terms)
                sum += term.name == name ? term.value : 0.0;
            row.push_back(sum > 0.0 ? fixed(sum, 0) : "-");
        }
        table.addRow(std::move(row));
    }
}

std::string notesText(const std::vector<FormatCost>& costs)
{
    std::set<std::string> told;
    std::string text;
    for (const FormatCost& cost : costs)
        for (const std::string& note : cost.notes)
            if (told.insert(note).second)
                text += note + "\n";
    for (const std::string& limit : costLimits())
        text += limit + "\n";
    return text;
}

}  // namespace

std::string costTable(
    const std::vector<FormatCost>& costs, const std::vector<std::vector<CostRatio>>& ratios, const CostSetup& setup)
{
    std::vector<Align> columns{Align::Left, Align::Left};
    std::vector<std::string> header{"FIGURE", "UNIT"};
    for (const FormatCost& cost : costs) {
        columns.push_back(Align::Right);
        header.push_back(cost.name);
    }
    TextTable table(columns);
    table.addRow(header);
    addFigures(table, areaFigures(setup), costs);
    addFigures(
        table, phaseFigures("prefill of " + std::to_string(setup.parameters.run.prompt), &FormatCost::prefill), costs);
    addFigures(table,
        phaseFigures("decode behind " + std::to_string(setup.parameters.run.context), &FormatCost::decode), costs);
    addFigures(table, footprintFigures(), costs);
    addRatios(table, ratios);
    table.addRow({"terms of the unit"});
    addTerms(table, costs);
    return setup.workload.name + ", " + setup.parameters.dram.preset + ", "
        + significant(setup.parameters.dram.bandwidthGigabytePerSecond) + " GB/s, " + setup.parameters.node.name
        + " nm, " + significant(setup.parameters.array.clockGigahertz) + " GHz\n" + table.text() + "\n"
        + notesText(costs);
}

}  // namespace nanoscope::cli
