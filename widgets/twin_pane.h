#pragma once

#include <QString>
#include <QWidget>

#include <optional>

class QAbstractItemModel;
class QHBoxLayout;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace nanoscope {

class PlotView;

/// A plot and the table of its numbers in one place, with a button that turns from one to the other and room for what
/// controls both.
class TwinPane : public QWidget {
    Q_OBJECT

public:
    /// @param plot       becomes this one's
    /// @param model      rows of the table; must live as long as this
    /// @param tableName  accessible name of the table
    TwinPane(PlotView* plot, QAbstractItemModel* model, const QString& tableName, QWidget* parent = nullptr);

    /// Puts a widget beside the button, from the left.
    void addControl(QWidget* control);
    void setTableShown(bool isShown);
    [[nodiscard]] bool isTableShown() const;
    /// Marks a row without saying so; nothing marks none.
    void setCurrentRow(const std::optional<int>& row);
    [[nodiscard]] QTableView& table() { return *m_table; }

Q_SIGNALS:
    /// Plot or table came to the front.
    void turned(bool isTable);
    /// The user went to a row, or activated it again.
    void rowChosen(int row);

private:
    QHBoxLayout* m_controls;
    QToolButton* m_switch;
    QStackedWidget* m_pages;
    QTableView* m_table;
    bool m_isQuiet = false;
};

}  // namespace nanoscope
