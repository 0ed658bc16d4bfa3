#include "widgets/format_fields.h"

#include "core/error.h"
#include "widgets/doubling_spin_box.h"
#include "widgets/number_list.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>

namespace nanoscope {
namespace {

/// Keeps the wheel for scrolling the form unless the control under it has the focus.
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

/// The text of a label without its mnemonic.
QString plain(QString text)
{
    return text.remove(u'&');
}

void fill(QComboBox& combo, const std::vector<FormatFields::Option>& options)
{
    combo.clear();
    for (const FormatFields::Option& option : options)
        combo.addItem(option.text, option.value);
}

bool holds(const QComboBox& combo, const std::vector<FormatFields::Option>& options)
{
    if (combo.count() != static_cast<int>(options.size()))
        return false;
    for (int i = 0; i < combo.count(); ++i) {
        const FormatFields::Option& option = options[static_cast<std::size_t>(i)];
        if (combo.itemText(i) != option.text || combo.itemData(i).toInt() != option.value)
            return false;
    }
    return true;
}

}  // namespace

void refuseInput(const QString& field, const QString& text, const QString& allowed)
{
    throw Error(field.toStdString(), "“" + text.toStdString() + "” is refused", "allowed: " + allowed.toStdString(),
        ErrorKind::Refused);
}

FormatFields::FormatFields(QFormLayout& layout, QString slot, Sink sink)
    : m_layout(layout)
    , m_slot(std::move(slot))
    , m_sink(std::move(sink))
{
}

void FormatFields::send(const QString& id, const SpecEdit& edit, bool keepsRefused)
{
    if (!m_sink(id, edit) && !keepsRefused)
        show(FormatSpec(m_shown));
}

void FormatFields::addRow(const FieldInfo& info, QWidget* control, QWidget* rowWidget, bool hasOwnText,
    std::function<void(const FormatSpec&)> show)
{
    control->setObjectName(QStringLiteral("format%1_%2").arg(m_slot, info.id));
    control->setAccessibleName(plain(info.label));
    control->setToolTip(info.tip);
    control->setFocusPolicy(Qt::StrongFocus);
    control->installEventFilter(new WheelGuard(control));
    if (hasOwnText) {
        m_layout.addRow(rowWidget);
    } else {
        auto* label = new QLabel(info.label, m_layout.parentWidget());
        label->setBuddy(control);
        label->setToolTip(info.tip);
        m_layout.addRow(label, rowWidget);
    }
    m_fields.push_back({info, rowWidget, control, static_cast<int>(m_headings.size()) - 1, std::move(show)});
    m_visible.push_back(true);
}

void FormatFields::addHeading(const QString& text)
{
    auto* label = new QLabel(text, m_layout.parentWidget());
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(0, 6, 0, 0);
    m_layout.addRow(label);
    m_headings.push_back(label);
}

void FormatFields::addInteger(const FieldInfo& info, int lowest, int highest, Get<int> get, Set<int> set)
{
    auto* spin = new QSpinBox;
    spin->setRange(lowest, highest);
    spin->setKeyboardTracking(false);
    QObject::connect(spin, &QSpinBox::valueChanged, &m_context, [this, id = info.id, set](int value) {
        send(
            id, [set, value](FormatSpec spec) { return set(std::move(spec), value); }, true);
    });
    addRow(info, spin, spin, false, [spin, get](const FormatSpec& spec) { spin->setValue(get(spec)); });
}

void FormatFields::addDoubling(const FieldInfo& info, int lowestStep, int highestStep, Get<int> get, Set<int> set)
{
    auto* spin = new DoublingSpinBox;
    spin->setRange(1, 1 << 20);
    spin->setStepRange(lowestStep, highestStep);
    spin->setKeyboardTracking(false);
    QObject::connect(spin, &QSpinBox::valueChanged, &m_context, [this, id = info.id, set](int value) {
        send(
            id, [set, value](FormatSpec spec) { return set(std::move(spec), value); }, true);
    });
    addRow(info, spin, spin, false, [spin, get](const FormatSpec& spec) { spin->setValue(get(spec)); });
}

void FormatFields::addSlider(const FieldInfo& info, int highest, Get<int> get, Set<int> set, Get<QString> tip)
{
    auto* row = new QWidget;
    auto* slider = new QSlider(Qt::Horizontal, row);
    auto* number = new QLabel(row);
    slider->setRange(0, highest);
    slider->setPageStep(1);
    slider->setTickPosition(QSlider::TicksBelow);
    slider->setTickInterval(1);
    slider->setMinimumWidth(60);
    number->setMinimumWidth(number->fontMetrics().horizontalAdvance(u'8') + 2);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(slider, 1);
    layout->addWidget(number);
    QObject::connect(slider, &QSlider::valueChanged, &m_context, [this, id = info.id, set](int value) {
        send(
            id, [set, value](FormatSpec spec) { return set(std::move(spec), value); }, false);
    });
    addRow(info, slider, row, false, [=](const FormatSpec& spec) {
        const int value = get(spec);
        slider->setMaximum(std::max(highest, value));
        slider->setValue(value);
        number->setText(QString::number(value));
        if (tip)
            slider->setToolTip(tip(spec));
    });
}

void FormatFields::addSwitch(const FieldInfo& info, Get<bool> get, Set<bool> set)
{
    auto* box = new QCheckBox(info.label);
    QObject::connect(box, &QCheckBox::toggled, &m_context, [this, id = info.id, set](bool on) {
        send(
            id, [set, on](FormatSpec spec) { return set(std::move(spec), on); }, false);
    });
    addRow(info, box, box, true, [box, get](const FormatSpec& spec) { box->setChecked(get(spec)); });
}

void FormatFields::addChoice(const FieldInfo& info, std::vector<Option> options, Get<int> get, Set<int> set)
{
    addChoice(
        info, [options = std::move(options)](const FormatSpec&) { return options; }, std::move(get), std::move(set));
}

void FormatFields::addChoice(const FieldInfo& info, Get<std::vector<Option>> options, Get<int> get, Set<int> set)
{
    auto* combo = new QComboBox;
    // A long entry must not make the dock wide.
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(5);
    QObject::connect(combo, &QComboBox::currentIndexChanged, &m_context, [this, combo, id = info.id, set](int index) {
        if (index < 0)
            return;
        const int value = combo->itemData(index).toInt();
        send(
            id, [set, value](FormatSpec spec) { return set(std::move(spec), value); }, false);
    });
    addRow(info, combo, combo, false, [combo, options, get](const FormatSpec& spec) {
        const std::vector<Option> wanted = options(spec);
        if (!holds(*combo, wanted))
            fill(*combo, wanted);
        combo->setCurrentIndex(combo->findData(get(spec)));
    });
}

void FormatFields::addText(const FieldInfo& info, const QString& placeholder, Get<QString> get, Set<QString> set)
{
    auto* edit = new QLineEdit;
    edit->setPlaceholderText(placeholder);
    QObject::connect(edit, &QLineEdit::textChanged, &m_context, [this, id = info.id, set](const QString& text) {
        send(
            id, [set, text](FormatSpec spec) { return set(std::move(spec), text); }, true);
    });
    addRow(info, edit, edit, false, [edit, get, set](const FormatSpec& spec) {
        // What is being typed stays as typed while it means the same: "-1, 0, " is not cut to "-1, 0".
        try {
            if (set(spec, edit->text()) == spec)
                return;
        } catch (const Error&) {
        }
        edit->setText(get(spec));
        if (!edit->hasFocus())
            edit->setCursorPosition(0);  // show the start of a long text
    });
}

void FormatFields::addNumber(
    const FieldInfo& info, const QString& placeholder, Get<std::optional<double>> get, Set<std::optional<double>> set)
{
    const auto getText = [get](const FormatSpec& spec) {
        const std::optional<double> value = get(spec);
        return value ? exactText(*value) : QString();
    };
    const auto setText = [set, name = plain(info.label)](FormatSpec spec, const QString& text) {
        const auto values = numbersFromText(text);
        if (!values || values->size() > 1)
            refuseInput(name, text, QStringLiteral("a number"));
        return set(std::move(spec), values->empty() ? std::nullopt : std::optional(values->front()));
    };
    addText(info, placeholder, getText, setText);
}

void FormatFields::show(const FormatSpec& spec)
{
    m_shown = spec;
    std::vector<bool> headingMatters(m_headings.size(), false);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        Field& field = m_fields[i];
        const bool matters = !field.info.matters || field.info.matters(spec);
        if (matters) {
            const QSignalBlocker blocker(field.control);
            field.show(spec);
            if (field.heading >= 0)
                headingMatters[static_cast<std::size_t>(field.heading)] = true;
        }
        if (m_visible[i] != matters)
            m_layout.setRowVisible(field.rowWidget, matters);
        m_visible[i] = matters;
    }
    for (std::size_t i = 0; i < m_headings.size(); ++i)
        if (m_headings[i]->isHidden() == headingMatters[i])
            m_layout.setRowVisible(m_headings[i], headingMatters[i]);
}

}  // namespace nanoscope
