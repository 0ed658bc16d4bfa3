#include "widgets/range_button.h"

#include "widgets/number_list.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QWidgetAction>

namespace nanoscope {
namespace {

QDoubleSpinBox* makeNumber(double value)
{
    auto* spin = new QDoubleSpinBox;
    spin->setDecimals(4);
    spin->setRange(0.0001, 1e4);
    spin->setSingleStep(0.01);
    spin->setValue(value);
    return spin;
}

}  // namespace

RangeButton::RangeButton(QWidget* parent)
    : QToolButton(parent)
    , m_from(makeNumber(0.5))
    , m_to(makeNumber(1.0))
    , m_step(makeNumber(0.02))
    , m_fill(new QPushButton(tr("Fill in")))
{
    setText(QStringLiteral("…"));
    setPopupMode(QToolButton::InstantPopup);
    setStyleSheet(QStringLiteral("QToolButton::menu-indicator{image:none;}"));

    auto* panel = new QWidget;
    auto* form = new QFormLayout(panel);
    const auto addRow = [form](const QString& text, QWidget* control) {
        auto* label = new QLabel(text);
        label->setBuddy(control);
        form->addRow(label, control);
    };
    addRow(tr("From"), m_from);
    addRow(tr("To"), m_to);
    addRow(tr("Step"), m_step);
    form->addRow(m_fill);

    auto* menu = new QMenu(this);
    auto* action = new QWidgetAction(menu);
    action->setDefaultWidget(panel);
    menu->addAction(action);
    setMenu(menu);
    connect(m_fill, &QPushButton::clicked, this, [this, menu] {
        menu->close();
        fill();
    });
}

void RangeButton::setNames(const QString& list)
{
    setAccessibleName(tr("Fill in %1").arg(list));
    setToolTip(tr("Fill in evenly spaced numbers: from, to, step"));
    m_from->setAccessibleName(tr("%1 from").arg(list));
    m_to->setAccessibleName(tr("%1 to").arg(list));
    m_step->setAccessibleName(tr("%1 step").arg(list));
    m_fill->setAccessibleName(tr("Apply to %1").arg(list));
    m_from->setObjectName(objectName() + QStringLiteral("From"));
    m_to->setObjectName(objectName() + QStringLiteral("To"));
    m_step->setObjectName(objectName() + QStringLiteral("Step"));
    m_fill->setObjectName(objectName() + QStringLiteral("Apply"));
}

void RangeButton::fill()
{
    Q_EMIT chosen(QStringLiteral("%1..%2..%3")
                      .arg(exactText(m_from->value()), exactText(m_to->value()), exactText(m_step->value())));
}

}  // namespace nanoscope
