#include "core/analysis/sweep_export.h"

#include "core/analysis/csv_field.h"
#include "core/analysis/json_number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace nanoscope {
namespace {

using detail::number;
using nlohmann::json;

constexpr std::string_view kColumns
    = "kind,tensor,shape,dtype,elements,nan,inf,kurtosis,outlier_ratio,format,bits_per_element,sqnr_db,nmse,max_abs,"
      "vacant_structural,vacant_tensor,utilisation,excluded,reason\r\n";

/// Fields of one line of CSV.
class Line {
public:
    Line& text(std::string_view field)
    {
        if (m_isBegun)
            m_text += ',';
        m_isBegun = true;
        m_text += csvField(field);
        return *this;
    }
    Line& count(std::uint64_t value) { return text(std::to_string(value)); }
    Line& figure(double value)
    {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        return text(std::isfinite(value) ? std::string_view(digits.data(), end) : std::string_view());
    }
    Line& figure(const std::optional<double>& value) { return value ? figure(*value) : text({}); }
    Line& nothing(int fields)
    {
        for (int i = 0; i < fields; ++i)
            text({});
        return *this;
    }
    [[nodiscard]] std::string finished() const { return m_text + "\r\n"; }

private:
    std::string m_text;
    bool m_isBegun = false;
};

Line tensorFields(const SweepRow& row)
{
    Line line;
    line.text("tensor").text(row.info.name).text(shapeText(row.info.shape, "x")).text(row.info.dtype);
    line.count(row.info.elements);
    if (!row.refusal.empty())
        return line.nothing(4);
    line.count(row.statistics.nanCount).count(row.statistics.infinityCount);
    return line.figure(row.statistics.kurtosis).figure(row.statistics.outliers);
}

std::string figureLine(const SweepRow& row, const SweepFigures& figures, const std::string& format)
{
    Line line = tensorFields(row).text(format);
    if (!figures.refusal.empty())
        return line.nothing(8).text(figures.refusal).finished();
    line.figure(figures.bitsPerElement).figure(figures.sqnrDecibel).figure(figures.nmse).figure(figures.maximumError);
    line.count(figures.structuralVacant).count(figures.tensorVacant).figure(figures.utilisation);
    return line.count(row.info.elements - figures.measured).text({}).finished();
}

std::string modelLine(const SweepTotal& total, const std::string& format)
{
    Line line;
    line.text("model").nothing(3).count(total.elements).nothing(4).text(format);
    if (total.tensors == 0)
        return line.nothing(8).text("no tensor could be measured").finished();
    line.figure(total.bitsPerElement).figure(total.sqnrDecibel).figure(total.nmse);
    return line.nothing(6).finished();
}

json resultJson(const SweepRow& row, const SweepFigures& figures, const std::string& format)
{
    if (!figures.refusal.empty())
        return {{"format", format}, {"reason", figures.refusal}};
    return {{"format", format}, {"reason", ""}, {"bits_per_element", number(figures.bitsPerElement)},
        {"error",
            {{"sqnr_db", number(figures.sqnrDecibel)}, {"nmse", number(figures.nmse)},
                {"max_abs", number(figures.maximumError)}}},
        {"vacant", {{"structural", figures.structuralVacant}, {"tensor", figures.tensorVacant}}},
        {"occupancy", {{"utilisation", number(figures.utilisation)}}},
        {"excluded", row.info.elements - figures.measured}};
}

json tensorJson(const SweepRow& row, const std::vector<NamedFormat>& formats)
{
    json results = json::array();
    for (std::size_t i = 0; i < row.figures.size(); ++i)
        results.push_back(resultJson(row, row.figures[i], formats[i].name));
    json tensor{{"name", row.info.name}, {"shape", row.info.shape}, {"dtype", row.info.dtype},
        {"elements", row.info.elements}, {"reason", row.refusal}, {"results", std::move(results)}};
    if (!row.refusal.empty())
        return tensor;
    tensor["non_finite"] = {{"nan", row.statistics.nanCount}, {"inf", row.statistics.infinityCount}};
    tensor["kurtosis"] = number(row.statistics.kurtosis);
    tensor["outlier_ratio"] = number(row.statistics.outliers);
    return tensor;
}

}  // namespace

std::string sweepCsv(const std::vector<SweepRow>& rows, const std::vector<NamedFormat>& formats)
{
    std::string text(kColumns);
    for (const SweepRow& row : rows) {
        if (!row.refusal.empty())
            text += tensorFields(row).nothing(9).text(row.refusal).finished();
        for (std::size_t i = 0; i < row.figures.size(); ++i)
            text += figureLine(row, row.figures[i], formats[i].name);
    }
    for (std::size_t i = 0; i < formats.size(); ++i)
        text += modelLine(sweepTotal(rows, i), formats[i].name);
    return text;
}

json sweepJson(const std::string& file, const std::vector<SweepRow>& rows, const std::vector<NamedFormat>& formats)
{
    json specs = json::array();
    json tensors = json::array();
    json model = json::array();
    for (const NamedFormat& format : formats)
        specs.push_back({{"name", format.name}, {"spec", toJson(format.spec)}});
    for (const SweepRow& row : rows)
        tensors.push_back(tensorJson(row, formats));
    for (std::size_t i = 0; i < formats.size(); ++i) {
        const SweepTotal total = sweepTotal(rows, i);
        model.push_back({{"format", formats[i].name}, {"tensors", total.tensors}, {"elements", total.elements},
            {"bits_per_element", total.tensors > 0 ? number(total.bitsPerElement) : json(nullptr)},
            {"error", {{"sqnr_db", number(total.sqnrDecibel)}, {"nmse", number(total.nmse)}}}});
    }
    return {
        {"file", file}, {"formats", std::move(specs)}, {"tensors", std::move(tensors)}, {"model", std::move(model)}};
}

}  // namespace nanoscope
