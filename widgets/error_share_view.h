#pragma once

#include "core/analysis/error_share.h"
#include "core/analysis/report.h"
#include "widgets/chart_table.h"
#include "widgets/series_role.h"
#include "widgets/theme.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QCheckBox;

namespace nanoscope {

class PickPlot;
class TwinPane;

/// The curve of one format.
struct ErrorShareLine {
    SeriesRole role = SeriesRole::A;
    std::shared_ptr<const Report> report;  ///< that was ranked
    std::shared_ptr<const ErrorShare> share;
};

/// How much of the squared error lies in how few blocks: a curve a format, worst blocks first, with marks where half
/// and 90 % of the error are reached. A point of the first curve stands for a block that can be chosen.
class ErrorShareView : public QWidget {
    Q_OBJECT

public:
    explicit ErrorShareView(QWidget* parent = nullptr);

    /// None empties the view.
    void setLines(std::vector<ErrorShareLine> lines);
    /// Marks a block of the first line's format.
    void setSelectedBlock(std::optional<quint64> block);
    void setTheme(const Theme& theme);

    [[nodiscard]] const PickPlot& plot() const { return *m_plot; }
    [[nodiscard]] const QAbstractTableModel& tableModel() const { return *m_model; }
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

Q_SIGNALS:
    /// The user chose a block on the curve or in the table.
    void blockChosen(quint64 block);

private:
    void rebuild();
    void showBlock();

    std::vector<ErrorShareLine> m_lines;
    std::vector<quint64> m_rowBlocks;  // of the first line, per row of the table
    std::optional<quint64> m_block;
    PickPlot* m_plot;
    ChartTableModel* m_model;
    QCheckBox* m_logarithmic;
    TwinPane* m_pane;
};

}  // namespace nanoscope
