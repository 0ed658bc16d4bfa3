#pragma once

#include "widgets/theme.h"

#include <QTableView>

#include <vector>

namespace nanoscope {

class TeachDelegate;
class TeachModel;
struct TeachCell;

/// Cells with bits that are flipped by click or by the keys 0 and 1 at a cursor that arrows move from bit to bit.
class TeachTable : public QTableView {
    Q_OBJECT

public:
    explicit TeachTable(QWidget* parent = nullptr);

    void setCells(std::vector<TeachCell> cells);
    [[nodiscard]] TeachModel& cellModel() { return *m_model; }
    /// The cell that is outlined; -1 for none. Emits nothing.
    void setCurrentCell(int cell);
    [[nodiscard]] int currentCell() const;
    /// As high as its rows, up to `rows` of them; 0: any height.
    void setShownRows(int rows);
    void setTheme(const Theme& theme);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user wants this stored bit to be the other one.
    void bitFlipped(std::size_t place);
    /// The user went to a cell.
    void cellSelected(int cell);
    void valueEdited(int element, double value);

protected:
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void moveCursor(int by);
    void setBit(bool isSet);

    TeachModel* m_model;
    TeachDelegate* m_delegate;
    int m_bit = 0;
    int m_shownRows = 0;
    bool m_isQuiet = false;
};

}  // namespace nanoscope
