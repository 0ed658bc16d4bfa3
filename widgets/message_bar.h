#pragma once

#include <QColor>
#include <QFrame>
#include <QString>

class QLabel;
class QToolButton;

namespace nanoscope {

struct Theme;

/// An inline bar with one message and a button that closes it; in place of a dialog that blocks.
/// Hidden while it has nothing to say. The kind is told by a sign and a word, not by color alone.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Info, Error };

    explicit MessageBar(QWidget* parent = nullptr);

    /// Shows `text`, replacing an earlier message.
    void showMessage(Kind kind, const QString& text);
    void showInfo(const QString& text) { showMessage(Kind::Info, text); }
    void showError(const QString& text) { showMessage(Kind::Error, text); }
    /// Shows a note with a button that says what can be done about it.
    void offer(const QString& text, const QString& action);
    /// True while an offer is shown.
    [[nodiscard]] bool isOffer() const { return m_isOffer; }
    /// Empties and hides the bar.
    void clear();

    /// The message shown, without the word that names its kind; empty while hidden.
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] Kind kind() const { return m_kind; }

    void setTheme(const Theme& theme);

Q_SIGNALS:
    /// The user closed the bar; isOffer() still tells what was declined.
    void closed();
    /// The user took the offer, which is gone by then.
    void accepted();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();
    void applyColors();

    QString m_text;
    Kind m_kind = Kind::Info;
    QColor m_background;
    QColor m_infoColor;
    QColor m_errorColor;
    QLabel* m_sign;
    QLabel* m_label;
    QToolButton* m_action;
    QToolButton* m_close;
    bool m_isOffer = false;
};

}  // namespace nanoscope
