#pragma once

#include "core/format/format_spec.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

class QFormLayout;
class QLabel;
class QWidget;

namespace nanoscope {

/// A change of a spec by one control. May throw what validated() throws.
using SpecEdit = std::function<FormatSpec(FormatSpec)>;

/// What is the same for every kind of field of the format editor.
struct FieldInfo {
    QString id;     ///< stable: part of the object name and of the control id
    QString label;  ///< text of the label, and the control's accessible name
    QString tip;
    std::function<bool(const FormatSpec&)> matters;  ///< when the field is shown; always if empty
};

/// The rows of the format editor. Each shows one value of a spec and turns input into an edit of it.
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

    /// A bold line above the fields that follow; hidden while none of them is shown.
    void addHeading(const QString& text);
    void addInteger(const FieldInfo& info, int lowest, int highest, Get<int> get, Set<int> set);
    /// An integer that steps by doubling between `lowestStep` and `highestStep`; any number from 1 on can be typed.
    void addDoubling(const FieldInfo& info, int lowestStep, int highestStep, Get<int> get, Set<int> set);
    /// @param tip  the tool tip for a spec, when it depends on it; may be empty
    void addSlider(const FieldInfo& info, int highest, Get<int> get, Set<int> set, Get<QString> tip = {});
    void addSwitch(const FieldInfo& info, Get<bool> get, Set<bool> set);
    void addChoice(const FieldInfo& info, std::vector<Option> options, Get<int> get, Set<int> set);
    /// A choice whose entries depend on the spec.
    void addChoice(const FieldInfo& info, Get<std::vector<Option>> options, Get<int> get, Set<int> set);
    /// Text that `set` reads; it throws Error where it cannot. Live: every key is tried.
    void addText(const FieldInfo& info, const QString& placeholder, Get<QString> get, Set<QString> set);
    /// A number that may be absent.
    void addNumber(const FieldInfo& info, const QString& placeholder, Get<std::optional<double>> get,
        Set<std::optional<double>> set);

    /// Shows a spec: values, and which rows matter. Sends no edit.
    void show(const FormatSpec& spec);

private:
    struct Field {
        FieldInfo info;
        QWidget* rowWidget = nullptr;  ///< what identifies the row in the layout
        QWidget* control = nullptr;
        int heading = -1;
        std::function<void(const FormatSpec&)> show;
    };

    /// Names a control, labels it and puts it into the form.
    void addRow(const FieldInfo& info, QWidget* control, QWidget* rowWidget, bool hasOwnText,
        std::function<void(const FormatSpec&)> show);
    /// Sends an edit; a refused one puts the control back unless the input is to be corrected.
    void send(const QString& id, const SpecEdit& edit, bool keepsRefused);

    QObject m_context;  // ends the controls' connections, which speak to this object
    QFormLayout& m_layout;
    QString m_slot;
    Sink m_sink;
    FormatSpec m_shown;
    std::vector<Field> m_fields;
    std::vector<QLabel*> m_headings;
    std::vector<bool> m_visible;
};

/// The error of an input that is not even a value.
[[noreturn]] void refuseInput(const QString& field, const QString& text, const QString& allowed);

/// @name The fields, by subject
/// @{
void addMainFields(FormatFields& fields);
void addBookFields(FormatFields& fields);
void addScaleFields(FormatFields& fields);
void addChoiceFields(FormatFields& fields);
void addExceptionFields(FormatFields& fields);
void addArithmeticFields(FormatFields& fields);
/// @}

}  // namespace nanoscope
