#pragma once

#include "widgets/model_state.h"

#include <QString>

#include <cmath>
#include <memory>
#include <vector>

/// Overviews of models for tests of widgets.
namespace samplemodel {

/// Figures with this SQNR; infinite: exact.
inline nanoscope::SweepFigures figures(double decibel, std::uint64_t elements)
{
    nanoscope::SweepFigures result;
    result.elements = elements;
    result.measured = elements;
    result.bitsPerElement = 4.25;
    result.power = static_cast<double>(elements);
    result.nmse = std::pow(10.0, -decibel / 10);
    result.squaredError = *result.nmse * result.power;
    if (std::isfinite(decibel))
        result.sqnrDecibel = decibel;
    result.tensorVacant = 2;
    result.structuralVacant = 1;
    return result;
}

/// A measured tensor of 32 columns.
inline nanoscope::ModelRow row(const char* name, std::uint64_t lines, const std::vector<double>& decibels)
{
    nanoscope::ModelRow result;
    result.info.name = name;
    result.info.shape = {lines, 32};
    result.info.elements = lines * 32;
    result.info.explorable = true;
    result.statistics.emplace();
    result.statistics->kurtosis = 3.0 + static_cast<double>(lines);
    result.statistics->outliers = 0.0027;
    for (const double decibel : decibels)
        result.figures.emplace_back(figures(decibel, result.info.elements));
    return result;
}

/// Five tensors under A and MXFP4: two measured, one exact under A, one refused, one to be measured.
inline std::shared_ptr<nanoscope::ModelState> model()
{
    auto state = std::make_shared<nanoscope::ModelState>();
    state->file = "model.h5";
    state->columns = {{"NxFP4", nanoscope::SeriesRole::A, {}}, {"MXFP4", std::nullopt, {}}};
    state->rows = {row("layers.0.wq", 64, {20.0, 18.5}), row("layers.0.wk", 16, {19.0, 18.75}),
        row("embedding", 128, {std::numeric_limits<double>::infinity(), 30.0}), row("damaged", 4, {}),
        row("waiting", 8, {})};
    state->rows[3].statistics.reset();
    state->rows[3].refusal = "damaged: the chunk cannot be inflated";
    state->rows[3].figures.resize(2);
    state->rows[4].statistics.reset();
    state->rows[4].figures.resize(2);
    for (std::size_t column = 0; column < 2; ++column) {
        std::vector<const nanoscope::SweepFigures*> measured;
        for (const nanoscope::ModelRow& each : state->rows)
            if (each.figures[column])
                measured.push_back(&*each.figures[column]);
        state->columns[column].total = nanoscope::sweepTotal(measured);
    }
    state->measured = 8;
    state->isRunning = true;
    return state;
}

}  // namespace samplemodel
