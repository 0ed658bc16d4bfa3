#include "widgets/natural_order.h"
#include "widgets/tensor_model.h"
#include "widgets/tensor_panel.h"
#include "widgets/view_bar.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include <cmath>
#include <limits>

using namespace nanoscope;

namespace {

TensorInfo tensor(const std::string& name, Shape shape = {256, 512})
{
    TensorInfo info;
    info.name = name;
    info.elements = elementCount(shape);
    info.shape = std::move(shape);
    info.dtype = "f32";
    info.explorable = true;
    return info;
}

std::vector<TensorInfo> sampleTensors()
{
    TensorInfo labels = tensor("pose/labels", {12});
    labels.dtype = "string";
    labels.explorable = false;
    labels.reason = "strings are no numbers";
    return {tensor("layers.0.q_proj"), tensor("layers.0.k_proj"), tensor("layers.1.q_proj"), tensor("pose/conv2d_10"),
        tensor("pose/conv2d_9"), labels, tensor("alone")};
}

}  // namespace

class TestTensorPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void modelKeepsItsPromises()
    {
        TensorModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTensors(sampleTensors());
        model.setSqnr(QStringLiteral("layers.0.q_proj"), 19.74);
        model.clearSqnr();
        model.setTensors({});
        QCOMPARE(model.rowCount(), 0);
    }

    void namesMakeGroupsAndGroupsOfOneAreJoined()
    {
        TensorModel model;
        model.setTensors(sampleTensors());
        QCOMPARE(model.rowCount(), 3);  // layers, pose, alone
        const QModelIndex layers = model.index(0, 0);
        QCOMPARE(layers.data().toString(), QStringLiteral("layers"));
        QCOMPARE(model.rowCount(layers), 2);
        QCOMPARE(model.index(1, 0, layers).data().toString(), QStringLiteral("1.q_proj"));  // a group of one
        const QModelIndex conv = model.indexOf(QStringLiteral("pose/conv2d_9"));
        QCOMPARE(conv.data().toString(), QStringLiteral("conv2d_9"));
        QCOMPARE(conv.data(TensorModel::FullNameRole).toString(), QStringLiteral("pose/conv2d_9"));
        QCOMPARE(conv.parent().data().toString(), QStringLiteral("pose"));
        QVERIFY(!model.indexOf(QStringLiteral("pose")).isValid());
    }

    void tensorThatCannotBeExploredIsDisabledAndSaysWhy()
    {
        TensorModel model;
        model.setTensors(sampleTensors());
        const QModelIndex labels = model.indexOf(QStringLiteral("pose/labels"));
        QVERIFY(!(model.flags(labels) & Qt::ItemIsEnabled));
        QVERIFY(labels.data(Qt::ToolTipRole).toString().contains(QStringLiteral("strings are no numbers")));
    }

    void sqnrIsShownOnceKnown()
    {
        TensorModel model;
        model.setTensors(sampleTensors());
        const QString name = QStringLiteral("alone");
        const QModelIndex cell = model.indexOf(name).siblingAtColumn(TensorModel::SqnrColumn);
        QCOMPARE(cell.data().toString(), QString());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setSqnr(name, 19.74);
        QCOMPARE(cell.data().toString(), QStringLiteral("19.7 dB"));
        model.setSqnr(name, std::numeric_limits<double>::quiet_NaN());
        QCOMPARE(cell.data().toString(), QStringLiteral("–"));
        model.setSqnr(QStringLiteral("no such tensor"), 1.0);
        model.clearSqnr();
        QCOMPARE(cell.data().toString(), QString());
        QCOMPARE(changed.count(), 3);
    }

    void namesAreOrderedAsPeopleDo()
    {
        QVERIFY(naturalLess(u"conv2d_2", u"conv2d_10"));
        QVERIFY(!naturalLess(u"conv2d_10", u"conv2d_2"));
        QVERIFY(naturalLess(u"a", u"a1"));
        QVERIFY(naturalLess(u"b1a2", u"B1a10"));
        QVERIFY(!naturalLess(u"x", u"x"));
        QVERIFY(naturalLess(u"x1", u"x01") != naturalLess(u"x01", u"x1"));
    }

    void filterKeepsGroupsOfMatches()
    {
        TensorPanel panel;
        panel.model().setTensors(sampleTensors());
        auto* filter = panel.findChild<QLineEdit*>(QStringLiteral("tensorFilter"));
        QCOMPARE(filter->accessibleName(), QStringLiteral("Tensor filter"));
        auto* tree = panel.findChild<QTreeView*>(QStringLiteral("tensorTree"));
        filter->setText(QStringLiteral("Q_PROJ"));
        QCOMPARE(tree->model()->rowCount(), 1);
        QCOMPARE(tree->model()->rowCount(tree->model()->index(0, 0)), 2);
        filter->clear();
        QCOMPARE(tree->model()->rowCount(), 3);
    }

    void goingToATensorIsToldOnce()
    {
        TensorPanel panel;
        panel.model().setTensors(sampleTensors());
        auto* tree = panel.findChild<QTreeView*>(QStringLiteral("tensorTree"));
        QSignalSpy activated(&panel, &TensorPanel::tensorActivated);
        panel.setTensor(tensor("alone"));
        QCOMPARE(activated.count(), 0);
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("alone"));

        panel.resize(320, 400);
        panel.show();
        tree->expandAll();
        const QModelIndex pose = tree->model()->index(2, 0);
        QCOMPARE(pose.data().toString(), QStringLiteral("pose"));
        const QModelIndex conv = tree->model()->index(0, 0, pose);
        QCOMPARE(conv.data().toString(), QStringLiteral("conv2d_9"));  // before conv2d_10
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(conv).center());
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.front().front().toString(), QStringLiteral("pose/conv2d_9"));
    }

    void tensorThatCouldNotBeShownCanBeChosenAgain()
    {
        TensorPanel panel;
        panel.model().setTensors(sampleTensors());
        auto* tree = panel.findChild<QTreeView*>(QStringLiteral("tensorTree"));
        panel.setTensor(tensor("alone"));
        QSignalSpy activated(&panel, &TensorPanel::tensorActivated);
        const QModelIndex conv = tree->model()->index(0, 0, tree->model()->index(2, 0));
        tree->setCurrentIndex(conv);
        QCOMPARE(activated.count(), 1);
        panel.markExplored();
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("alone"));
        tree->setCurrentIndex(conv);
        QCOMPARE(activated.count(), 2);
    }

    void filteringDoesNotActivateAnotherTensor()
    {
        TensorPanel panel;
        panel.model().setTensors(sampleTensors());
        panel.setTensor(tensor("alone"));
        QSignalSpy activated(&panel, &TensorPanel::tensorActivated);
        panel.findChild<QLineEdit*>(QStringLiteral("tensorFilter"))->setText(QStringLiteral("conv"));
        QCOMPARE(activated.count(), 0);
    }

    void offeredShapesKeepTheNumberOfElements()
    {
        QVERIFY(offeredShapes({256, 512}).empty());
        const std::vector<Shape> offers = offeredShapes({64, 3, 3, 32});
        QCOMPARE(offers.size(), std::size_t{2});
        QCOMPARE(offers[0], (Shape{64, 288}));
        QCOMPARE(offers[1], (Shape{576, 32}));
    }

    void shapeIsReadFromText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("valid");
        QTest::newRow("comma") << QStringLiteral("64,288") << true;
        QTest::newRow("times") << QStringLiteral("64 × 288") << true;
        QTest::newRow("brackets") << QStringLiteral("[64, 3, 96]") << true;
        QTest::newRow("one axis") << QStringLiteral("18432") << true;
        QTest::newRow("wrong product") << QStringLiteral("64,289") << false;
        QTest::newRow("zero") << QStringLiteral("0,288") << false;
        QTest::newRow("negative") << QStringLiteral("-64,-288") << false;
        QTest::newRow("word") << QStringLiteral("rows") << false;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("overflow") << QStringLiteral("99999999999999999999,1") << false;
    }

    void shapeIsReadFromText()
    {
        QFETCH(QString, text);
        QFETCH(bool, valid);
        QCOMPARE(shapeFromText(text, 18432).has_value(), valid);
    }

    void viewBarTellsAxisAndShape()
    {
        ViewBar bar;
        bar.setTensor(tensor("conv", {64, 3, 3, 32}));
        QCOMPARE(bar.axis(), -1);
        auto* axis = bar.findChild<QComboBox*>(QStringLiteral("blocksAlong"));
        auto* shape = bar.findChild<QComboBox*>(QStringLiteral("shapeAs"));
        QCOMPARE(axis->count(), 4);
        QCOMPARE(axis->currentText(), QStringLiteral("axis 3 (32), last"));

        std::vector<std::pair<int, std::optional<Shape>>> told;
        connect(
            &bar, &ViewBar::viewChanged, &bar, [&](int a, const std::optional<Shape>& s) { told.emplace_back(a, s); });
        axis->setCurrentIndex(0);
        Q_EMIT axis->activated(0);
        QCOMPARE(told.size(), std::size_t{1});
        QCOMPARE(told[0].first, 0);
        QVERIFY(!told[0].second);

        shape->setEditText(QStringLiteral("64, 288"));
        Q_EMIT shape->lineEdit()->editingFinished();
        QCOMPARE(told.size(), std::size_t{2});
        QCOMPARE(told[1].first, -1);  // another shape has other axes
        QCOMPARE(*told[1].second, (Shape{64, 288}));
        QCOMPARE(axis->count(), 2);

        shape->setEditText(QStringLiteral("7, 7"));
        Q_EMIT shape->lineEdit()->editingFinished();
        QCOMPARE(told.size(), std::size_t{2});
        QVERIFY(bar.findChild<QLabel*>(QStringLiteral("shapeProblem"))->text().contains(QStringLiteral("7, 7")));
        QCOMPARE(*bar.reshape(), (Shape{64, 288}));
    }

    void viewIsShownWithoutBeingTold()
    {
        ViewBar bar;
        bar.setTensor(tensor("conv", {64, 3, 3, 32}));
        QSignalSpy told(&bar, &ViewBar::viewChanged);
        bar.setView(0, Shape{576, 32});
        QCOMPARE(bar.axis(), 0);
        QCOMPARE(*bar.reshape(), (Shape{576, 32}));
        bar.setTensor(tensor("vector", {7}));
        QCOMPARE(bar.axis(), -1);
        QVERIFY(!bar.reshape());
        bar.setTensor(tensor("scalar", {}));
        QCOMPARE(bar.axis(), -1);
        QCOMPARE(told.count(), 0);
    }
};

QTEST_MAIN(TestTensorPanel)
#include "tst_tensor_panel.moc"
