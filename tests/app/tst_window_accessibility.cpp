#include "app/main_window.h"
#include "app/view_docks.h"
#include "core/format/format_by_name.h"
#include "tests/app/menu_letters.h"
#include "widgets/plot_view.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QTest>
#include <QTextEdit>
#include <QToolBar>

using namespace nanoscope;

namespace {

constexpr int kPatience = 60000;
constexpr double kTextContrast = 4.5;  // WCAG 2.1, 1.4.3
constexpr double kSmallestText = 9.0;  // pt

bool isQtsOwn(const QWidget& widget)
{
    for (const QWidget* each = &widget; each != nullptr && !qobject_cast<const QDockWidget*>(each);
         each = each->parentWidget()) {
        if ((each == &widget && each->objectName().startsWith("qt_")) || qobject_cast<const QHeaderView*>(each)
            || each->inherits("QComboBoxPrivateContainer") || each->inherits("QTableCornerButton"))
            return true;
        if (each != &widget && (qobject_cast<const QAbstractSpinBox*>(each) || qobject_cast<const QComboBox*>(each)))
            return true;  // the field inside
        if (each != &widget && (qobject_cast<const QTabBar*>(each) || qobject_cast<const QLineEdit*>(each)))
            return true;  // buttons that scroll or clear
    }
    return false;
}

bool isInteractive(const QWidget& widget)
{
    const bool isControl = qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QComboBox*>(&widget)
        || qobject_cast<const QAbstractSpinBox*>(&widget) || qobject_cast<const QLineEdit*>(&widget)
        || qobject_cast<const QAbstractItemView*>(&widget) || qobject_cast<const QTextEdit*>(&widget)
        || qobject_cast<const PlotView*>(&widget)
        || (qobject_cast<const QAbstractSlider*>(&widget) && !qobject_cast<const QScrollBar*>(&widget));
    return isControl && !isQtsOwn(widget);
}

QString placeOf(const QWidget& widget)
{
    QString place = QStringLiteral("%1 \"%2\"").arg(widget.metaObject()->className(), widget.objectName());
    for (const QWidget* each = widget.parentWidget(); each != nullptr; each = each->parentWidget())
        if (!each->objectName().isEmpty() && !each->objectName().startsWith("qt_"))
            place += " in " + each->objectName();
    return place;
}

/// The nearest ground that is painted behind a label.
QColor groundOf(const QWidget& widget)
{
    const QWidget* each = &widget;
    while (each->parentWidget() && !each->isWindow() && !each->autoFillBackground())
        each = each->parentWidget();
    return each->palette().color(each->backgroundRole());
}

}  // namespace

/// Every widget of the window, as assistive technology and weak eyes meet it.
class TestWindowAccessibility : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_window.reset(); }
    void everyControlHasAName();
    void everyChoiceHasALabel();
    void objectNamesAreUniqueWithinADock();
    void labelsKeepTheirTexts();
    void plotsSayWhatTheyShow();
    void plotsHaveATable();
    void menusOpenByTheirLetters();
    void textIsLargeEnough();
    void labelsCanBeRead_data();
    void labelsCanBeRead();

private:
    [[nodiscard]] QList<QWidget*> controls() const;

    std::unique_ptr<MainWindow> m_window;
};

void TestWindowAccessibility::initTestCase()
{
    m_window = std::make_unique<MainWindow>(
        FormatSet{parseFormat("NxFP4"), parseFormat("MXFP4")}, false, QSize(1600, 1000), MainWindow::Memory::Fresh);
    m_window->show();
    m_window->explorer().open(NANOSCOPE_BUNDLED_DATA "/real_weights.h5", "pose/conv2d_35");
    QTRY_VERIFY_WITH_TIMEOUT(m_window->isReady(), kPatience);
    QVERIFY2(controls().size() > 150, qPrintable(QString::number(controls().size())));
}

QList<QWidget*> TestWindowAccessibility::controls() const
{
    QList<QWidget*> found;
    for (QWidget* widget : m_window->findChildren<QWidget*>())
        if (isInteractive(*widget))
            found << widget;
    return found;
}

void TestWindowAccessibility::everyControlHasAName()
{
    QStringList nameless;
    for (QWidget* widget : controls()) {
        QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
        const bool isChoice = qobject_cast<QComboBox*>(widget) != nullptr;  // its name is what is chosen
        const bool isSilent = widget->objectName() == "messageAction";      // hidden until it is given its text
        if (!isChoice && !isSilent && (!spoken || spoken->text(QAccessible::Name).trimmed().isEmpty()))
            nameless << placeOf(*widget);
    }
    QVERIFY2(nameless.isEmpty(), qPrintable("\n" + nameless.join('\n')));
}

/// A combo box is spoken by its current text alone: what it is about must stand beside it.
void TestWindowAccessibility::everyChoiceHasALabel()
{
    QSet<QWidget*> labeled;
    for (QLabel* label : m_window->findChildren<QLabel*>())
        if (label->buddy() && !label->text().isEmpty())
            labeled.insert(label->buddy());
    QStringList unlabeled;
    for (QWidget* widget : controls())
        if (qobject_cast<QComboBox*>(widget) && !labeled.contains(widget))
            unlabeled << placeOf(*widget);
    QVERIFY2(unlabeled.isEmpty(), qPrintable("\n" + unlabeled.join('\n')));
}

void TestWindowAccessibility::objectNamesAreUniqueWithinADock()
{
    QStringList wrong;
    for (QDockWidget* dock : m_window->docks().docks()) {
        QSet<QString> names;
        for (QWidget* widget : dock->findChildren<QWidget*>()) {
            if (!isInteractive(*widget))
                continue;
            const QString name = widget->objectName();
            if (name.isEmpty() || names.contains(name))
                wrong << placeOf(*widget) + (name.isEmpty() ? " has no name" : " is not the only one");
            names.insert(name);
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable("\n" + wrong.join('\n')));
}

/// A label's accessible name would hide its text.
void TestWindowAccessibility::labelsKeepTheirTexts()
{
    for (const QLabel* label : m_window->findChildren<QLabel*>())
        QVERIFY2(label->accessibleName().isEmpty(), qPrintable(placeOf(*label)));
}

void TestWindowAccessibility::plotsSayWhatTheyShow()
{
    QStringList mute;
    for (const PlotView* plot : m_window->findChildren<PlotView*>())
        if (plot->accessibleName().isEmpty() || plot->summary().isEmpty()
            || (plot->accessibleDescription().isEmpty() && plot->hasContent()))
            mute << placeOf(*plot);
    QVERIFY2(mute.isEmpty(), qPrintable("\n" + mute.join('\n')));
}

void TestWindowAccessibility::plotsHaveATable()
{
    // Where the table is a panel of its own: the levels; the blocks ranked by their error.
    const QHash<QString, QString> elsewhere{{"Levels", "LevelTable"}, {"ErrorMap", "ErrorShare"}};
    int plots = 0;
    for (QDockWidget* dock : m_window->docks().docks()) {
        if (dock->findChildren<PlotView*>().isEmpty())
            continue;
        ++plots;
        const QString place = elsewhere.value(dock->objectName(), dock->objectName());
        const QList<QTableView*> tables = m_window->findChild<QDockWidget*>(place)->findChildren<QTableView*>();
        QVERIFY2(std::any_of(tables.begin(), tables.end(), [](const QTableView* view) { return !isQtsOwn(*view); }),
            qPrintable(dock->objectName()));
    }
    QVERIFY(plots >= 10);
}

void TestWindowAccessibility::menusOpenByTheirLetters()
{
    const QStringList taken = panelsTakingMenuLetters(*m_window);
    QVERIFY2(taken.isEmpty(), qPrintable(taken.join(", ")));
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    for (const QAction* action : m_window->menuBar()->actions()) {
        const QKeyCombination keys = QKeySequence::mnemonic(action->text())[0];
        QTest::keyClick(m_window.get(), keys.key(), keys.keyboardModifiers());
        QTRY_VERIFY2(action->menu()->isVisible(), qPrintable(action->text()));
        action->menu()->close();
    }
}

void TestWindowAccessibility::textIsLargeEnough()
{
    QVERIFY(QApplication::font().pointSizeF() >= kSmallestText);
    for (const QWidget* widget : m_window->findChildren<QWidget*>())
        QVERIFY2(widget->font().pointSizeF() >= kSmallestText, qPrintable(placeOf(*widget)));
}

void TestWindowAccessibility::labelsCanBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestWindowAccessibility::labelsCanBeRead()
{
    QFETCH(bool, dark);
    m_window->setTheme(dark);
    const QRegularExpression inlineColor(QStringLiteral(R"([^-]color:\s*(#[0-9a-fA-F]{6}))"));
    QStringList faint;
    int inlineColors = 0;
    for (const QLabel* label : m_window->findChildren<QLabel*>()) {
        if (isQtsOwn(*label))
            continue;
        const QColor ground = groundOf(*label);
        if (label->isEnabled()
            && contrastRatio(label->palette().color(QPalette::Active, label->foregroundRole()), ground) < kTextContrast)
            faint << placeOf(*label);
        auto found = inlineColor.globalMatch(label->text());
        while (found.hasNext()) {
            const QColor color(found.next().captured(1));
            ++inlineColors;
            if (!label->text().contains("background") && contrastRatio(color, ground) < kTextContrast)
                faint << placeOf(*label) + ' ' + color.name() + " on " + ground.name();
        }
    }
    QVERIFY(inlineColors > 0);
    QVERIFY2(faint.isEmpty(), qPrintable("\n" + faint.join('\n')));
}

QTEST_MAIN(TestWindowAccessibility)
#include "tst_window_accessibility.moc"
