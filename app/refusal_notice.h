#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace nanoscope {

class Explorer;
class MessageBar;

/// Keeps the message about refused formats true: what is mended leaves it, once no change has come for a moment, so
/// that the window does not jump while a parameter is dragged.
class RefusalNotice : public QObject {
    Q_OBJECT

public:
    /// @param bar  looked at only; both outlive this
    RefusalNotice(const Explorer& explorer, const MessageBar& bar, QObject* parent = nullptr);

signals:
    /// Other formats are refused than the message says.
    void changed(const QString& refusals);
    /// The message is about formats that are no longer refused.
    void mended();

private:
    void compare();

    const Explorer& m_explorer;
    const MessageBar& m_bar;
    QString m_told;
    QTimer m_rest;
};

}  // namespace nanoscope
