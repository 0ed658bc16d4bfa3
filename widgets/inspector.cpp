#include "widgets/inspector.h"

#include "widgets/bit_field_style.h"
#include "widgets/number_text.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace nanoscope {

Inspector::Inspector(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_legend(new QLabel(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_list(new QWidget)
    , m_grid(new QGridLayout)
{
    m_title->setObjectName(QStringLiteral("inspectorTitle"));
    m_title->setWordWrap(true);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_legend->setObjectName(QStringLiteral("inspectorLegend"));
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setWordWrap(true);
    m_copy->setObjectName(QStringLiteral("inspectorCopy"));
    m_copy->setAccessibleName(tr("Copy derivation"));
    m_copy->setToolTip(tr("Copy the derivation as text"));

    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(5);
    m_grid->setColumnStretch(1, 1);
    auto* listLayout = new QVBoxLayout(m_list);
    listLayout->setContentsMargins(0, 0, 6, 0);
    listLayout->addLayout(m_grid);
    listLayout->addWidget(m_legend);
    listLayout->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_list);

    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_copy, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 2, 6);
    layout->addLayout(top);
    layout->addWidget(scroll, 1);

    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    clear();
}

void Inspector::setElement(const BlockTrace& trace, int element)
{
    if (element < 0 || static_cast<std::size_t>(element) >= trace.elements.size()) {
        clear();
        return;
    }
    const ElementTrace& chosen = trace.elements[static_cast<std::size_t>(element)];
    m_heading = tr("Block %1, element %2").arg(countText(trace.block)).arg(element);
    m_steps = inspectorSteps(trace, element);
    const bool hasFields = !trace.bad && chosen.book < trace.bitFields.size();
    m_fields = hasFields ? trace.bitFields[chosen.book] : std::vector<BitField>{};
    if (std::none_of(m_steps.begin(), m_steps.end(),
            [](const InspectorStep& step) { return step.kind == InspectorStep::Kind::Bits; }))
        m_fields.clear();  // a value that is set aside has no code
    refresh();
}

void Inspector::clear()
{
    m_heading = tr("Select an element of a block");
    m_steps.clear();
    m_fields.clear();
    refresh();
}

void Inspector::setTheme(const Theme& theme)
{
    m_theme = theme;
    refresh();
}

QString Inspector::text() const
{
    QString text = m_heading + u'\n';
    for (const InspectorStep& step : m_steps)
        text += step.label + u'\t' + step.value + u'\n';
    return text;
}

Inspector::Row& Inspector::rowAt(std::size_t index)
{
    while (m_rows.size() <= index) {
        const int number = static_cast<int>(m_rows.size());
        Row row{new QLabel(m_list), new QLabel(m_list)};
        row.label->setTextFormat(Qt::PlainText);
        row.value->setWordWrap(true);
        row.value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_grid->addWidget(row.label, number, 0, Qt::AlignTop | Qt::AlignLeft);
        m_grid->addWidget(row.value, number, 1, Qt::AlignTop);
        m_rows.push_back(row);
    }
    return m_rows[index];
}

void Inspector::refresh()
{
    m_title->setText(m_heading);
    m_copy->setEnabled(!m_steps.empty());
    std::vector<BitField> letters;
    for (const BitGroup& group : bitGroups(m_fields))
        letters.push_back(group.field);
    m_legend->setText(fieldLegendHtml(m_theme, letters));
    m_legend->setVisible(!letters.empty());

    QPalette muted = palette();
    muted.setColor(QPalette::WindowText, m_theme.mutedText);
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const InspectorStep& step = m_steps[i];
        Row& row = rowAt(i);
        row.label->setText(step.label);
        row.label->setPalette(muted);
        row.value->setObjectName(QStringLiteral("inspector_") + step.id);
        QFont font = this->font();
        font.setBold(step.kind == InspectorStep::Kind::Result || step.kind == InspectorStep::Kind::Warning);
        row.value->setFont(font);
        if (step.kind == InspectorStep::Kind::Bits) {
            row.value->setTextFormat(Qt::RichText);
            row.value->setText(bitsHtml(m_theme, step.value, m_fields));
        } else {
            row.value->setTextFormat(Qt::PlainText);
            row.value->setText(
                step.kind == InspectorStep::Kind::Warning ? QStringLiteral("✕ ") + step.value : step.value);
        }
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].label->setVisible(i < m_steps.size());
        m_rows[i].value->setVisible(i < m_steps.size());
    }
}

}  // namespace nanoscope
