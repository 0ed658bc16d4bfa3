#pragma once

#include "core/format/preset.h"
#include "widgets/format_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSlider>
#include <QSpinBox>
#include <QTest>

#include <vector>

namespace nanoscope::test {

inline NamedFormat preset(const char* name)
{
    return {name, findPreset(name)->spec};
}

/// An editor that knows all presets and notes what it emits.
struct Bench {
    FormatEditor editor{QStringLiteral("A")};
    std::vector<NamedFormat> edits;
    QStringList controls;

    explicit Bench(const char* name)
    {
        editor.setPresets(loadPresets());
        editor.setFormat(preset(name));
        QObject::connect(
            &editor, &FormatEditor::formatEdited, &editor, [this](const NamedFormat& format, const QString& id) {
                edits.push_back(format);
                controls << id;
            });
    }

    template <typename Widget> Widget* control(const QString& id) const
    {
        return editor.findChild<Widget*>(QStringLiteral("formatA_") + id);
    }

    bool isShown(const QString& id) const
    {
        const auto* widget = control<QWidget>(id);
        return widget && widget->isVisibleTo(&editor);
    }

    /// Sets a control as a person would: a text or number, the text of a choice, "true" or "false".
    void set(const QString& id, const QString& input)
    {
        auto* widget = control<QWidget>(id);
        QVERIFY2(widget, qPrintable(id));
        if (auto* spin = qobject_cast<QSpinBox*>(widget))
            spin->setValue(input.toInt());
        else if (auto* slider = qobject_cast<QSlider*>(widget))
            slider->setValue(input.toInt());
        else if (auto* box = qobject_cast<QCheckBox*>(widget))
            box->setChecked(input == QStringLiteral("true"));
        else if (auto* edit = qobject_cast<QLineEdit*>(widget))
            edit->setText(input);
        else if (auto* combo = qobject_cast<QComboBox*>(widget)) {
            QVERIFY2(combo->findText(input) >= 0, qPrintable(id + u' ' + input));
            combo->setCurrentIndex(combo->findText(input));
        }
    }
};

}  // namespace nanoscope::test
