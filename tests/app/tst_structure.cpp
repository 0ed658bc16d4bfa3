#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTest>

/// The direction app -> widgets -> core, as far as #include lines tell it.
class TestStructure : public QObject {
    Q_OBJECT

private slots:
    void includesKeepTheDirection_data();
    void includesKeepTheDirection();

private:
    static QStringList includesMatching(
        const QString& folder, const QRegularExpression& pattern, const QRegularExpression& exceptIn);
};

QStringList TestStructure::includesMatching(
    const QString& folder, const QRegularExpression& pattern, const QRegularExpression& exceptIn)
{
    QStringList found;
    int files = 0;
    QDirIterator it(
        QStringLiteral(NANOSCOPE_SOURCES "/") + folder, {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        ++files;
        if (!exceptIn.pattern().isEmpty() && exceptIn.match(file.fileName()).hasMatch())
            continue;
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QStringList lines = QString::fromUtf8(file.readAll()).split('\n');
        for (const QString& line : lines)
            if (line.startsWith("#include") && pattern.match(line).hasMatch())
                found.append(QFileInfo(file.fileName()).fileName() + ": " + line);
    }
    if (files == 0)
        found.append("no sources in " + folder);
    return found;
}

void TestStructure::includesKeepTheDirection_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("forbidden");
    QTest::addColumn<QString>("exceptIn");
    QTest::newRow("core knows no Qt") << "core"
                                      << R"(<Q[A-Z]|<Qt)"
                                      << "";
    QTest::newRow("core knows no widgets and no app") << "core"
                                                      << R"("(widgets|app)/)"
                                                      << "";
    QTest::newRow("widgets know no app") << "widgets"
                                         << R"("app/)"
                                         << "";
    QTest::newRow("widgets know no files of tensors") << "widgets"
                                                      << R"("core/io/|hdf5\.h)"
                                                      << "";
    QTest::newRow("charts stay in chart sources")
        << "widgets"
        << R"(<Q(Chart|ChartView|LineSeries|AreaSeries|ScatterSeries|ValueAxis|LogValueAxis|AbstractAxis|BarSeries)>)"
        << R"(chart.*\.cpp$)";
    QTest::newRow("the command line knows no Qt") << "app/cli"
                                                  << R"(<Q[A-Z]|<Qt|"widgets/)"
                                                  << "";
    for (const char* folder : {"widgets", "app", "tests"})
        QTest::addRow("%s has no umbrella headers", folder)
            << folder << R"(<(QtWidgets|QtCharts|QtTest|QtCore|QtGui|QtSvg)>)"
            << "";
}

void TestStructure::includesKeepTheDirection()
{
    QFETCH(QString, folder);
    QFETCH(QString, forbidden);
    QFETCH(QString, exceptIn);
    const QStringList found = includesMatching(folder, QRegularExpression(forbidden), QRegularExpression(exceptIn));
    QVERIFY2(found.isEmpty(), qPrintable(found.join('\n')));
}

QTEST_APPLESS_MAIN(TestStructure)
#include "tst_structure.moc"
