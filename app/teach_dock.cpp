#include "app/teach_dock.h"

#include "app/deferred_refresh.h"
#include "core/error.h"
#include "core/quant/prepared_tensor.h"
#include "widgets/basis_text.h"
#include "widgets/number_text.h"
#include "widgets/teach_view.h"

#include <QDockWidget>
#include <QScrollArea>

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

/// To begin with where no tensor is open: signs, a tie, and a largest value that is no level.
const std::vector<float>& exampleValues()
{
    static const std::vector<float> values{0.3F, -1.1F, 2.2F, -3.6F, 5.1F, 7.3F, -0.05F, 0.8F};
    return values;
}

}  // namespace

TeachDock::TeachDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_view(new TeachView)
    , m_refresh(new DeferredRefresh(&dock, [this] { refresh(); }))
    , m_values(exampleValues())
    , m_lab([this](std::shared_ptr<const LabBlock> block) { receive(std::move(block)); },
          [this](const std::exception_ptr& exception) { showProblem(exception); })
{
    auto* scroll = new QScrollArea;  // the view is high; a dock that shares its place must not make the window grow
    scroll->setObjectName("teachScroll");
    scroll->setAccessibleName(tr("Block to teach with"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(m_view);
    dock.setWidget(scroll);
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isVisible = isVisible;
        emit currentChanged();
    });
    connectExplorer();
    connectView();
    m_view->setTensorAvailable(false);
    request();
}

void TeachDock::connectExplorer()
{
    connect(&m_explorer, &Explorer::traceChanged, this, [this] {
        const bool hasBlock = m_explorer.trace() != nullptr;
        m_view->setTensorAvailable(hasBlock);
        if (!hasBlock || (m_source == Source::Own && m_report))
            return;  // values of the user's stay
        if (m_source == Source::Changed && m_explorer.selectedBlock() == m_blockNumber
            && m_explorer.report(Explorer::A)->tensor.name == m_report->tensor.name) {
            m_report = m_explorer.report(Explorer::A);  // the same values under another format
            m_flips.clear();
            request();
            return;
        }
        takeTensor();
    });
    connect(&m_explorer, &Explorer::tensorChanged, this, [this] {  // another tensor takes the place of own values
        m_source = Source::Own;
        m_report.reset();
    });
    connect(&m_explorer, &Explorer::formatsChanged, this, [this] {
        if (m_source != Source::Own)
            return;  // a trace follows
        m_flips.clear();
        request();
    });
    connect(&m_explorer, &Explorer::elementChanged, this, [this](int element) {
        if (element < 0 || static_cast<std::size_t>(element) == m_element)
            return;
        m_element = static_cast<std::size_t>(element);
        request();
    });
}

void TeachDock::connectView()
{
    connect(m_view, &TeachView::tensorBlockRequested, this, &TeachDock::takeTensor);
    connect(m_view, &TeachView::valuesEdited, this, [this](const std::vector<float>& values) {
        m_source = Source::Own;
        if (!m_report)
            m_report = m_explorer.report(Explorer::A);
        m_values = values;
        m_flips.clear();
        request();
    });
    connect(m_view, &TeachView::valueEdited, this, [this](int element, float value) {
        if (!m_block || static_cast<std::size_t>(element) >= m_block->trace.elements.size())
            return;
        if (m_source == Source::Tensor) {
            m_source = Source::Changed;
            m_values.clear();
            for (const ElementTrace& each : m_block->trace.elements)
                m_values.push_back(each.value);
        }
        m_values[static_cast<std::size_t>(element)] = value;
        m_flips.clear();
        request();
    });
    connect(m_view, &TeachView::bitFlipped, this, [this](std::size_t place) {
        const auto found = std::find(m_flips.begin(), m_flips.end(), place);
        if (found == m_flips.end())
            m_flips.push_back(place);
        else
            m_flips.erase(found);
        request();
    });
    connect(m_view, &TeachView::bitsRestoreRequested, this, [this] {
        m_flips.clear();
        request();
    });
    connect(m_view, &TeachView::elementSelected, this, [this](int element) {
        m_element = static_cast<std::size_t>(std::max(0, element));
        request();
        m_explorer.selectElement(element);
    });
}

/// Shows the selected block of the tensor as it is.
void TeachDock::takeTensor()
{
    if (!m_explorer.trace())
        return;
    m_source = Source::Tensor;
    m_report = m_explorer.report(Explorer::A);
    m_blockNumber = m_explorer.selectedBlock();
    m_flips.clear();
    request();
}

void TeachDock::request()
{
    m_isStale = true;
    m_refresh->request();
    emit currentChanged();
}

void TeachDock::refresh()
{
    m_isStale = false;
    if (m_source == Source::Own) {
        m_lab.submit([spec = m_explorer.formats().a.spec, values = m_values, flips = m_flips, element = m_element](
                         const std::stop_token&) {
            return std::make_shared<const LabBlock>(examineBlock(labInput(spec, values), flips, element));
        });
        return;
    }
    std::vector<float> values = m_source == Source::Changed ? m_values : std::vector<float>();
    m_lab.submit([report = m_report, block = m_blockNumber, values = std::move(values), flips = m_flips,
                     element = m_element](const std::stop_token&) {
        LabInput input = labInput(*report->prepared, block);
        if (values.size() == input.values.size())  // a format with other blocks has other values
            input.values = values;
        return std::make_shared<const LabBlock>(examineBlock(input, flips, element));
    });
}

void TeachDock::receive(std::shared_ptr<const LabBlock> block)
{
    m_block = std::move(block);
    m_element = m_block->element;
    m_view->setSource(sourceText());
    m_view->setBlock(m_block);
    emit currentChanged();
}

void TeachDock::showProblem(const std::exception_ptr& exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const Cancelled&) {
        return;
    } catch (const std::exception& error) {
        m_block.reset();
        m_view->setSource({});
        m_view->setBlock(nullptr);
        m_view->setProblem(QString::fromUtf8(error.what()));
    }
    emit currentChanged();
}

QString TeachDock::sourceText() const
{
    const QString format = QString::fromStdString(m_explorer.formats().a.name);
    const bool isExact = !m_block->trace.bad && m_block->trace.squaredError == 0.0;
    const QString sqnr = isExact ? tr("exact") : tr("SQNR %1").arg(decibelText(m_block->trace.sqnrDecibel));
    QString place = tr("own values");
    if (m_source != Source::Own && m_report)
        place = tr("block %1 of %2").arg(countText(m_blockNumber), QString::fromStdString(m_report->tensor.name));
    if (m_source == Source::Changed)
        place += tr(", values changed");
    QString text = tr("%1 · %2 · %3").arg(format, place, sqnr);
    if (const QString basis = basisSentence(QString::fromStdString(m_block->trace.basis)); !basis.isEmpty())
        text += QStringLiteral(" · ") + basis;
    if (m_block->trace.tensorScale != 1.0)
        text += tr(" · tensor scale %1").arg(shortNumberText(m_block->trace.tensorScale, 4));
    return text;
}

QString TeachDock::unsettled() const
{
    return tr("the block is not shown");
}

void TeachDock::cancel()
{
    if (!m_lab.isBusy())
        return;
    m_lab.cancel();
    m_isStale = true;
    emit currentChanged();
}

void TeachDock::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

}  // namespace nanoscope
