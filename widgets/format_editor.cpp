#include "widgets/format_editor.h"

#include "core/error.h"
#include "core/format/format_storage.h"
#include "core/quant/transform.h"
#include "widgets/basis_text.h"
#include "widgets/format_fields.h"
#include "widgets/number_list.h"
#include "widgets/preset_box.h"
#include "widgets/preset_text.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace nanoscope {

FormatEditor::FormatEditor(const QString& slot, QWidget* parent)
    : QWidget(parent)
    , m_slot(slot)
    , m_preset(new PresetBox(this))
    , m_reset(new QToolButton(this))
    , m_problem(new QLabel(this))
    , m_all(new QCheckBox(tr("All parameters")))
    , m_source(new QLabel)
    , m_facts(new QLabel(this))
{
    setObjectName(QStringLiteral("formatEditor%1").arg(slot));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 0, 6);
    layout->setSpacing(5);
    buildHead(*layout);

    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 6, 0);
    auto* rowArea = new QWidget(form);
    auto* rows = new QFormLayout(rowArea);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(8);
    rows->setVerticalSpacing(5);
    rows->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_fields = std::make_unique<FormatFields>(
        *rows, slot, [this](const QString& id, const SpecEdit& edit) { return applyEdit(id, edit); });
    addMainFields(*m_fields);
    addBookFields(*m_fields);
    addScaleFields(*m_fields);
    addChoiceFields(*m_fields);
    addExceptionFields(*m_fields);
    addArithmeticFields(*m_fields);
    addTransformFields(*m_fields);
    addMixFields(*m_fields, [this]() -> const std::vector<Preset>& { return m_presets; });
    addEncoderFields(*m_fields);
    m_source->setObjectName(QStringLiteral("format%1_source").arg(slot));
    column->addWidget(rowArea);
    column->addWidget(m_all);
    // Not a row of the form: in Qt 6.4 a QFormLayout with hidden rows and a label that wraps writes past its buffer.
    column->addWidget(m_source);
    column->addStretch(1);

    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(form);
    // Wide enough for the form even while the vertical scroll bar is there.
    scroll->setMinimumWidth(form->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    layout->addWidget(scroll, 1);

    m_facts->setObjectName(QStringLiteral("format%1_facts").arg(slot));
    m_facts->setContentsMargins(0, 0, 6, 0);
    for (QLabel* label : {m_source, m_facts}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    layout->addWidget(m_facts);
    setTheme(m_theme);
    showFormat();
}

FormatEditor::~FormatEditor() = default;

void FormatEditor::buildHead(QVBoxLayout& layout)
{
    auto* label = new QLabel(tr("&Preset"), this);
    label->setBuddy(m_preset);
    m_preset->setObjectName(QStringLiteral("format%1_preset").arg(m_slot));
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setToolTip(tr("Choose a format, or type part of its name"));
    m_reset->setObjectName(QStringLiteral("format%1_reset").arg(m_slot));
    m_reset->setText(tr("Reset"));
    m_reset->setAccessibleName(tr("Reset format"));
    m_problem->setObjectName(QStringLiteral("format%1_problem").arg(m_slot));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();

    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 6, 0);
    row->addWidget(label);
    row->addWidget(m_preset, 1);
    row->addWidget(m_reset);
    layout.addLayout(row);
    layout.addWidget(m_problem);

    m_all->setObjectName(QStringLiteral("format%1_allParameters").arg(m_slot));
    m_all->setAccessibleName(tr("All parameters"));
    m_all->setToolTip(tr("Show every parameter that this format could have, also those that few formats use"));
    connect(m_all, &QCheckBox::toggled, this, [this](bool on) { m_fields->setShowsAll(on); });

    connect(m_preset, &PresetBox::presetChosen, this,
        [this](const QString& name) { choosePreset(name, QStringLiteral("preset")); });
    connect(m_reset, &QToolButton::clicked, this,
        [this] { choosePreset(m_naming.baseOf(QString::fromStdString(m_format.name)), QStringLiteral("reset")); });
}

void FormatEditor::setPresets(std::vector<Preset> presets)
{
    m_presets = std::move(presets);
    m_naming.setPresets(m_presets);
    m_preset->setPresets(m_presets);
    showFormat();
}

void FormatEditor::setFormat(const NamedFormat& format)
{
    m_naming.learn(format);
    m_format = format;
    showProblem({});
    showFormat();
}

void FormatEditor::setTheme(const Theme& theme)
{
    m_theme = theme;
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme.error);
    m_problem->setPalette(colors);
    colors.setColor(QPalette::WindowText, theme.mutedText);
    m_facts->setPalette(colors);
    m_source->setPalette(colors);
}

QString FormatEditor::problem() const
{
    return m_problem->text();
}

bool FormatEditor::applyEdit(const QString& id, const SpecEdit& edit)
{
    try {
        FormatSpec next = validated(edit(m_format.spec));
        showProblem({});
        if (next == m_format.spec) {
            showFormat();
            return true;
        }
        const QString base = m_naming.baseOf(QString::fromStdString(m_format.name));
        m_format = {m_naming.nameFor(base, next).toStdString(), std::move(next)};
    } catch (const Error& error) {
        showProblem(QString::fromUtf8(error.what()));
        return false;
    }
    showFormat();
    Q_EMIT formatEdited(m_format, m_slot + u'.' + id);
    return true;
}

void FormatEditor::choosePreset(const QString& name, const QString& id)
{
    const std::optional<FormatSpec> spec = m_naming.specOf(name);
    if (!spec)
        return;
    NamedFormat next{name.toStdString(), *spec};
    next.spec.geometry.axis = m_format.spec.geometry.axis;  // the axis belongs to the tensor's view
    showProblem({});
    const bool changed = !(next == m_format);
    m_format = std::move(next);
    showFormat();
    if (changed)
        Q_EMIT formatEdited(m_format, m_slot + u'.' + id);
}

void FormatEditor::showFormat()
{
    const QString name = QString::fromStdString(m_format.name);
    const QString base = m_naming.baseOf(name);
    const std::optional<FormatSpec> original = m_naming.specOf(base);
    const bool isEdited = original && !isSameFormat(*original, m_format.spec);
    m_preset->showName(isEdited ? m_naming.nameFor(base, m_format.spec) : original ? base : name);
    m_reset->setVisible(isEdited);
    m_reset->setToolTip(tr("Back to %1").arg(base));
    m_fields->show(m_format.spec);
    showFacts();
}

const Preset* FormatEditor::basePreset() const
{
    const QString base = m_naming.baseOf(QString::fromStdString(m_format.name));
    for (const Preset& preset : m_presets)
        if (QString::fromStdString(preset.name) == base)
            return &preset;
    return nullptr;
}

void FormatEditor::showFacts()
{
    QString text = tr("%1 bits per element, nominal").arg(exactText(nominalBitsPerElement(m_format.spec)));
    if (const QString basis = basisSentence(QString::fromStdString(basisText(m_format.spec))); !basis.isEmpty())
        text += u'\n' + basis;
    const Preset* preset = basePreset();
    QString source;
    if (preset) {
        text += u'\n' + standingSentence(*preset);
        source = tr("Source: %1").arg(QString::fromStdString(preset->source));
        if (!isSameFormat(preset->spec, m_format.spec))
            source = tr("Edited. %1").arg(source);
        source = QString::fromStdString(preset->description) + u'\n' + source;
    }
    if (m_facts->text() != text)
        m_facts->setText(text);
    if (m_source->text() != source)
        m_source->setText(source);
}

void FormatEditor::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

}  // namespace nanoscope
