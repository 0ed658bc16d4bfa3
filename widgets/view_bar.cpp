#include "widgets/view_bar.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace nanoscope {
namespace {

QString plainShape(const Shape& shape)
{
    return QString::fromStdString(shapeText(shape));
}

}  // namespace

std::vector<Shape> offeredShapes(const Shape& stored)
{
    if (stored.size() < 3 || elementCount(stored) == 0)
        return {};
    const std::uint64_t elements = elementCount(stored);
    const Shape firstAgainstRest{stored.front(), elements / stored.front()};
    const Shape restAgainstLast{elements / stored.back(), stored.back()};
    if (firstAgainstRest == restAgainstLast)
        return {firstAgainstRest};
    return {firstAgainstRest, restAgainstLast};
}

std::optional<Shape> shapeFromText(const QString& text, std::uint64_t elements)
{
    static const QRegularExpression separator(QStringLiteral("[\\s,;x×*\\[\\]()]+"));
    Shape shape;
    std::uint64_t left = elements;
    for (const QString& part : text.split(separator, Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const qulonglong extent = part.toULongLong(&isNumber);
        if (!isNumber || extent == 0 || left % extent != 0)
            return std::nullopt;
        left /= extent;
        shape.push_back(extent);
    }
    if (shape.empty() || left != 1)
        return std::nullopt;
    return shape;
}

ViewBar::ViewBar(QWidget* parent)
    : QWidget(parent)
    , m_axis(new QComboBox(this))
    , m_shape(new QComboBox(this))
    , m_problem(new QLabel(this))
{
    m_axis->setObjectName(QStringLiteral("blocksAlong"));
    m_axis->setAccessibleName(tr("Blocks along"));
    m_axis->setToolTip(tr("The axis along which elements share a scale"));
    m_shape->setObjectName(QStringLiteral("shapeAs"));
    m_shape->setAccessibleName(tr("Shape as"));
    m_shape->setToolTip(tr("Take the tensor as another shape with the same number of elements: choose, or type R,C"));
    m_shape->setEditable(true);
    m_shape->setInsertPolicy(QComboBox::NoInsert);
    m_shape->setCompleter(nullptr);
    for (QComboBox* combo : {m_axis, m_shape}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(8);
        combo->setEnabled(false);
    }
    m_problem->setObjectName(QStringLiteral("shapeProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();

    // The label that wraps is not a row of the form: Qt 6.4's QFormLayout writes past its buffer with a hidden one.
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* layout = new QFormLayout;
    layout->setVerticalSpacing(4);
    layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto addRow = [&](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        layout->addRow(label, field);
    };
    addRow(tr("&Blocks along"), m_axis);
    addRow(tr("Sh&ape as"), m_shape);
    column->addLayout(layout);
    column->addWidget(m_problem);

    connect(m_axis, &QComboBox::activated, this, [this] { Q_EMIT viewChanged(axis(), m_reshape); });
    connect(m_shape, &QComboBox::activated, this, &ViewBar::takeOffer);
    connect(m_shape->lineEdit(), &QLineEdit::editingFinished, this, &ViewBar::takeTypedShape);
}

void ViewBar::setTensor(const TensorInfo& tensor)
{
    m_tensor = tensor;
    m_offers = offeredShapes(tensor.shape);
    m_reshape.reset();
    {
        const QSignalBlocker blocker(m_shape);
        m_shape->clear();
        m_shape->addItem(tr("as stored: %1").arg(plainShape(tensor.shape)));
        for (const Shape& offer : m_offers)
            m_shape->addItem(plainShape(offer));
    }
    m_shape->setEnabled(tensor.explorable);
    showShape();
    fillAxes();
}

void ViewBar::setView(int axis, const std::optional<Shape>& reshape)
{
    m_reshape = reshape;
    showShape();
    fillAxes();
    const int rank = static_cast<int>(shownShape().size());
    const int fromFront = axis < 0 ? axis + rank : axis;
    if (fromFront >= 0 && fromFront < m_axis->count())
        m_axis->setCurrentIndex(fromFront);
}

int ViewBar::axis() const
{
    const int index = m_axis->currentIndex();
    return index + 1 >= m_axis->count() ? -1 : index;
}

void ViewBar::fillAxes()
{
    const QSignalBlocker blocker(m_axis);
    m_axis->clear();
    const Shape& shape = shownShape();
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const QString text = tr("axis %1 (%2)").arg(i).arg(shape[i]);
        m_axis->addItem(i + 1 == shape.size() && i > 0 ? tr("%1, last").arg(text) : text);
    }
    if (shape.empty())
        m_axis->addItem(tr("a single value"));
    m_axis->setCurrentIndex(m_axis->count() - 1);
    m_axis->setEnabled(m_tensor.explorable && shape.size() > 1);
}

void ViewBar::showShape()
{
    const QSignalBlocker blocker(m_shape);
    showProblem({});
    if (!m_reshape) {
        m_shape->setCurrentIndex(0);
    } else {
        const auto offer = std::find(m_offers.begin(), m_offers.end(), *m_reshape);
        if (offer != m_offers.end())
            m_shape->setCurrentIndex(static_cast<int>(offer - m_offers.begin()) + 1);
        else
            m_shape->setEditText(plainShape(*m_reshape));
    }
}

void ViewBar::takeOffer(int index)
{
    if (index <= 0)
        changeShape(std::nullopt);
    else if (static_cast<std::size_t>(index) <= m_offers.size())
        changeShape(m_offers[static_cast<std::size_t>(index) - 1]);
}

void ViewBar::takeTypedShape()
{
    const QString text = m_shape->currentText().trimmed();
    if (text.isEmpty() || text == m_shape->itemText(0)) {
        changeShape(std::nullopt);
        return;
    }
    const std::optional<Shape> shape = shapeFromText(text, m_tensor.elements);
    if (shape)
        changeShape(*shape == m_tensor.shape ? std::nullopt : shape);
    else
        showProblem(tr("%1 is no shape of %L2 elements; type extents with this product, such as %3.")
                        .arg(text)
                        .arg(static_cast<qulonglong>(m_tensor.elements))
                        .arg(plainShape({1, m_tensor.elements})));
}

void ViewBar::changeShape(std::optional<Shape> reshape)
{
    const bool changed = reshape != m_reshape;
    m_reshape = std::move(reshape);
    showShape();
    if (!changed)
        return;
    fillAxes();  // another shape has other axes
    Q_EMIT viewChanged(axis(), m_reshape);
}

void ViewBar::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

}  // namespace nanoscope
