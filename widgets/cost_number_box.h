#pragma once

#include <QAbstractSpinBox>
#include <QString>

namespace nanoscope {

/// A field for a number of any size. It takes whatever is typed and sends it while it is typed: what a value may be is
/// decided by who listens. Steps go to the next power of two, or the next of 1, 2 and 5.
class CostNumberBox : public QAbstractSpinBox {
    Q_OBJECT
    Q_PROPERTY(QString value READ value)

public:
    enum class Steps { Doubling, OneTwoFive };

    explicit CostNumberBox(Steps steps, QWidget* parent = nullptr);

    /// The value in force, as text; empty: none. While the user types, other text of the same value stays.
    void setValue(const QString& value);
    [[nodiscard]] QString value() const { return m_value; }
    /// Shown grayed while there is no value; steps start from it.
    void setImplied(const QString& text);

    void stepBy(int steps) override;
    QValidator::State validate(QString& input, int& pos) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user typed or stepped. The text may be no number.
    void edited(const QString& text);

protected:
    StepEnabled stepEnabled() const override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void showValue();

    Steps m_steps;
    QString m_value;
    QString m_implied;
};

}  // namespace nanoscope
