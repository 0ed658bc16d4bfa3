#pragma once

#include "core/analysis/block_trace.h"
#include "widgets/inspector_steps.h"
#include "widgets/theme.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace nanoscope {

/// The derivation of the selected element as a list of steps with their values.
class Inspector : public QWidget {
    Q_OBJECT

public:
    explicit Inspector(QWidget* parent = nullptr);

    /// Explains an element; an index that the block does not have clears the view.
    void setElement(const BlockTrace& trace, int element);
    void clear();
    void setTheme(const Theme& theme);

    /// Title and steps as lines of plain text, as the button copies them.
    [[nodiscard]] QString text() const;

private:
    struct Row {
        QLabel* label;
        QLabel* value;
    };

    void refresh();
    Row& rowAt(std::size_t index);

    Theme m_theme = lightTheme();
    QString m_heading;
    std::vector<InspectorStep> m_steps;
    std::vector<BitField> m_fields;  // of the element's code
    QLabel* m_title;
    QLabel* m_legend;
    QPushButton* m_copy;
    QWidget* m_list;
    QGridLayout* m_grid;
    std::vector<Row> m_rows;  // made once, shown as needed
};

}  // namespace nanoscope
