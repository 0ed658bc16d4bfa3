#pragma once

#include <QSpinBox>

namespace nanoscope {

/// A spin box whose steps go to the next power of two; any number in its range can be typed.
class DoublingSpinBox : public QSpinBox {
    Q_OBJECT

public:
    using QSpinBox::QSpinBox;

    /// Steps stay between these two; typed numbers need not.
    void setStepRange(int lowest, int highest);

    void stepBy(int steps) override;

protected:
    StepEnabled stepEnabled() const override;

private:
    int m_lowestStep = 1;
    int m_highestStep = 1 << 20;
};

}  // namespace nanoscope
