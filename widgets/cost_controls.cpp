#include "widgets/cost_controls.h"

#include "widgets/cost_fields.h"
#include "widgets/preset_box.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace nanoscope {
namespace {

constexpr int kFewestLetters = 9;

/// The first entry of the list of activations.
QString asWeights()
{
    return CostControls::tr("as the weights");
}

QComboBox* listOf(const std::vector<CostOption>& options, const QString& objectName)
{
    auto* box = new QComboBox;
    box->setObjectName(objectName);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kFewestLetters);
    for (const CostOption& option : options) {
        box->addItem(option.text.section(u':', 0, 0), option.value);
        box->setItemData(box->count() - 1, QString(option.text + u'\n' + option.tip), Qt::ToolTipRole);
    }
    box->view()->setMinimumWidth(box->view()->sizeHintForColumn(0) + 2 * box->fontMetrics().height());  // whole lines
    return box;
}

}  // namespace

CostControls::CostControls(QWidget* last, QWidget* parent)
    : QWidget(parent)
    , m_fields(new CostFields)
    , m_accelerator(listOf(acceleratorOptions(), QStringLiteral("cost_accelerator")))
    , m_workload(listOf(workloadOptions(), QStringLiteral("cost_workload")))
    , m_activations(new PresetBox)
{
    m_activations->setObjectName(QStringLiteral("cost_activations"));
    std::vector<CostParameter> run;
    for (const CostParameter& parameter : costParameters()) {
        if (!parameter.isMain)
            continue;
        if (parameter.path.startsWith(QLatin1String("dram.")))
            m_fields->addParameter(parameter);
        else
            run.push_back(parameter);
    }
    m_fields->addField(tr("Accelerator"), m_accelerator, tr("Array, buffers, memory and node to start from"));
    m_fields->addField(tr("Language model"), m_workload, tr("Whose layers the array computes"));
    m_fields->addField(tr("Activations"), m_activations, tr("Format of the activations; the weights have A and B"));
    for (const CostParameter& parameter : run)
        m_fields->addParameter(parameter);
    m_fields->addWidget(last);
    setPresets({});

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_fields);
    connect(m_fields, &CostFields::settingAsked, this, &CostControls::settingAsked);
    connect(m_fields, &CostFields::refused, this, &CostControls::refused);
    connect(m_accelerator, &QComboBox::activated, this,
        [this](int index) { Q_EMIT acceleratorChosen(m_accelerator->itemData(index).toString()); });
    connect(m_workload, &QComboBox::activated, this,
        [this](int index) { Q_EMIT workloadChosen(m_workload->itemData(index).toString()); });
    connect(m_activations, &PresetBox::presetChosen, this,
        [this](const QString& name) { Q_EMIT activationsChosen(name == asWeights() ? QString() : name); });
}

void CostControls::setPresets(const std::vector<Preset>& presets)
{
    std::vector<Preset> offered;
    offered.emplace_back();
    offered.back().name = asWeights().toStdString();
    offered.back().title = tr("Each format multiplies activations of its own kind").toStdString();
    offered.back().family = tr("Default").toStdString();
    offered.insert(offered.end(), presets.begin(), presets.end());
    m_activations->setPresets(offered);
}

void CostControls::setChoice(const CostChoice& choice, const QHash<QString, QString>& texts)
{
    const QSignalBlocker accelerator(m_accelerator);
    const QSignalBlocker workload(m_workload);
    m_fields->setParameters(choice.setup.parameters, texts);
    m_accelerator->setCurrentIndex(m_accelerator->findData(QString::fromStdString(choice.accelerator)));
    m_workload->setCurrentIndex(m_workload->findData(QString::fromStdString(choice.setup.workload.name)));
    m_activations->showName(choice.activations ? QString::fromStdString(choice.activations->name) : asWeights());
}

QStringList CostControls::paths() const
{
    return m_fields->paths();
}

}  // namespace nanoscope
