#pragma once

#include "core/format/format_json.h"
#include "core/format/preset.h"

#include <QDialog>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace nanoscope {

/// Asks what a format is to be called when it is kept as a preset.
class PresetForm : public QDialog {
    Q_OBJECT

public:
    /// Why a name cannot be taken, in a line; empty when it can.
    using NameCheck = std::function<QString(const QString& name)>;

    explicit PresetForm(QWidget* parent = nullptr);

    /// Formats to choose from, the first is chosen. Clears what was typed before.
    void setFormats(std::vector<NamedFormat> formats);
    void setFamilies(const QStringList& families);
    void setNameCheck(NameCheck check);
    /// Tells why saving failed; the form stays open.
    void showProblem(const QString& text);

Q_SIGNALS:
    /// @param format  place of the chosen one among the formats that were set
    void saveRequested(const nanoscope::Preset& preset, int format);

private:
    void checkName();
    void save();

    NameCheck m_check;
    std::vector<NamedFormat> m_formats;
    QComboBox* m_format;
    QLineEdit* m_name;
    QLineEdit* m_title;
    QComboBox* m_family;
    QLineEdit* m_description;
    QLabel* m_problem;
    QPushButton* m_save;
};

}  // namespace nanoscope
