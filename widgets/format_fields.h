#pragma once

#include "core/format/format_spec.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <type_traits>
#include <vector>

class QFormLayout;
class QLabel;
class QLineEdit;
class QWidget;

namespace nanoscope {

/// A change of a spec by one control. May throw what validated() throws.
using SpecEdit = std::function<FormatSpec(FormatSpec)>;

/// A question to a spec.
using SpecTest = std::function<bool(const FormatSpec&)>;

/// What is the same for every kind of field of the format editor.
struct FieldInfo {
    QString id;           ///< stable: part of the object name and of the control id
    QString label;        ///< text of the label, and the control's accessible name
    QString tip;          ///< what it does, in plain words
    SpecTest matters;     ///< when the field is shown; always if empty
    SpecTest isPossible;  ///< when it is shown among all parameters, matter or not; as `matters` if empty
};

/// The rows of the format editor. Each shows one value of a spec and turns input into an edit of it.
/// Access functions named `at` lead to a value of a spec: generic lambdas that take `auto& spec` and return a
/// reference.
class FormatFields {
public:
    /// Takes a control's edit.
    /// @return false when it was refused
    using Sink = std::function<bool(const QString& id, const SpecEdit& edit)>;

    /// @param slot  prefix of object names, "A" or "B"
    FormatFields(QFormLayout& layout, QString slot, Sink sink);

    template <typename Value> using Get = std::function<Value(const FormatSpec&)>;
    template <typename Value> using Set = std::function<FormatSpec(FormatSpec, Value)>;

    /// One entry of a choice.
    struct Option {
        QString text;
        int value;
    };
    using Options = std::vector<Option>;

    /// An entry of a choice among the values of an enumeration.
    template <typename Enum> [[nodiscard]] static Option option(const QString& text, Enum value)
    {
        return {text, static_cast<int>(value)};
    }

    /// Fields that are added from now on are shown only for specs that pass the test.
    void setScope(SpecTest scope) { m_scope = std::move(scope); }

    /// A bold line above the fields that follow; hidden while none of them is shown.
    void addHeading(const QString& text);
    void addInteger(const FieldInfo& info, int lowest, int highest, Get<int> get, Set<int> set);
    /// An integer that steps by doubling between `lowestStep` and `highestStep`; any number from 1 on can be typed.
    void addDoubling(const FieldInfo& info, int lowestStep, int highestStep, Get<int> get, Set<int> set);
    /// @param tip  the tool tip for a spec, when it depends on it; may be empty
    void addSlider(const FieldInfo& info, int highest, Get<int> get, Set<int> set, Get<QString> tip = {});
    void addSwitch(const FieldInfo& info, Get<bool> get, Set<bool> set);
    void addChoice(const FieldInfo& info, Options options, Get<int> get, Set<int> set);
    /// A choice whose entries depend on the spec.
    void addChoice(const FieldInfo& info, Get<Options> options, Get<int> get, Set<int> set);
    /// Text that `set` reads; it throws Error where it cannot. Live: every key is tried.
    void addText(const FieldInfo& info, const QString& placeholder, Get<QString> get, Set<QString> set);
    /// A number that may be absent.
    void addNumber(const FieldInfo& info, const QString& placeholder, Get<std::optional<double>> get,
        Set<std::optional<double>> set);
    /// An integer that may be absent.
    void addOptionalInteger(
        const FieldInfo& info, const QString& placeholder, Get<std::optional<int>> get, Set<std::optional<int>> set);
    /// A list of integers; never empty.
    void addIntegers(
        const FieldInfo& info, const QString& placeholder, Get<std::vector<int>> get, Set<std::vector<int>> set);
    /// A list of numbers, with a button that fills in evenly spaced ones.
    void addNumbers(
        const FieldInfo& info, const QString& placeholder, Get<std::vector<double>> get, Set<std::vector<double>> set);
    /// Levels by code, on several lines: typed or pasted.
    void addLevels(const FieldInfo& info, Get<std::vector<double>> get, Set<std::vector<double>> set);
    /// A seed, 0 to 2^32 - 1, of something that is switched by another field.
    void addSeed(const FieldInfo& info, Get<std::optional<std::uint32_t>> get, Set<std::uint32_t> set);

    /// @name Fields that simply show and set the value that `at` leads to
    /// @{
    template <typename Access> void addSwitchAt(const FieldInfo& info, Access at)
    {
        addSwitch(info, readerOf<bool>(at), writerOf<bool>(at));
    }
    template <typename Access> void addIntegerAt(const FieldInfo& info, int lowest, int highest, Access at)
    {
        addInteger(info, lowest, highest, readerOf<int>(at), writerOf<int>(at));
    }
    template <typename Access> void addNumberAt(const FieldInfo& info, const QString& placeholder, Access at)
    {
        addNumber(info, placeholder, readerOf<std::optional<double>>(at), writerOf<std::optional<double>>(at));
    }
    /// A number that is always there; an empty text is refused.
    template <typename Access> void addRealAt(const FieldInfo& info, Access at)
    {
        addReal(info, readerOf<double>(at), writerOf<double>(at));
    }
    template <typename Access> void addNumbersAt(const FieldInfo& info, const QString& placeholder, Access at)
    {
        addNumbers(info, placeholder, readerOf<std::vector<double>>(at), writerOf<std::vector<double>>(at));
    }
    template <typename Access> void addIntegersAt(const FieldInfo& info, const QString& placeholder, Access at)
    {
        addIntegers(info, placeholder, readerOf<std::vector<int>>(at), writerOf<std::vector<int>>(at));
    }
    /// `at` leads to an enumeration.
    template <typename Access> void addChoiceAt(const FieldInfo& info, Options options, Access at)
    {
        addChoice(
            info, std::move(options), [at](const FormatSpec& spec) { return static_cast<int>(at(spec)); },
            [at](FormatSpec spec, int value) {
                using Enum = std::remove_cvref_t<decltype(at(spec))>;
                at(spec) = static_cast<Enum>(value);
                return spec;
            });
    }
    /// @}

    /// A number that is always there; an empty text is refused.
    void addReal(const FieldInfo& info, Get<double> get, Set<double> set);

    /// Shows a spec: values, and which rows matter. Sends no edit.
    void show(const FormatSpec& spec);
    /// Shows every parameter that is possible, or only those that matter.
    void setShowsAll(bool all);

private:
    struct Field {
        FieldInfo info;
        QWidget* rowWidget = nullptr;  ///< what identifies the row in the layout
        QWidget* control = nullptr;
        int heading = -1;
        std::function<void(const FormatSpec&)> show;
    };

    template <typename Value, typename Access> static Get<Value> readerOf(Access at)
    {
        return [at](const FormatSpec& spec) { return Value(at(spec)); };
    }
    template <typename Value, typename Access> static Set<Value> writerOf(Access at)
    {
        return [at](FormatSpec spec, Value value) {
            at(spec) = std::move(value);
            return spec;
        };
    }

    /// Names a control, labels it and puts it into the form.
    void addRow(const FieldInfo& info, QWidget* control, QWidget* rowWidget, bool hasOwnText,
        std::function<void(const FormatSpec&)> show);
    /// Sends an edit; a refused one puts the control back unless the input is to be corrected.
    void send(const QString& id, const SpecEdit& edit, bool keepsRefused);
    /// A line of text with what stands beside it in the row, if anything.
    void addLine(const FieldInfo& info, const QString& placeholder, Get<QString> get, Set<QString> set, QWidget* beside,
        const std::function<void(QLineEdit&)>& connectBeside);
    [[nodiscard]] bool isShown(const Field& field, const FormatSpec& spec) const;

    QObject m_context;  // ends the controls' connections, which speak to this object
    QFormLayout& m_layout;
    QString m_slot;
    Sink m_sink;
    SpecTest m_scope;
    bool m_showsAll = false;
    FormatSpec m_shown;
    std::vector<Field> m_fields;
    std::vector<QLabel*> m_headings;
    std::vector<bool> m_visible;
};

/// The error of an input that is not even a value.
[[noreturn]] void refuseInput(const QString& field, const QString& text, const QString& allowed);

/// True for a format that the general encoder handles: neither a named encoder nor a mix.
[[nodiscard]] bool isGeneral(const FormatSpec& spec);

struct Preset;

/// @name The fields, by subject
/// @{
void addMainFields(FormatFields& fields);
void addBookFields(FormatFields& fields);
void addScaleFields(FormatFields& fields);
void addTensorScaleFields(FormatFields& fields);
void addChoiceFields(FormatFields& fields);
void addExceptionFields(FormatFields& fields);
void addArithmeticFields(FormatFields& fields);
void addTransformFields(FormatFields& fields);
/// @param presets  formats that a part of a mix can be; called whenever they are needed
void addMixFields(FormatFields& fields, std::function<const std::vector<Preset>&()> presets);
void addEncoderFields(FormatFields& fields);
/// @}

}  // namespace nanoscope
