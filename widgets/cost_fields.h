#pragma once

#include "widgets/cost_parameters.h"
#include "widgets/cost_result.h"

#include <QHash>
#include <QWidget>

#include <vector>

class QComboBox;
class QGridLayout;
class QLabel;

namespace nanoscope {

class CostNumberBox;

/// Fields of parameters side by side, in as many columns as there is room for. Shows values and sends what the user
/// asks for as settings; whether they can be is decided elsewhere.
class CostFields : public QWidget {
    Q_OBJECT

public:
    explicit CostFields(QWidget* parent = nullptr);

    /// Appends a field for a parameter; its object name is "cost_" and the path.
    void addParameter(const CostParameter& parameter);
    /// Appends a field of any kind, with a label that is its buddy.
    void addField(const QString& label, QWidget* field, const QString& tip);
    /// @param texts  parameterTexts() of them
    void setParameters(const HardwareParameters& parameters, const QHash<QString, QString>& texts);
    /// Appends a widget that needs no label.
    void addWidget(QWidget* widget);
    /// Paths that have a field here.
    [[nodiscard]] QStringList paths() const { return m_paths; }

    /// As wide as one column of fields, so that there can be fewer columns than there are now.
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }

Q_SIGNALS:
    /// The user asked for `setting` ("path=value"); controlId is the same for edits by one control.
    void settingAsked(const QString& controlId, const QString& setting);
    /// What was typed is no value at all.
    void refused(const QString& why);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Field {
        QLabel* label;
        QWidget* widget;
    };

    void addChoice(const CostParameter& parameter);
    void addNumber(const CostParameter& parameter);
    void askForNumber(const CostParameter& parameter, const QString& typed);
    void showDramChoice(QComboBox& box, const HardwareParameters& parameters);
    void arrange();
    [[nodiscard]] int fieldWidth() const;

    QGridLayout* m_grid;
    std::vector<Field> m_fields;
    QStringList m_paths;
    QHash<QString, QComboBox*> m_choices;
    QHash<QString, CostNumberBox*> m_numbers;
    int m_columns = 0;
    int m_width = 620;  // before it is laid out; one tall column would make a window of hidden tabs grow
};

}  // namespace nanoscope
