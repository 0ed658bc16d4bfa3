// How CostPanel is put together: its head, the parameters, the pages, and what links them.
#include "widgets/cost_panel.h"

#include "core/format/preset.h"
#include "widgets/cost_constants.h"
#include "widgets/cost_controls.h"
#include "widgets/cost_fields.h"
#include "widgets/cost_ratio_plot.h"
#include "widgets/cost_roofline_chart.h"
#include "widgets/cost_table.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

constexpr int kBeside = 320;  // width of the parameters beside the pages

QScrollArea* scrolled(QWidget* content)
{
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    return scroll;
}

}  // namespace

void CostPanel::buildHead(QVBoxLayout& layout)
{
    m_all->setObjectName(QStringLiteral("costAllParameters"));
    m_all->setAccessibleName(tr("All cost parameters"));
    m_all->setToolTip(tr("Show every parameter of unit, array, process, buffers and memory, and the constants"));
    m_fp16->setObjectName(QStringLiteral("costFp16"));
    m_fp16->setAccessibleName(tr("FP16 in the bars"));
    m_fp16->setToolTip(tr("Bars of FP16 are several times as long as those of four bits"));
    m_reset->setObjectName(QStringLiteral("costReset"));
    m_reset->setText(tr("Reset"));
    m_reset->setAccessibleName(tr("Reset cost parameters"));
    m_reset->setToolTip(tr("Everything as the accelerator has it, and the constants as shipped"));
    m_problem->hide();
    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_all);
    row->addStretch(1);
    row->addWidget(m_reset);
    m_controls = new CostControls(buttons);
    layout.addWidget(m_controls);
    layout.addWidget(m_problem);

    connect(m_all, &QCheckBox::toggled, this, [this](bool on) {
        m_parameters->setVisible(on);
        if (m_split->orientation() == Qt::Vertical)
            m_split->setSizes({m_split->height() * 2 / 5, m_split->height() * 3 / 5});
        else
            m_split->setSizes({kBeside, std::max(1, m_split->width() - kBeside)});
    });
    connect(m_fp16, &QCheckBox::toggled, this, [this] {
        m_isStale[static_cast<std::size_t>(Page::Area)] = m_isStale[static_cast<std::size_t>(Page::Energy)] = true;
        showPage(m_pages->currentIndex());
    });
    connect(m_reset, &QToolButton::clicked, this,
        [this] { applyChoice(QStringLiteral("reset"), [this](CostChoice& choice) { reset(choice); }); });
    connect(m_controls, &CostControls::settingAsked, this, &CostPanel::applySetting);
    connect(m_controls, &CostControls::refused, this, &CostPanel::refuse);
    connect(m_controls, &CostControls::acceleratorChosen, this, [this](const QString& name) {
        applyChoice(QStringLiteral("accelerator"), [&name](CostChoice& choice) {
            HardwareParameters next = acceleratorByName(name.toStdString()).parameters;
            const HardwareParameters& old = choice.setup.parameters;
            next.run = old.run;  // what is computed and the constants are no part of an accelerator
            next.storage = old.storage;
            next.constants = old.constants;
            choice.setup.parameters = next;
            choice.accelerator = name.toStdString();
        });
    });
    connect(m_controls, &CostControls::workloadChosen, this, [this](const QString& name) {
        applyChoice(QStringLiteral("workload"),
            [&name](CostChoice& choice) { choice.setup.workload = workloadByName(name.toStdString()); });
    });
    connect(m_controls, &CostControls::activationsChosen, this, [this](const QString& name) {
        applyChoice(QStringLiteral("activations"), [this, &name](CostChoice& choice) {
            choice.activations.reset();
            for (const Preset& preset : m_presets)
                if (preset.name == name.toStdString())
                    choice.activations = NamedFormat{preset.name, preset.spec};
        });
    });
}

void CostPanel::buildParameters()
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 6, 0);
    column->setSpacing(4);
    QString section;
    const auto heading = [&](const QString& text) {
        auto* label = new QLabel(text);
        QFont bold = label->font();
        bold.setBold(true);
        label->setFont(bold);
        column->addWidget(label);
    };
    for (const CostParameter& parameter : costParameters()) {
        if (parameter.isMain)
            continue;
        if (parameter.section != section) {
            section = parameter.section;
            heading(section);
            m_fields << new CostFields;
            column->addWidget(m_fields.back());
            connect(m_fields.back(), &CostFields::settingAsked, this, &CostPanel::applySetting);
            connect(m_fields.back(), &CostFields::refused, this, &CostPanel::refuse);
        }
        m_fields.back()->addParameter(parameter);
    }
    heading(tr("Bars"));
    column->addWidget(m_fp16);
    heading(tr("Constants (empty: as shipped)"));
    m_constants = new CostConstantTable;
    connect(m_constants, &CostConstantTable::settingAsked, this, &CostPanel::applySetting);
    connect(m_constants, &CostConstantTable::refused, this, &CostPanel::refuse);
    column->addWidget(m_constants, 1);
    m_parameters = scrolled(content);
    m_parameters->hide();
}

void CostPanel::buildPages()
{
    m_pages->setObjectName(QStringLiteral("costPages"));
    m_pages->setAccessibleName(tr("Views of the cost"));
    m_pages->setDocumentMode(true);
    m_pages->addTab(buildRatios(), tr("Ratios"));
    m_area->setAccessibleName(tr("Area chart"));
    m_pages->addTab(scrolled(m_area), tr("Area"));
    m_pages->addTab(buildEnergy(), tr("Energy"));
    m_pages->addTab(buildRoofline(), tr("Roofline"));
    m_pages->addTab(m_table, tr("Figures"));
    m_notes->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_notes->setContentsMargins(8, 6, 8, 6);
    m_pages->addTab(scrolled(m_notes), tr("Limits"));
}

QWidget* CostPanel::buildRatios()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(4);
    m_badges->setContentsMargins(8, 0, 8, 0);
    column->addWidget(m_badges);
    column->addWidget(m_ratios, 1);
    return scrolled(page);
}

QWidget* CostPanel::buildEnergy()
{
    m_decode->setAccessibleName(tr("Energy per decoded token chart"));
    m_prefill->setAccessibleName(tr("Energy per token of the prompt chart"));
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_decode, 1);
    column->addWidget(m_prefill, 1);
    return scrolled(page);
}

QWidget* CostPanel::buildRoofline()
{
    auto* label = new QLabel(tr("Layer"));
    label->setBuddy(m_layers);
    m_layers->setObjectName(QStringLiteral("costLayer"));
    m_layers->setAccessibleName(tr("Layer"));
    m_layers->setFocusPolicy(Qt::StrongFocus);
    m_layers->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_layers, 1);
    m_layerRow = new QBoxLayout(QBoxLayout::TopToBottom);
    m_layerRow->setContentsMargins(8, 4, 8, 0);
    m_layerRow->setSpacing(4);
    m_layerRow->addLayout(row);
    m_layerRow->addWidget(m_layerText, 1);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(m_layerRow);
    column->addWidget(m_roofline, 1);
    return scrolled(page);
}

void CostPanel::connectPages()
{
    connect(m_pages, &QTabWidget::currentChanged, this, &CostPanel::showPage);
    connect(m_ratios, &CostRatioPlot::figureSelected, this, &CostPanel::selectFigure);
    for (CostBarChart* chart : {m_area, m_decode, m_prefill})
        connect(chart, &CostBarChart::partSelected, this, &CostPanel::selectFigure);
    connect(m_table, &CostTable::figureSelected, this, &CostPanel::selectFigure);
    connect(m_roofline, &CostRooflineChart::layerSelected, this, &CostPanel::setLayer);
    connect(m_layers, &QComboBox::activated, this,
        [this](int index) { setLayer(m_layers->itemData(index).value<CostLayerId>()); });
}

}  // namespace nanoscope
