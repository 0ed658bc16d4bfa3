#pragma once

#include "core/analysis/report.h"
#include "widgets/level_id.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QTableView;

namespace nanoscope {

class LevelModel;

/// The table of a report's levels, sortable by any column: the twin of the level plot.
class LevelTable : public QWidget {
    Q_OBJECT

public:
    explicit LevelTable(QWidget* parent = nullptr);

    void setReport(std::shared_ptr<const Report> report);
    /// Selects the row of a level that another view points at, and scrolls to it. Emits nothing.
    void setHighlightedLevel(const std::optional<LevelId>& id);

    [[nodiscard]] const LevelModel& model() const { return *m_model; }
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

Q_SIGNALS:
    /// The user went to a level; nothing when the selection was emptied.
    void levelSelected(const std::optional<nanoscope::LevelId>& id);

private:
    void fitColumns();

    LevelModel* m_model;
    QTableView* m_view;
    QLabel* m_note;
    std::optional<LevelId> m_highlighted;  // outlasts reports, which may come after it
    bool m_isQuiet = false;
};

}  // namespace nanoscope
