#pragma once

#include <QDialog>
#include <QString>

class QTextBrowser;

namespace nanoscope {

/// A page of help beside the window, which can be worked in while it is read. Escape closes it.
class HelpViewer : public QDialog {
    Q_OBJECT

public:
    explicit HelpViewer(QWidget* parent = nullptr);

    /// @param markdown  from its start
    void showPage(const QString& title, const QString& markdown);
    [[nodiscard]] QString toPlainText() const;

private:
    QTextBrowser* m_text;
};

}  // namespace nanoscope
