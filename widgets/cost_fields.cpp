#include "widgets/cost_fields.h"

#include "widgets/cost_number_box.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <algorithm>

namespace nanoscope {
namespace {

constexpr int kControlWidth = 84;  // enough for any; where there is more room, it gets it
constexpr int kFewestLetters = 9;
const QString kDramPreset = QStringLiteral("dram.preset");
const QString kDramRead = QStringLiteral("dram.read_pj_per_bit");
const QString kDramWrite = QStringLiteral("dram.write_pj_per_bit");

/// Keeps the wheel for scrolling unless the control under it has the focus.
class WheelGuard : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        auto* widget = qobject_cast<QWidget*>(watched);
        if (event->type() != QEvent::Wheel || !widget || widget->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

}  // namespace

CostFields::CostFields(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSizeConstraint(QLayout::SetNoConstraint);
    m_grid->setHorizontalSpacing(6);
    m_grid->setVerticalSpacing(4);
}

void CostFields::addParameter(const CostParameter& parameter)
{
    m_paths << parameter.path;
    if (parameter.control == CostControl::Choice)
        addChoice(parameter);
    else
        addNumber(parameter);
}

void CostFields::addField(const QString& label, QWidget* field, const QString& tip)
{
    auto* caption = new QLabel(label, this);
    caption->setBuddy(field);
    caption->setToolTip(tip);
    field->setParent(this);
    field->setAccessibleName(label);
    field->setToolTip(tip);
    field->setFocusPolicy(Qt::StrongFocus);
    field->installEventFilter(new WheelGuard(field));
    field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    field->setMinimumWidth(std::min(kControlWidth, field->minimumSizeHint().width()));
    m_fields.push_back({caption, field});
    m_columns = 0;
    arrange();
}

void CostFields::addWidget(QWidget* widget)
{
    widget->setParent(this);
    m_fields.push_back({nullptr, widget});
    m_columns = 0;
    arrange();
}

QSize CostFields::minimumSizeHint() const
{
    return {fieldWidth(), m_grid->minimumSize().height()};
}

/// Of a label and its control with the gaps behind them.
int CostFields::fieldWidth() const
{
    int label = 0;
    int control = 0;
    for (const Field& field : m_fields) {
        if (!field.label)
            continue;
        label = std::max(label, field.label->sizeHint().width());
        control = std::max(control, std::min(kControlWidth, field.widget->minimumSizeHint().width()));
    }
    return std::max(1, label + control + 2 * m_grid->horizontalSpacing());
}

void CostFields::addChoice(const CostParameter& parameter)
{
    auto* box = new QComboBox;
    box->setObjectName(QStringLiteral("cost_") + parameter.path);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kFewestLetters);
    for (const CostOption& option : costOptions(parameter.path)) {
        box->addItem(option.text, option.value);
        box->setItemData(box->count() - 1, option.tip, Qt::ToolTipRole);
    }
    box->view()->setMinimumWidth(box->view()->sizeHintForColumn(0) + 2 * fontMetrics().height());  // whole lines
    m_choices.insert(parameter.path, box);
    addField(parameter.label, box, parameter.tip);
    connect(box, &QComboBox::activated, this, [this, box, path = parameter.path](int index) {
        const QString value = box->itemData(index).toString();
        QString setting = path + u'=' + value;
        if (path == kDramPreset)  // a preset that changed nothing, because own values hide it, would be a riddle
            setting += u',' + kDramRead + QStringLiteral("=null,") + kDramWrite + QStringLiteral("=null");
        Q_EMIT settingAsked(path, setting);
    });
}

void CostFields::addNumber(const CostParameter& parameter)
{
    auto* box = new CostNumberBox(
        parameter.control == CostControl::Whole ? CostNumberBox::Steps::Doubling : CostNumberBox::Steps::OneTwoFive);
    box->setObjectName(QStringLiteral("cost_") + parameter.path);
    m_numbers.insert(parameter.path, box);
    addField(parameter.label, box, parameter.tip);
    connect(
        box, &CostNumberBox::edited, this, [this, parameter](const QString& typed) { askForNumber(parameter, typed); });
}

void CostFields::askForNumber(const CostParameter& parameter, const QString& typed)
{
    const QString text = QString(typed).replace(u',', u'.').trimmed();
    bool isNumber = false;
    text.toDouble(&isNumber);
    if (isNumber)
        Q_EMIT settingAsked(parameter.path, parameter.path + u'=' + text);
    else if (text.isEmpty() && parameter.isOptional)
        Q_EMIT settingAsked(parameter.path, parameter.path + QStringLiteral("=null"));
    else
        Q_EMIT refused(tr("%1: “%2” is no number; type one with digits and a point").arg(parameter.label, typed));
}

void CostFields::setParameters(const HardwareParameters& parameters, const QHash<QString, QString>& texts)
{
    for (auto it = m_choices.begin(); it != m_choices.end(); ++it) {
        const QSignalBlocker blocker(it.value());
        it.value()->setCurrentIndex(it.value()->findData(texts.value(it.key())));
        if (it.key() == kDramPreset)
            showDramChoice(*it.value(), parameters);
    }
    for (auto it = m_numbers.begin(); it != m_numbers.end(); ++it) {
        it.value()->setImplied(impliedText(it.key(), parameters));
        it.value()->setValue(texts.value(it.key()));
    }
}

/// The list says so while a value of the user's own hides the preset's.
void CostFields::showDramChoice(QComboBox& box, const HardwareParameters& parameters)
{
    const bool isOwn = parameters.dram.readPicojoulePerBit.has_value();
    const QString own = tr("%1 pJ/bit · own value").arg(parameters.dram.readPicojoulePerBit.value_or(0.0));
    const int index = box.findData(QString());
    if (isOwn && index < 0)
        box.addItem(own, QString());
    else if (isOwn)
        box.setItemText(index, own);
    else if (index >= 0)
        box.removeItem(index);
    if (isOwn)
        box.setCurrentIndex(box.findData(QString()));
}

void CostFields::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_width = width();
    arrange();
}

void CostFields::arrange()
{
    // As few rows as there is room for, then as few columns as these rows need: controls get the width.
    const int most = std::max(1, static_cast<int>(m_fields.size()));
    const int fitting = std::clamp((m_width + m_grid->horizontalSpacing()) / fieldWidth(), 1, most);
    const int rows = (most + fitting - 1) / fitting;
    const int columns = (most + rows - 1) / rows;
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int column = 0; column < m_grid->columnCount(); ++column)
        m_grid->setColumnStretch(column, 0);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const int row = static_cast<int>(i) / columns;
        const int column = 2 * (static_cast<int>(i) % columns);
        const auto& [label, widget] = m_fields[i];
        m_grid->removeWidget(widget);
        if (label) {
            m_grid->removeWidget(label);
            m_grid->addWidget(label, row, column);
            m_grid->addWidget(widget, row, column + 1);
        } else {
            m_grid->addWidget(widget, row, column, 1, 2);
        }
        m_grid->setColumnStretch(column + 1, 1);
    }
    updateGeometry();
}

}  // namespace nanoscope
