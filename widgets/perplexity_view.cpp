#include "widgets/perplexity_view.h"

#include "widgets/asked_case.h"
#include "widgets/chart_table.h"
#include "widgets/number_text.h"
#include "widgets/perplexity_layers.h"
#include "widgets/perplexity_plot.h"
#include "widgets/plain_table.h"
#include "widgets/table_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace nanoscope {
namespace {

QString signedText(double value, int decimals)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    return (value > 0 ? QStringLiteral("+") : QString()) + fixedText(value, decimals);
}

ChartTable tableOf(const PerplexityState& state)
{
    ChartTable table;
    table.columns = {PerplexityView::tr("Format"), PerplexityView::tr("Bits"), PerplexityView::tr("Loss"),
        PerplexityView::tr("Perplexity"), PerplexityView::tr("Change"), QStringLiteral("±"), PerplexityView::tr("Grid"),
        PerplexityView::tr("State")};
    const PerplexityFigures& base = state.unquantized;
    if (base.tokens > 0)
        table.rows.push_back({PerplexityView::tr("unquantized"), fixedText(base.bitsPerElement, 4),
            fixedText(base.loss, 5), fixedText(base.perplexity, 3), QString(), QString(), QString(), QString()});
    for (const PerplexityBar& bar : perplexityBars(state)) {
        const PerplexityFigures& figures = bar.entry->figures;
        const QString name = bar.fullName();
        const QString progress = perplexityProgress(*bar.entry, state);
        if (!bar.entry->error.empty() || figures.tokens == 0) {
            table.rows.push_back({name, {}, {}, {}, {}, {}, {}, progress});
            continue;
        }
        table.rows.push_back({name, fixedText(figures.bitsPerElement, 4), fixedText(figures.loss, 5),
            fixedText(figures.perplexity, 3), signedText(figures.deltaLoss, 5),
            std::isfinite(figures.deltaLossStandardError) ? fixedText(figures.deltaLossStandardError, 5) : QString(),
            figures.gridSpread ? fixedText(*figures.gridSpread, 5) : QString(),
            progress.isEmpty() ? PerplexityView::tr("complete") : progress});
    }
    return table;
}

/// Of more than two formats, or of formats under a method: which pairs one cast cannot tell apart.
QString findingOfAll(const PerplexityState& state)
{
    QStringList pairs;
    const std::vector<AskedCase> cases = askedCases(state);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const PerplexityEntry& entry = state.asked[cases[i].index];
        if (!entry.error.empty() || !entry.isComplete(state.tokens))
            return {};
        for (std::size_t j = 0; j < i; ++j)
            if (!areSeparable(state.asked[cases[j].index].figures, entry.figures))
                pairs << PerplexityView::tr("%1 and %2").arg(cases[j].label(), cases[i].label());
    }
    return pairs.isEmpty()
        ? PerplexityView::tr("All differ beyond twice the spread, on this model.")
        : PerplexityView::tr("Not separable by one cast, within twice the spread: %1.").arg(pairs.join(u"; "));
}

}  // namespace

QString perplexityTexts(const PerplexityState& state)
{
    if (state.prompt.empty())
        return {};
    const auto escaped
        = [](const std::string& text) { return QString::fromStdString(text).simplified().toHtmlEscaped(); };
    QString html = QStringLiteral("<p>%1</p><p><i>%2</i></p><table width='100%' cellpadding='4'><tr>")
                       .arg(PerplexityView::tr("Behind the same words, with the same random numbers (temperature 0.7), "
                                               "the model writes:"),
                           escaped(state.prompt) + QStringLiteral(" …"));
    int columns = 0;
    const auto column = [&](const QString& name, const std::string& text) {
        if (columns > 0 && columns % 3 == 0)
            html += QStringLiteral("</tr><tr>");
        ++columns;
        html += QStringLiteral("<td width='33%' valign='top'><b>%1</b><br>%2</td>")
                    .arg(name.toHtmlEscaped(),
                        text.empty() ? PerplexityView::tr("waiting") : QStringLiteral("… ") + escaped(text));
    };
    column(PerplexityView::tr("unquantized"), state.text);
    for (const PerplexityBar& bar : perplexityBars(state))
        if (bar.role && bar.entry->error.empty())
            column(bar.fullName(), bar.entry->text);
    return html + QStringLiteral("</tr></table>");
}

QString perplexityFinding(const PerplexityState& state)
{
    const bool hasMethods = std::any_of(state.asked.begin(), state.asked.end(),
        [](const PerplexityEntry& entry) { return entry.what.weights.calibrated.needsCalibration(); });
    if (state.asked.size() > 2 || hasMethods)
        return findingOfAll(state);
    if (state.asked.size() < 2 || !state.asked[0].error.empty() || !state.asked[1].error.empty())
        return {};
    const PerplexityFigures& a = state.asked[0].figures;
    const PerplexityFigures& b = state.asked[1].figures;
    if (a.tokens < state.tokens || b.tokens < state.tokens)
        return {};
    if (!state.asked[0].isComplete(state.tokens) || !state.asked[1].isComplete(state.tokens))
        return PerplexityView::tr("How much of the difference is luck shows once the shifted grids are done.");
    if (!areSeparable(a, b))
        return PerplexityView::tr(
            "A and B are not separable by one cast: their difference is within twice the spread.");
    return a.loss < b.loss ? PerplexityView::tr("A is better than B beyond twice the spread, on this model.")
                           : PerplexityView::tr("B is better than A beyond twice the spread, on this model.");
}

PerplexityView::PerplexityView(QWidget* parent)
    : QWidget(parent)
    , m_activations(new QComboBox(this))
    , m_keyValues(new QComboBox(this))
    , m_embedding(new QCheckBox(tr("Embeddin&g"), this))
    , m_head(new QCheckBox(tr("Hea&d"), this))
    , m_model(new QLabel(this))
    , m_chooseModel(new QToolButton(this))
    , m_finding(new QLabel(this))
    , m_plot(new PerplexityPlot(this))
    , m_table(new QTableView(this))
    , m_rows(new ChartTableModel(this))
    , m_texts(new QTextBrowser(this))
    , m_layers(new PerplexityLayers(this))
    , m_pages(new QTabWidget(this))
{
    m_plot->setObjectName(QStringLiteral("perplexityPlot"));
    m_model->setObjectName(QStringLiteral("perplexityModel"));
    m_finding->setObjectName(QStringLiteral("perplexityFinding"));
    for (QLabel* label : {m_model, m_finding}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_table->setObjectName(QStringLiteral("perplexityTable"));
    m_table->setAccessibleName(tr("Perplexity table"));
    m_table->setModel(m_rows);
    setUpTable(*m_table);
    m_table->horizontalHeader()->setMinimumSectionSize(22);
    m_plot->setMinimumSize(200, 110);
    m_table->setMinimumHeight(60);

    m_texts->setObjectName(QStringLiteral("perplexityTexts"));
    m_texts->setAccessibleName(tr("Texts of the language model"));
    m_texts->setMinimumHeight(60);
    m_pages->setObjectName(QStringLiteral("perplexityPages"));
    m_pages->setDocumentMode(true);
    m_pages->addTab(m_table, tr("Table"));
    m_pages->addTab(m_texts, tr("Texts"));
    m_pages->addTab(m_layers, tr("Layers"));
    connect(m_pages, &QTabWidget::currentChanged, this, [this] { Q_EMIT layerFiguresEdited(layerFigures()); });
    connect(
        m_layers, &PerplexityLayers::sensitivityToggled, this, [this] { Q_EMIT layerFiguresEdited(layerFigures()); });
    connect(m_layers, &PerplexityLayers::methodEdited, this, [this] { Q_EMIT scopeEdited(scope()); });
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_plot);
    split->addWidget(m_pages);
    split->setSizes({190, 190});  // only the ratio counts
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->setSpacing(4);
    layout->addWidget(makeScopeControls());
    layout->addWidget(makeModelLine());
    layout->addWidget(m_finding);
    layout->addWidget(split, 1);
    setPresets({});
    showState();
}

QWidget* PerplexityView::makeModelLine()
{
    auto* line = new QWidget(this);
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    m_chooseModel->setObjectName(QStringLiteral("perplexityChooseModel"));
    m_chooseModel->setText(tr("&Model…"));
    m_chooseModel->setToolTip(tr("Evaluate another language model, tokens and inputs of layers"));
    connect(m_chooseModel, &QToolButton::clicked, this, &PerplexityView::modelRequested);
    layout->addWidget(m_model, 1);
    layout->addWidget(m_chooseModel, 0, Qt::AlignTop);
    return line;
}

LayerFigures PerplexityView::layerFigures() const
{
    if (m_pages->currentWidget() != m_layers)
        return LayerFigures::None;
    return m_layers->wantsSensitivities() ? LayerFigures::Sensitivities : LayerFigures::Errors;
}

QWidget* PerplexityView::makeScopeControls()
{
    auto* controls = new QWidget(this);
    auto* grid = new QGridLayout(controls);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(3);
    m_activations->setObjectName(QStringLiteral("perplexityActivations"));
    m_activations->setToolTip(tr("Format of the inputs of linear layers, cast a window at a time"));
    m_keyValues->setObjectName(QStringLiteral("perplexityKeyValues"));
    m_keyValues->setToolTip(tr("Format of keys and values, as a cache would hold them"));
    m_embedding->setObjectName(QStringLiteral("perplexityEmbedding"));
    m_embedding->setToolTip(tr("Cast the table that tokens are looked up in, too"));
    m_head->setObjectName(QStringLiteral("perplexityHead"));
    m_head->setToolTip(tr("Cast the matrix that makes logits, too, also where it is the embedding"));
    int row = 0;
    for (const auto& [text, box] :
        {std::pair(tr("Activatio&ns"), m_activations), std::pair(tr("&Keys and values"), m_keyValues)}) {
        auto* label = new QLabel(text, controls);
        label->setBuddy(box);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(14);
        grid->addWidget(label, row, 0);
        grid->addWidget(box, row, 1);
        connect(box, &QComboBox::activated, this, [this] { Q_EMIT scopeEdited(scope()); });
        ++row;
    }
    grid->addWidget(m_embedding, 0, 2);
    grid->addWidget(m_head, 1, 2);
    grid->setColumnStretch(1, 1);
    for (QCheckBox* box : {m_embedding, m_head})
        connect(box, &QCheckBox::clicked, this, [this] { Q_EMIT scopeEdited(scope()); });
    return controls;
}

void PerplexityView::setPresets(const QStringList& names)
{
    const PerplexityScope before = scope();
    for (QComboBox* box : {m_activations, m_keyValues}) {
        const QSignalBlocker quiet(box);
        box->clear();
        box->addItem(tr("as they are"), QString());
        box->addItem(tr("same as the weights"), QString::fromLatin1(kAsWeights));
        for (const QString& name : names)
            box->addItem(name, name);
    }
    setScope(before);
}

void PerplexityView::setScope(const PerplexityScope& scope)
{
    const auto choose = [](QComboBox* box, const QString& name) {
        const QSignalBlocker quiet(box);
        const int index = box->findData(name);
        box->setCurrentIndex(index < 0 ? 0 : index);
    };
    choose(m_activations, scope.activations);
    choose(m_keyValues, scope.keyValues);
    const QSignalBlocker quietEmbedding(m_embedding);
    const QSignalBlocker quietHead(m_head);
    m_embedding->setChecked(scope.embedding);
    m_head->setChecked(scope.head);
    m_layers->setMethod(scope.method, scope.correctsBias);
}

PerplexityScope PerplexityView::scope() const
{
    return {m_activations->currentData().toString(), m_keyValues->currentData().toString(), m_embedding->isChecked(),
        m_head->isChecked(), m_layers->method(), m_layers->correctsBias()};
}

void PerplexityView::setState(std::shared_ptr<const PerplexityState> state)
{
    m_state = std::move(state);
    m_error.clear();
    showState();
}

void PerplexityView::setError(const QString& message)
{
    m_error = message;
    showState();
}

void PerplexityView::setTheme(const Theme& theme)
{
    m_plot->setTheme(theme);
}

void PerplexityView::showState()
{
    m_plot->setState(m_state);
    m_rows->setTable(m_state ? tableOf(*m_state) : ChartTable{});
    m_table->resizeColumnsToContents();
    m_layers->setState(m_state.get());
    if (const QString texts = m_state ? perplexityTexts(*m_state) : QString(); texts != m_shownTexts) {
        m_shownTexts = texts;  // only then: a new document loses place and selection
        m_texts->setHtml(texts);
    }
    if (!m_state) {
        m_model->setText(m_error);
        m_model->setVisible(!m_error.isEmpty());
        m_finding->hide();
        return;
    }
    QString text = tr("%1: %2 parameters, %3 tokens")
                       .arg(QFileInfo(QString::fromStdString(m_state->model)).fileName(),
                           shortCountText(m_state->parameters), countText(m_state->tokens));
    if (m_state->unquantized.tokens > 0)
        text += tr("; unquantized %1 nats, perplexity %2")
                    .arg(fixedText(m_state->unquantized.loss, 4), fixedText(m_state->unquantized.perplexity, 3));
    m_model->setText(m_error.isEmpty() ? text : m_error);
    m_model->show();
    const QString finding = perplexityFinding(*m_state);
    m_finding->setText(finding);
    m_finding->setVisible(!finding.isEmpty());
}

const QAbstractTableModel& PerplexityView::tableModel() const
{
    return *m_rows;
}

QString PerplexityView::toText() const
{
    return tableText(*m_rows);
}

}  // namespace nanoscope
