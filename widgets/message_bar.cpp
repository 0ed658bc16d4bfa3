#include "widgets/message_bar.h"

#include "widgets/theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace nanoscope {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_sign(new QLabel(this))
    , m_label(new QLabel(this))
    , m_action(new QToolButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("messageBar"));
    setFrameShape(QFrame::NoFrame);
    m_sign->setAlignment(Qt::AlignCenter);
    m_label->setObjectName(QStringLiteral("messageText"));
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_close->setObjectName(QStringLiteral("messageClose"));
    m_close->setAccessibleName(tr("Dismiss message"));
    m_close->setToolTip(tr("Dismiss this message"));
    m_close->setText(QStringLiteral("✕"));
    m_close->setAutoRaise(true);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 6, 4);
    layout->setSpacing(8);
    layout->addWidget(m_sign, 0, Qt::AlignVCenter);
    layout->addWidget(m_label, 1);
    m_action->setObjectName(QStringLiteral("messageAction"));
    m_action->hide();
    layout->addWidget(m_action, 0, Qt::AlignVCenter);
    layout->addWidget(m_close, 0, Qt::AlignVCenter);

    connect(m_action, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT accepted();
    });
    connect(m_close, &QToolButton::clicked, this, [this] {
        const bool wasOffer = m_isOffer;
        clear();
        m_isOffer = wasOffer;
        Q_EMIT closed();
        m_isOffer = false;
    });
    setTheme(lightTheme());
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& text)
{
    m_kind = kind;
    m_text = text;
    m_isOffer = false;
    m_action->hide();
    const bool isError = kind == Kind::Error;
    m_sign->setText(isError ? QStringLiteral("!") : QStringLiteral("i"));
    m_label->setText((isError ? tr("Error: %1") : tr("Note: %1")).arg(text));
    applyColors();
    show();
    fitHeight();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBar::offer(const QString& text, const QString& action)
{
    showInfo(text);
    m_isOffer = true;
    m_action->setText(action);
    m_action->setAccessibleName(QString(action).remove('&'));
    m_action->show();
}

/// A tool bar knows no height for a width and would keep room for lines that a wide window does not need.
void MessageBar::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    fitHeight();
}

void MessageBar::fitHeight()
{
    if (const int height = layout()->totalHeightForWidth(width()); height > 0)  // not while hidden
        setFixedHeight(height);
}

void MessageBar::clear()
{
    m_isOffer = false;
    m_text.clear();
    m_label->clear();
    hide();
}

void MessageBar::setTheme(const Theme& theme)
{
    m_background = theme.panel;
    m_infoColor = theme.accent;
    m_errorColor = theme.error;
    applyColors();
}

void MessageBar::applyColors()
{
    const QColor color = m_kind == Kind::Error ? m_errorColor : m_infoColor;
    const QColor tint = blended(m_background, color, 0.14);
    // The text keeps the palette's own color, so that its contrast is that of all other text.
    setStyleSheet(QStringLiteral("nanoscope--MessageBar { background: %1; border-left: 4px solid %2; }")
                      .arg(tint.name(), color.name()));
    m_sign->setStyleSheet(QStringLiteral("QLabel { font-weight: bold; color: %1; border: 1px solid %1; "
                                         "border-radius: 9px; min-width: 16px; min-height: 16px; }")
                              .arg(color.name()));
}

}  // namespace nanoscope
