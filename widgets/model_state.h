#pragma once

#include "core/analysis/sweep_row.h"
#include "widgets/series_role.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace nanoscope {

/// A format of the overview of a model.
struct ModelColumn {
    QString name;
    std::optional<SeriesRole> role;  ///< of formats A to D; absent for a preset
    SweepTotal total;                ///< of the tensors measured so far

    /// "A: NxFP4", or the preset's name.
    [[nodiscard]] QString label() const { return role ? seriesLetter(*role) + QStringLiteral(": ") + name : name; }
};

/// A tensor of the overview; what is absent is not measured yet.
struct ModelRow {
    TensorInfo info;
    QString refusal;  ///< why the tensor cannot be measured at all; else empty
    std::optional<TensorStatistics> statistics;
    std::vector<std::optional<SweepFigures>> figures;  ///< one per column

    /// Nothing while it is not measured, refused or without error.
    [[nodiscard]] std::optional<double> sqnr(std::size_t column) const
    {
        return column < figures.size() && figures[column] ? figures[column]->sqnrDecibel : std::nullopt;
    }
    [[nodiscard]] bool isLossless(std::size_t column) const
    {
        return column < figures.size() && figures[column] && figures[column]->isLossless();
    }
    /// Why there will be no figure; empty otherwise.
    [[nodiscard]] QString refusalAt(std::size_t column) const
    {
        if (!refusal.isEmpty() || column >= figures.size() || !figures[column])
            return refusal;
        return QString::fromStdString(figures[column]->refusal);
    }
};

/// Every tensor of a file under several formats, as far as measured.
struct ModelState {
    QString file;
    std::vector<ModelColumn> columns;
    std::vector<ModelRow> rows;  ///< in the order of the file
    std::size_t measured = 0;    ///< pairs of tensor and format
    bool isRunning = false;

    [[nodiscard]] std::size_t pairs() const { return rows.size() * columns.size(); }
};

}  // namespace nanoscope
