#pragma once

#include "core/format/format_json.h"
#include "core/format/preset.h"
#include "widgets/format_naming.h"
#include "widgets/theme.h"

#include <QWidget>

#include <memory>
#include <vector>

class QCheckBox;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace nanoscope {

class FormatFields;
class PresetBox;

/// Edits one format. Every change is sent at once; what the format refuses is explained in place and not sent.
class FormatEditor : public QWidget {
    Q_OBJECT

public:
    /// @param slot  "A" or "B": prefix of object names and control ids
    explicit FormatEditor(const QString& slot, QWidget* parent = nullptr);
    ~FormatEditor() override;

    void setPresets(std::vector<Preset> presets);
    /// Shows a format without emitting it.
    void setFormat(const NamedFormat& format);
    [[nodiscard]] const NamedFormat& format() const { return m_format; }

    void setTheme(const Theme& theme);

    /// The refusal that is shown; empty when there is none.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    /// The user changed the format.
    /// @param controlId  slot and field, for example "A.nanoMantissaBits": edits by the same control can be merged
    void formatEdited(const nanoscope::NamedFormat& format, const QString& controlId);

private:
    void buildHead(QVBoxLayout& layout);
    bool applyEdit(const QString& id, const std::function<FormatSpec(FormatSpec)>& edit);
    void choosePreset(const QString& name, const QString& id);
    void showFormat();
    void showFacts();
    void showProblem(const QString& text);
    [[nodiscard]] const Preset* basePreset() const;

    QString m_slot;
    Theme m_theme = lightTheme();
    std::vector<Preset> m_presets;
    FormatNaming m_naming;
    NamedFormat m_format;
    std::unique_ptr<FormatFields> m_fields;
    PresetBox* m_preset;
    QToolButton* m_reset;
    QLabel* m_problem;
    QCheckBox* m_all;
    QLabel* m_source;
    QLabel* m_facts;
};

}  // namespace nanoscope
