#include "widgets/format_fields.h"

#include "core/error.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>

namespace nanoscope {
namespace {

/// Keeps the wheel for scrolling the form unless the control under it has the focus.
class WheelGuard : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        auto* widget = qobject_cast<QWidget*>(watched);
        if (event->type() != QEvent::Wheel || !widget || widget->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

SpecTest both(SpecTest scope, SpecTest test)
{
    if (!scope || !test)
        return scope ? scope : test;
    return [scope = std::move(scope), test = std::move(test)](
               const FormatSpec& spec) { return scope(spec) && test(spec); };
}

}  // namespace

void refuseInput(const QString& field, const QString& text, const QString& allowed)
{
    throw Error(field.toStdString(), "“" + text.toStdString() + "” is refused", "allowed: " + allowed.toStdString(),
        ErrorKind::Refused);
}

bool isGeneral(const FormatSpec& spec)
{
    return spec.encoder.id == EncoderId::Search && !spec.mix;
}

FormatFields::FormatFields(QFormLayout& layout, QString slot, Sink sink)
    : m_layout(layout)
    , m_slot(std::move(slot))
    , m_sink(std::move(sink))
{
}

void FormatFields::send(const QString& id, const SpecEdit& edit, bool keepsRefused)
{
    if (!m_sink(id, edit) && !keepsRefused)
        show(FormatSpec(m_shown));
}

void FormatFields::addRow(const FieldInfo& info, QWidget* control, QWidget* rowWidget, bool hasOwnText,
    std::function<void(const FormatSpec&)> show)
{
    control->setObjectName(QStringLiteral("format%1_%2").arg(m_slot, info.id));
    control->setAccessibleName(QString(info.label).remove(u'&'));
    control->setToolTip(info.tip);
    control->setFocusPolicy(Qt::StrongFocus);
    control->installEventFilter(new WheelGuard(control));
    if (hasOwnText) {
        m_layout.addRow(rowWidget);
    } else {
        auto* label = new QLabel(info.label, m_layout.parentWidget());
        label->setBuddy(control);
        label->setToolTip(info.tip);
        m_layout.addRow(label, rowWidget);
    }
    Field field{info, rowWidget, control, static_cast<int>(m_headings.size()) - 1, std::move(show)};
    field.info.matters = both(m_scope, info.matters);
    if (info.isPossible)
        field.info.isPossible = both(m_scope, info.isPossible);
    m_fields.push_back(std::move(field));
    m_visible.push_back(true);
}

void FormatFields::addHeading(const QString& text)
{
    auto* label = new QLabel(text, m_layout.parentWidget());
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(0, 6, 0, 0);
    m_layout.addRow(label);
    m_headings.push_back(label);
}

bool FormatFields::isShown(const Field& field, const FormatSpec& spec) const
{
    if (!field.info.matters || field.info.matters(spec))
        return true;
    return m_showsAll && field.info.isPossible && field.info.isPossible(spec);
}

void FormatFields::show(const FormatSpec& spec)
{
    m_shown = spec;
    std::vector<bool> headingMatters(m_headings.size(), false);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        Field& field = m_fields[i];
        const bool shown = isShown(field, spec);
        if (shown) {
            const QSignalBlocker blocker(field.control);
            field.show(spec);
            if (field.heading >= 0)
                headingMatters[static_cast<std::size_t>(field.heading)] = true;
        }
        if (m_visible[i] != shown)
            m_layout.setRowVisible(field.rowWidget, shown);
        m_visible[i] = shown;
    }
    for (std::size_t i = 0; i < m_headings.size(); ++i)
        if (m_headings[i]->isHidden() == headingMatters[i])
            m_layout.setRowVisible(m_headings[i], headingMatters[i]);
}

void FormatFields::setShowsAll(bool all)
{
    if (all == m_showsAll)
        return;
    m_showsAll = all;
    show(FormatSpec(m_shown));
}

}  // namespace nanoscope
