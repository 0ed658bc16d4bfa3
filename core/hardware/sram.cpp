#include "core/hardware/sram.h"

#include "core/error.h"
#include "core/hardware/hardware_files.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace nanoscope {
namespace {

using nlohmann::json;

constexpr double kFitWidth = 256.0;  // width at which the power laws are written

/// read pJ, write pJ, leakage mW, area mm2 of one row, as logarithms.
using Row = std::array<double, 4>;
using Sweep = std::map<double, std::map<double, Row>>;  // by log kB, then by log width

Sweep sweepOf(const json& technology)
{
    Sweep sweep;
    for (const json& row : technology.at("rows")) {
        Row values;
        for (std::size_t i = 0; i < values.size(); ++i)
            values.at(i) = std::log(row.at(i + 2).get<double>());
        sweep[std::log(row.at(0).get<double>())][std::log(row.at(1).get<double>())] = values;
    }
    return sweep;
}

Row between(const Row& a, const Row& b, double share)
{
    Row row;
    for (std::size_t i = 0; i < row.size(); ++i)
        row.at(i) = a.at(i) + share * (b.at(i) - a.at(i));
    return row;
}

/// Value at `x` between the neighbors of a table; `x` must lie within it.
template <typename Table, typename Value> Row at(const Table& table, double x, Value value)
{
    const auto above = table.lower_bound(x);
    if (above->first == x || above == table.begin())
        return value(above->second);
    const auto below = std::prev(above);
    return between(value(below->second), value(above->second), (x - below->first) / (above->first - below->first));
}

template <typename Table> bool covers(const Table& table, double x)
{
    return x >= table.begin()->first && x <= std::prev(table.end())->first;
}

SramFigures fitted(const json& fit, double kilobytes, double widthBits)
{
    const auto perBit = [&](const char* name) {
        const json& p = fit.at(name);
        return p.at(0).get<double>() * std::pow(kilobytes, p.at(1).get<double>())
            * std::pow(widthBits / kFitWidth, p.at(2).get<double>());
    };
    const json& area = fit.at("area");
    return {perBit("read"), perBit("write"), fit.at("leakage").get<double>() * kilobytes,
        area.at(0).get<double>() * std::pow(kilobytes, area.at(1).get<double>())};
}

}  // namespace

std::vector<std::string> sramTechnologies()
{
    std::vector<std::string> names;
    const json& document = hardwareDocument("table", "sram");
    for (const json& technology : document.at("technologies"))
        names.push_back(technology.at("name"));
    return names;
}

SramFigures sramFigures(std::string_view technology, double kilobytes, double widthBits, SramMethod method)
{
    const json& document = hardwareDocument("table", "sram");
    std::string all;
    for (const json& entry : document.at("technologies")) {
        all += (all.empty() ? "" : " ") + entry.at("name").get<std::string>();
        if (entry.at("name") != technology)
            continue;
        const Sweep sweep = sweepOf(entry);
        const double size = std::log(kilobytes);
        const double width = std::log(widthBits);
        if (method == SramMethod::Fit || !covers(sweep, size) || !covers(sweep.begin()->second, width))
            return fitted(entry.at("fit"), kilobytes, widthBits);
        const auto ofWidth
            = [&](const std::map<double, Row>& rows) { return at(rows, width, [](const Row& row) { return row; }); };
        const Row row = at(sweep, size, ofWidth);
        return {std::exp(row[0]) / widthBits, std::exp(row[1]) / widthBits, std::exp(row[2]), std::exp(row[3])};
    }
    throw Error({}, "buffers.technology: value \"" + std::string(technology) + "\" is refused", "allowed: " + all,
        ErrorKind::Refused);
}

}  // namespace nanoscope
