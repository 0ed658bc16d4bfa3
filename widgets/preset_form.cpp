#include "widgets/preset_form.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace nanoscope {
namespace {

constexpr int kFieldLetters = 56;

}  // namespace

PresetForm::PresetForm(QWidget* parent)
    : QDialog(parent)
    , m_check([](const QString&) { return QString(); })
    , m_format(new QComboBox(this))
    , m_name(new QLineEdit(this))
    , m_title(new QLineEdit(this))
    , m_family(new QComboBox(this))
    , m_description(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    setObjectName(QStringLiteral("presetForm"));
    setWindowTitle(tr("Save as preset"));
    auto* rows = new QFormLayout;
    const auto addRow = [rows](const QString& label, QWidget* field, const char* objectName, const QString& name) {
        field->setObjectName(QLatin1String(objectName));
        field->setAccessibleName(name);
        rows->addRow(label, field);
    };
    addRow(tr("&Format"), m_format, "presetFormFormat", tr("Format to save"));
    addRow(tr("&Name"), m_name, "presetFormName", tr("Preset name"));
    addRow(tr("&Title"), m_title, "presetFormTitle", tr("Preset title"));
    addRow(tr("F&amily"), m_family, "presetFormFamily", tr("Preset family"));
    addRow(tr("&Description"), m_description, "presetFormDescription", tr("Preset description"));
    m_name->setMinimumWidth(m_name->fontMetrics().averageCharWidth() * kFieldLetters);
    m_name->setPlaceholderText(tr("as you will type it, for example My_FP4"));
    m_title->setPlaceholderText(tr("what it is, in a few words"));
    m_description->setPlaceholderText(tr("what is special about it, in a sentence"));
    m_family->setEditable(true);
    m_family->setInsertPolicy(QComboBox::NoInsert);
    m_family->lineEdit()->setPlaceholderText(tr("heading to list it under; empty: Your presets"));
    m_problem->setObjectName(QStringLiteral("presetFormProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    // Two lines from the start, so that the form does not jump while a name is typed.
    m_problem->setMinimumHeight(m_problem->fontMetrics().lineSpacing() * 2);
    m_problem->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setObjectName(QStringLiteral("presetFormSave"));
    connect(buttons, &QDialogButtonBox::accepted, this, &PresetForm::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &PresetForm::checkName);

    auto* layout = new QVBoxLayout(this);
    layout->addLayout(rows);
    layout->addWidget(m_problem);
    layout->addWidget(buttons);
    checkName();
}

void PresetForm::setFormats(std::vector<NamedFormat> formats)
{
    m_formats = std::move(formats);
    m_format->clear();
    for (std::size_t i = 0; i < m_formats.size(); ++i)
        m_format->addItem(tr("%1: %2")
                              .arg(i == 0 ? QStringLiteral("A") : QStringLiteral("B"))
                              .arg(QString::fromStdString(m_formats[i].name)));
    for (QLineEdit* field : {m_name, m_title, m_description})
        field->clear();
    m_family->setCurrentIndex(-1);
    m_family->clearEditText();
    m_name->setFocus();
}

void PresetForm::setFamilies(const QStringList& families)
{
    m_family->clear();
    m_family->addItems(families);
    m_family->setCurrentIndex(-1);
    m_family->clearEditText();
}

void PresetForm::setNameCheck(NameCheck check)
{
    m_check = std::move(check);
    checkName();
}

void PresetForm::checkName()
{
    const QString name = m_name->text().trimmed();
    const QString problem = name.isEmpty() ? QString() : m_check(name);
    m_problem->setText(problem);
    m_save->setEnabled(!name.isEmpty() && problem.isEmpty());
}

void PresetForm::showProblem(const QString& text)
{
    m_problem->setText(text);
}

void PresetForm::save()
{
    const int chosen = m_format->currentIndex();
    if (chosen < 0 || !m_save->isEnabled())
        return;
    Preset preset;
    preset.name = m_name->text().trimmed().toStdString();
    preset.title = m_title->text().trimmed().toStdString();
    preset.description = m_description->text().trimmed().toStdString();
    preset.family = m_family->currentText().trimmed().toStdString();
    preset.standing = kUserStanding;
    preset.spec = m_formats[static_cast<std::size_t>(chosen)].spec;
    Q_EMIT saveRequested(preset, chosen);
}

}  // namespace nanoscope
