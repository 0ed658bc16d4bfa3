// The kinds of control that fields are made of.

#include "core/error.h"
#include "widgets/doubling_spin_box.h"
#include "widgets/format_fields.h"
#include "widgets/level_list_edit.h"
#include "widgets/number_list.h"
#include "widgets/range_button.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

/// The text of a label without its mnemonic.
QString plain(QString text)
{
    return text.remove(u'&');
}

void fill(QComboBox& combo, const FormatFields::Options& options)
{
    combo.clear();
    for (const FormatFields::Option& option : options)
        combo.addItem(option.text, option.value);
}

bool holds(const QComboBox& combo, const FormatFields::Options& options)
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

/// The control and what stands to its right.
QWidget* rowOf(QWidget* control, QWidget* beside)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(control, 1);
    layout->addWidget(beside);
    beside->setMaximumHeight(control->sizeHint().height());
    return row;
}

/// One number of a text that holds at most one.
std::optional<double> numberOf(const QString& name, const QString& text, const QString& allowed)
{
    const auto values = numbersFromText(text);
    if (!values || values->size() > 1)
        refuseInput(name, text, allowed);
    return values->empty() ? std::nullopt : std::optional(values->front());
}

}  // namespace

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
    auto* slider = new QSlider(Qt::Horizontal);
    auto* number = new QLabel;
    slider->setRange(0, highest);
    slider->setPageStep(1);
    slider->setTickPosition(QSlider::TicksBelow);
    slider->setTickInterval(1);
    slider->setMinimumWidth(60);
    number->setMinimumWidth(number->fontMetrics().horizontalAdvance(u'8') + 2);
    QObject::connect(slider, &QSlider::valueChanged, &m_context, [this, id = info.id, set](int value) {
        send(
            id, [set, value](FormatSpec spec) { return set(std::move(spec), value); }, false);
    });
    addRow(info, slider, rowOf(slider, number), false, [=](const FormatSpec& spec) {
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

void FormatFields::addChoice(const FieldInfo& info, Options options, Get<int> get, Set<int> set)
{
    addChoice(
        info, [options = std::move(options)](const FormatSpec&) { return options; }, std::move(get), std::move(set));
}

void FormatFields::addChoice(const FieldInfo& info, Get<Options> options, Get<int> get, Set<int> set)
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
        const Options wanted = options(spec);
        if (!holds(*combo, wanted))
            fill(*combo, wanted);
        combo->setCurrentIndex(combo->findData(get(spec)));
    });
}

void FormatFields::addLine(const FieldInfo& info, const QString& placeholder, Get<QString> get, Set<QString> set,
    QWidget* beside, const std::function<void(QLineEdit&)>& connectBeside)
{
    auto* edit = new QLineEdit;
    edit->setPlaceholderText(placeholder);
    QObject::connect(edit, &QLineEdit::textChanged, &m_context, [this, id = info.id, set](const QString& text) {
        send(
            id, [set, text](FormatSpec spec) { return set(std::move(spec), text); }, true);
    });
    if (connectBeside)
        connectBeside(*edit);
    addRow(info, edit, beside ? rowOf(edit, beside) : edit, false, [edit, get, set](const FormatSpec& spec) {
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

void FormatFields::addText(const FieldInfo& info, const QString& placeholder, Get<QString> get, Set<QString> set)
{
    addLine(info, placeholder, std::move(get), std::move(set), nullptr, {});
}

void FormatFields::addNumber(
    const FieldInfo& info, const QString& placeholder, Get<std::optional<double>> get, Set<std::optional<double>> set)
{
    const auto getText = [get](const FormatSpec& spec) {
        const std::optional<double> value = get(spec);
        return value ? exactText(*value) : QString();
    };
    const auto setText = [set, name = plain(info.label)](FormatSpec spec, const QString& text) {
        return set(std::move(spec), numberOf(name, text, Text::tr("a number, or nothing")));
    };
    addText(info, placeholder, getText, setText);
}

void FormatFields::addReal(const FieldInfo& info, Get<double> get, Set<double> set)
{
    const auto getText = [get](const FormatSpec& spec) { return exactText(get(spec)); };
    const auto setText = [set, name = plain(info.label)](FormatSpec spec, const QString& text) {
        const std::optional<double> value = numberOf(name, text, Text::tr("a number"));
        if (!value)
            refuseInput(name, text, Text::tr("a number"));
        return set(std::move(spec), *value);
    };
    addText(info, {}, getText, setText);
}

void FormatFields::addOptionalInteger(
    const FieldInfo& info, const QString& placeholder, Get<std::optional<int>> get, Set<std::optional<int>> set)
{
    const auto getText = [get](const FormatSpec& spec) {
        const std::optional<int> value = get(spec);
        return value ? QString::number(*value) : QString();
    };
    const auto setText = [set, name = plain(info.label)](FormatSpec spec, const QString& text) {
        const auto values = integersFromText(text);
        if (!values || values->size() > 1)
            refuseInput(name, text, Text::tr("an integer, or nothing"));
        return set(std::move(spec), values->empty() ? std::nullopt : std::optional(values->front()));
    };
    addText(info, placeholder, getText, setText);
}

void FormatFields::addIntegers(
    const FieldInfo& info, const QString& placeholder, Get<std::vector<int>> get, Set<std::vector<int>> set)
{
    const auto getText = [get](const FormatSpec& spec) { return textFromIntegers(get(spec)); };
    const auto setText = [set, name = plain(info.label)](FormatSpec spec, const QString& text) {
        const auto values = integersFromText(text);
        if (!values || values->empty())
            refuseInput(name, text, Text::tr("integers such as -1, 0, 1"));
        return set(std::move(spec), *values);
    };
    addText(info, placeholder, getText, setText);
}

void FormatFields::addNumbers(
    const FieldInfo& info, const QString& placeholder, Get<std::vector<double>> get, Set<std::vector<double>> set)
{
    const auto getText = [get](const FormatSpec& spec) { return textFromNumbers(get(spec)); };
    const auto setText = [set, name = plain(info.label)](FormatSpec spec, const QString& text) {
        const auto values = numbersFromText(text);
        if (!values)
            refuseInput(name, text, Text::tr("numbers such as 1, 0.95, 0.9, or from..to..step such as 0.5..1..0.02"));
        return set(std::move(spec), *values);
    };
    auto* button = new RangeButton;
    button->setObjectName(QStringLiteral("format%1_%2Range").arg(m_slot, info.id));
    button->setNames(plain(info.label));
    addLine(info, placeholder, getText, setText, button, [this, button](QLineEdit& edit) {
        QObject::connect(button, &RangeButton::chosen, &m_context, [&edit](const QString& text) {
            edit.setText(text);
            edit.setCursorPosition(0);
        });
    });
}

void FormatFields::addSeed(const FieldInfo& info, Get<std::optional<std::uint32_t>> get, Set<std::uint32_t> set)
{
    const auto getText = [get](const FormatSpec& spec) { return QString::number(get(spec).value_or(0)); };
    const auto setText = [set, name = plain(info.label)](FormatSpec spec, const QString& text) {
        bool isNumber = false;
        const uint seed = text.trimmed().toUInt(&isNumber);
        if (!isNumber)
            refuseInput(name, text, Text::tr("an integer from 0 to 4294967295"));
        return set(std::move(spec), seed);
    };
    addText(info, {}, getText, setText);
}

void FormatFields::addLevels(const FieldInfo& info, Get<std::vector<double>> get, Set<std::vector<double>> set)
{
    auto* edit = new LevelListEdit;
    QObject::connect(
        edit, &LevelListEdit::edited, &m_context, [this, edit, id = info.id, set, name = plain(info.label)] {
            const std::optional<std::vector<double>> levels = edit->levels();
            const SpecEdit change = [set, name, levels, wrong = edit->firstWrong()](FormatSpec spec) {
                if (!levels)
                    refuseInput(name, wrong, Text::tr("numbers, one per code, set apart by commas, blanks or lines"));
                return set(std::move(spec), *levels);
            };
            send(id, change, true);
        });
    // Across the form: levels are long numbers.
    auto* row = new QWidget;
    auto* label = new QLabel(row);
    label->setBuddy(edit);
    label->setToolTip(info.tip);
    auto* layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addWidget(label);
    layout->addWidget(edit);
    addRow(info, edit, row, true, [edit, label, get, name = info.label](const FormatSpec& spec) {
        const std::vector<double> levels = get(spec);
        edit->setLevels(levels);
        label->setText(Text::tr("%1: %2, by code").arg(name).arg(levels.size()));
    });
}

}  // namespace nanoscope
