#include "widgets/parameter_sweep_view.h"

#include "widgets/number_list.h"
#include "widgets/parameter_sweep_chart.h"
#include "widgets/parameter_sweep_model.h"
#include "widgets/parameter_sweep_scene_chart.h"
#include "widgets/plain_table.h"
#include "widgets/table_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

const SpecParameter* parameterAt(const std::vector<SpecParameter>& parameters, const QString& path)
{
    const auto found = std::find_if(parameters.begin(), parameters.end(),
        [&path](const SpecParameter& each) { return each.path == path.toStdString(); });
    return found == parameters.end() ? nullptr : &*found;
}

/// Values with blanks behind the commas, so that a narrow line breaks off between them.
QString valuesText(const std::vector<double>& values)
{
    QStringList texts;
    for (const double value : values)
        texts << exactText(value);
    return texts.join(QStringLiteral(", "));
}

QLabel* labelFor(QWidget* buddy, const QString& text)
{
    auto* label = new QLabel(text, buddy->parentWidget());
    label->setBuddy(buddy);
    return label;
}

}  // namespace

ParameterSweepView::ParameterSweepView(QWidget* parent)
    : QWidget(parent)
    , m_x(new QComboBox(this))
    , m_xValues(new QLineEdit(this))
    , m_curve(new QComboBox(this))
    , m_curveValues(new QLineEdit(this))
    , m_figure(new QComboBox(this))
    , m_againstBits(new QCheckBox(tr("Against &bits per element"), this))
    , m_problem(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_pages(new QTabWidget(this))
    , m_chart(new ParameterSweepChart)
    , m_model(new ParameterSweepModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_table(new QTableView)
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ParameterSweepModel::SortRole);
    m_table->setObjectName(QStringLiteral("sweepTable"));
    m_table->setAccessibleName(tr("Sweep table"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);  // curve by curve, until a header is clicked
    setUpTable(*m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    for (int column = 0; column < ParameterSweepModel::kStandingColumn; ++column)
        m_table->setColumnWidth(column, 100);
    m_table->setColumnWidth(ParameterSweepModel::XColumn, 64);
    m_table->setColumnWidth(ParameterSweepModel::CurveColumn, 64);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_pages->setObjectName(QStringLiteral("sweepPages"));
    m_pages->setDocumentMode(true);
    m_pages->addTab(m_chart, tr("Chart"));
    m_pages->addTab(m_table, tr("Table"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addWidget(makeControls());
    layout->addWidget(m_pages, 1);
    connect(m_chart, &ParameterSweepChart::entryChosen, this, &ParameterSweepView::choose);
    connect(m_table, &QTableView::activated, this,
        [this](const QModelIndex& index) { choose(static_cast<std::size_t>(m_sorted->mapToSource(index).row())); });
    showChoice();
    setState(nullptr);
}

QWidget* ParameterSweepView::makeControls()
{
    auto* controls = new QWidget(this);
    const auto prepare = [controls](QWidget* widget, const char* objectName) {
        widget->setParent(controls);
        widget->setObjectName(QLatin1String(objectName));
    };
    prepare(m_x, "sweepParameter");
    prepare(m_xValues, "sweepValues");
    prepare(m_curve, "sweepCurves");
    prepare(m_curveValues, "sweepCurveValues");
    prepare(m_figure, "sweepFigure");
    prepare(m_againstBits, "sweepAgainstBits");
    prepare(m_problem, "sweepProblem");
    prepare(m_progress, "sweepProgress");
    for (QComboBox* box : {m_x, m_curve, m_figure}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(11);
    }
    m_xValues->setAccessibleName(tr("Sweep values"));
    m_curveValues->setAccessibleName(tr("Sweep values of the curves"));
    for (QLineEdit* line : {m_xValues, m_curveValues}) {
        line->setToolTip(tr("Values, or a range as first..last..step; empty: the usual ones"));
        line->setMinimumWidth(80);
    }
    m_curve->setToolTip(
        tr("One curve for each value of a second parameter; the chart shows up to %1").arg(kMostSweepCurves));
    for (const SweepFigure figure : kSweepFigures)
        m_figure->addItem(sweepFigureName(figure), static_cast<int>(figure));
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_progress->setAccessibleName(tr("Points measured"));
    m_progress->setFormat(tr("%v of %m measured"));
    m_progress->setMaximumHeight(m_progress->fontMetrics().height() + 4);

    auto* grid = new QGridLayout(controls);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    grid->addWidget(labelFor(m_x, tr("Var&y")), 0, 0);
    grid->addWidget(m_x, 0, 1);
    grid->addWidget(m_xValues, 0, 2);
    grid->addWidget(labelFor(m_curve, tr("For ea&ch")), 1, 0);
    grid->addWidget(m_curve, 1, 1);
    grid->addWidget(m_curveValues, 1, 2);
    grid->addWidget(labelFor(m_figure, tr("Sho&w")), 2, 0);
    grid->addWidget(m_figure, 2, 1);
    grid->addWidget(m_againstBits, 2, 2);
    grid->addWidget(m_problem, 3, 0, 1, 3);
    grid->addWidget(m_progress, 4, 0, 1, 3);
    grid->setColumnStretch(1, 3);  // what is varied has long names
    grid->setColumnStretch(2, 2);

    connect(m_x, &QComboBox::activated, this, [this](int index) {
        SweepChoice choice = m_choice;
        choice.xPath = m_x->itemData(index).toString();
        choice.xValues.clear();
        if (choice.curvePath == choice.xPath)
            choice.curvePath.clear();
        edit(choice);
    });
    connect(m_curve, &QComboBox::activated, this, [this](int index) {
        SweepChoice choice = m_choice;
        choice.curvePath = m_curve->itemData(index).toString();
        choice.curveValues.clear();
        edit(choice);
    });
    connect(m_figure, &QComboBox::activated, this, [this](int index) {
        SweepChoice choice = m_choice;
        choice.figure = static_cast<SweepFigure>(m_figure->itemData(index).toInt());
        edit(choice);
    });
    connect(m_xValues, &QLineEdit::editingFinished, this, [this] { editValues(*m_xValues, &SweepChoice::xValues); });
    connect(m_curveValues, &QLineEdit::editingFinished, this,
        [this] { editValues(*m_curveValues, &SweepChoice::curveValues); });
    connect(m_againstBits, &QCheckBox::toggled, this, [this](bool on) {
        m_chart->setAcross(on ? ParameterSweepChart::Across::Bits : ParameterSweepChart::Across::Parameter);
    });
    return controls;
}

void ParameterSweepView::edit(const SweepChoice& choice)
{
    if (choice == m_choice)
        return;
    setChoice(choice);
    Q_EMIT choiceEdited(choice);
}

/// Takes a line of values that was typed; what cannot be read is told and not sent.
void ParameterSweepView::editValues(QLineEdit& line, std::vector<double> SweepChoice::*values)
{
    constexpr std::size_t kMostValues = 64;
    if (!line.isModified())
        return;
    const auto read = numbersFromText(line.text());
    const bool isTooLong = read && read->size() > kMostValues;
    m_problem->setVisible(!read || isTooLong);
    m_problem->setText(isTooLong ? tr("At most %1 values, please.").arg(kMostValues)
                                 : tr("“%1” is no list of numbers: try 8, 16, 32 or 1..4..1").arg(line.text()));
    if (!read || isTooLong)
        return;
    SweepChoice choice = m_choice;
    choice.*values = *read;
    std::sort((choice.*values).begin(), (choice.*values).end());
    (choice.*values).erase(std::unique((choice.*values).begin(), (choice.*values).end()), (choice.*values).end());
    edit(choice);
    showChoice();
}

void ParameterSweepView::setParameters(const std::vector<SpecParameter>& parameters)
{
    if (parameters == m_parameters)
        return;
    m_parameters = parameters;
    showChoice();
}

void ParameterSweepView::setChoice(const SweepChoice& choice)
{
    m_choice = choice;
    showChoice();
}

void ParameterSweepView::showChoice()
{
    m_x->clear();
    m_curve->clear();
    m_curve->addItem(tr("(one curve)"), QString());
    for (const SpecParameter& each : m_parameters) {
        const QString path = QString::fromStdString(each.path);
        m_x->addItem(parameterText(each.meaning), path);
        m_x->setItemData(m_x->count() - 1, path, Qt::ToolTipRole);
        if (path == m_choice.xPath)
            continue;
        m_curve->addItem(parameterText(each.meaning), path);
        m_curve->setItemData(m_curve->count() - 1, path, Qt::ToolTipRole);
    }
    m_x->setCurrentIndex(m_x->findData(m_choice.xPath));
    m_x->setPlaceholderText(m_parameters.empty() ? tr("nothing to vary") : tr("choose a parameter"));
    m_curve->setCurrentIndex(std::max(0, m_curve->findData(m_choice.curvePath)));
    m_figure->setCurrentIndex(m_figure->findData(static_cast<int>(m_choice.figure)));
    const auto showValues = [this](QLineEdit& line, const QString& path, const std::vector<double>& values) {
        const SpecParameter* parameter = parameterAt(m_parameters, path);
        line.setEnabled(parameter != nullptr);
        line.setText(parameter ? valuesText(values.empty() ? parameter->usual : values) : QString());
        line.setCursorPosition(0);
    };
    showValues(*m_xValues, m_choice.xPath, m_choice.xValues);
    showValues(*m_curveValues, m_choice.curvePath, m_choice.curveValues);
    m_chart->setFigure(m_choice.figure);
    m_model->setState(m_state, m_choice.figure);
    showNames();
}

void ParameterSweepView::showNames()
{
    const auto nameOf = [this](const QString& path) {
        const SpecParameter* parameter = parameterAt(m_parameters, path);
        return parameter ? parameterText(parameter->meaning) : QString();
    };
    m_chart->setNames(nameOf(m_choice.xPath), nameOf(m_choice.curvePath));
    m_model->setNames(nameOf(m_choice.xPath), nameOf(m_choice.curvePath));
}

void ParameterSweepView::setState(std::shared_ptr<const SweepState> state)
{
    m_state = std::move(state);
    m_chart->setState(m_state);
    m_model->setState(m_state, m_choice.figure);
    m_table->setColumnHidden(ParameterSweepModel::CurveColumn, !m_state || !m_state->plan.curves);
    const bool isOpen = m_state && m_state->isRunning && m_state->done < m_state->entries.size();
    m_progress->setVisible(isOpen);
    if (!isOpen)
        return;
    m_progress->setRange(0, static_cast<int>(m_state->entries.size()));
    m_progress->setValue(static_cast<int>(m_state->done));
}

void ParameterSweepView::choose(std::size_t entry)
{
    const SweepPoint& point = m_state->entries[entry].point;
    if (point.refusal.empty())
        Q_EMIT formatChosen(point.format);
}

void ParameterSweepView::setTheme(const Theme& theme)
{
    m_chart->setTheme(theme);
    QPalette palette = m_problem->palette();
    palette.setColor(QPalette::WindowText, theme.error);
    m_problem->setPalette(palette);
}

const QAbstractItemModel& ParameterSweepView::tableModel() const
{
    return *m_sorted;
}

QString ParameterSweepView::toText() const
{
    return tableText(*m_sorted);
}

}  // namespace nanoscope
