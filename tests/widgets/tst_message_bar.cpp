#include "widgets/message_bar.h"
#include "widgets/theme.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace nanoscope;

class TestMessageBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isHiddenUntilItHasSomethingToSay()
    {
        MessageBar bar;
        QVERIFY(bar.isHidden());
        bar.showError(QStringLiteral("weights.h5: no such file"));
        QVERIFY(!bar.isHidden());
        bar.clear();
        QVERIFY(bar.isHidden());
        QVERIFY(bar.text().isEmpty());
    }

    void kindIsToldInWords()
    {
        MessageBar bar;
        auto* label = bar.findChild<QLabel*>(QStringLiteral("messageText"));
        bar.showError(QStringLiteral("no such file"));
        QCOMPARE(label->text(), QStringLiteral("Error: no such file"));
        bar.showInfo(QStringLiteral("saved"));
        QCOMPARE(label->text(), QStringLiteral("Note: saved"));
        QCOMPARE(bar.kind(), MessageBar::Kind::Info);
        QCOMPARE(label->accessibleName(), QString());  // it would hide the text from assistive technology
    }

    void markupIsShownAsText()
    {
        MessageBar bar;
        bar.showError(QStringLiteral("<b>tensor</b>"));
        QCOMPARE(bar.findChild<QLabel*>(QStringLiteral("messageText"))->textFormat(), Qt::PlainText);
    }

    void closeButtonHidesAndTells()
    {
        MessageBar bar;
        bar.setTheme(darkTheme());
        bar.showInfo(QStringLiteral("saved"));
        QSignalSpy closed(&bar, &MessageBar::closed);
        QTest::mouseClick(bar.findChild<QToolButton*>(QStringLiteral("messageClose")), Qt::LeftButton);
        QCOMPARE(closed.count(), 1);
        QVERIFY(bar.isHidden());
    }
};

QTEST_MAIN(TestMessageBar)
#include "tst_message_bar.moc"
