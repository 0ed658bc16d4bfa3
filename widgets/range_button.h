#pragma once

#include <QString>
#include <QToolButton>

class QDoubleSpinBox;
class QPushButton;

namespace nanoscope {

/// A button beside a list of numbers that fills in evenly spaced ones: from, to and step in a small window of its own.
class RangeButton : public QToolButton {
    Q_OBJECT

public:
    explicit RangeButton(QWidget* parent = nullptr);

    /// Names the button and its numbers after the list that they fill.
    void setNames(const QString& list);

Q_SIGNALS:
    /// The user asked for these numbers: "from..to..step", as number lists read it.
    void chosen(const QString& text);

private:
    void fill();

    QDoubleSpinBox* m_from;
    QDoubleSpinBox* m_to;
    QDoubleSpinBox* m_step;
    QPushButton* m_fill;
};

}  // namespace nanoscope
