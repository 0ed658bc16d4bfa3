#include "widgets/help_viewer.h"

#include <QTextBrowser>
#include <QTextDocument>
#include <QVBoxLayout>

namespace nanoscope {

HelpViewer::HelpViewer(QWidget* parent)
    : QDialog(parent)
    , m_text(new QTextBrowser)
{
    setObjectName("HelpViewer");
    m_text->setObjectName("HelpViewer.text");
    m_text->setAccessibleName(tr("Help"));
    m_text->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    resize(fontMetrics().averageCharWidth() * 84, fontMetrics().height() * 30);
}

void HelpViewer::showPage(const QString& title, const QString& markdown)
{
    constexpr double kMargin = 14;
    setWindowTitle(tr("%1 — Help").arg(title));
    m_text->document()->setMarkdown(QStringLiteral("# %1\n\n%2").arg(title, markdown));
    m_text->document()->setDocumentMargin(kMargin);
    m_text->moveCursor(QTextCursor::Start);
    show();
    raise();
    activateWindow();
    m_text->setFocus();
}

QString HelpViewer::toPlainText() const
{
    return m_text->toPlainText();
}

}  // namespace nanoscope
