#pragma once

#include "widgets/figure_model.h"
#include "widgets/report_page.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace nanoscope {

class PlotView;

/// What both kinds of report are laid out from.
class ReportParts {
public:
    explicit ReportParts(const ReportPage& page);
    ~ReportParts();

    struct Plot {
        QString letter;  ///< of the format; empty for plots of all
        std::unique_ptr<PlotView> view;
    };

    /// A row of the table: name with unit, then a cell for each format.
    struct Cell {
        QString text;
        bool isBest = false;
    };

    [[nodiscard]] const QStringList& heads() const { return m_heads; }
    [[nodiscard]] const std::vector<std::vector<Cell>>& rows() const { return m_rows; }
    [[nodiscard]] const std::vector<Plot>& levels() const { return m_levels; }
    /// The error map of A, and cost or error by magnitude.
    [[nodiscard]] const std::vector<Plot>& others() const { return m_others; }
    /// "A  NxFP4  {...}", one a format.
    [[nodiscard]] const QStringList& specs() const { return m_specs; }

private:
    void addTable(const RoleReports& reports);
    void addLevels(const RoleReports& reports);
    void addOthers(const ReportPage& page);

    QStringList m_heads;
    std::vector<std::vector<Cell>> m_rows;
    std::vector<Plot> m_levels;
    std::vector<Plot> m_others;
    QStringList m_specs;
};

}  // namespace nanoscope
