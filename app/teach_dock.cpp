#include "app/teach_dock.h"

#include "app/deferred_refresh.h"
#include "core/error.h"
#include "core/quant/prepared_tensor.h"
#include "widgets/basis_text.h"
#include "widgets/number_text.h"
#include "widgets/teach_view.h"

#include <QDockWidget>
#include <QFileInfo>

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
    , m_lab([this](std::shared_ptr<const LabBlock> block) { receive(std::move(block)); },
          [this](const std::exception_ptr& exception) { showProblem(exception); })
{
    dock.setWidget(m_view);
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
        if (!hasBlock)
            return;
        m_report = m_explorer.report(Explorer::A);
        m_blockNumber = m_explorer.selectedBlock();
        request();
    });
    connect(&m_explorer, &Explorer::tensorChanged, this, [this] { m_report.reset(); });
    connect(&m_explorer, &Explorer::formatsChanged, this, [this] {
        if (present().kind == TeachEdit::Values::Own)  // else a trace follows
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
    connect(m_view, &TeachView::tensorBlockRequested, this, [this] { emit edited(plain(), {}); });
    connect(m_view, &TeachView::valuesEdited, this, [this](const std::vector<float>& values) {
        TeachEdit edit = plain();
        edit.kind = TeachEdit::Values::Own;
        edit.values = values;
        emit edited(edit, {});
    });
    connect(m_view, &TeachView::valueEdited, this, &TeachDock::changeValue);
    connect(m_view, &TeachView::bitFlipped, this, &TeachDock::flip);
    connect(m_view, &TeachView::bitsRestoreRequested, this, [this] {
        TeachEdit edit = present();
        edit.flips.clear();
        edit.flippedUnder.reset();
        emit edited(edit, {});
    });
    connect(m_view, &TeachView::elementSelected, this, [this](int element) {
        m_element = static_cast<std::size_t>(std::max(0, element));
        request();
        m_explorer.selectElement(element);
    });
}

void TeachDock::changeValue(int element, float value)
{
    if (!m_block || static_cast<std::size_t>(element) >= m_block->trace.elements.size())
        return;
    TeachEdit edit = present();
    if (edit.kind == TeachEdit::Values::Tensor)
        edit.kind = TeachEdit::Values::Changed;
    if (edit.values.size() != m_block->trace.elements.size()) {
        edit.values.clear();
        for (const ElementTrace& each : m_block->trace.elements)
            edit.values.push_back(each.value);
    }
    edit.values[static_cast<std::size_t>(element)] = value;
    edit.flips.clear();  // the encoder writes all bits anew
    edit.flippedUnder.reset();
    emit edited(edit, QStringLiteral("value %1").arg(element));
}

void TeachDock::flip(std::size_t place)
{
    TeachEdit edit = present();
    const auto found = std::find(edit.flips.begin(), edit.flips.end(), place);
    if (found == edit.flips.end())
        edit.flips.push_back(place);
    else
        edit.flips.erase(found);
    edit.flippedUnder.reset();
    if (!edit.flips.empty())
        edit.flippedUnder = m_explorer.formats().a.spec;
    emit edited(edit, {});
}

/// The present block as the tensor has it.
TeachEdit TeachDock::plain() const
{
    TeachEdit edit;
    const Place place = m_explorer.place();
    if (!place.file.isEmpty())
        edit.file = QFileInfo(place.file).absoluteFilePath();
    edit.tensor = place.tensor;
    edit.block = m_blockNumber;
    return edit;
}

bool TeachDock::belongs(const TeachEdit& edit) const
{
    const TeachEdit here = plain();
    return edit.file == here.file && edit.tensor == here.tensor
        && (edit.kind == TeachEdit::Values::Own || edit.block == here.block);
}

TeachEdit TeachDock::present() const
{
    TeachEdit edit = belongs(m_edit) ? m_edit : plain();
    if (edit.kind == TeachEdit::Values::Tensor && !m_explorer.tensor()) {
        edit.kind = TeachEdit::Values::Own;
        edit.values = exampleValues();
    }
    if (edit.flippedUnder && *edit.flippedUnder != m_explorer.formats().a.spec) {
        edit.flips.clear();
        edit.flippedUnder.reset();
    }
    return edit;
}

void TeachDock::setEdit(const TeachEdit& edit)
{
    m_edit = edit;
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
    TeachEdit edit = present();
    if (edit.kind == TeachEdit::Values::Own) {
        m_lab.submit(
            [spec = m_explorer.formats().a.spec, edit = std::move(edit), element = m_element](const std::stop_token&) {
                return std::make_shared<const LabBlock>(examineBlock(labInput(spec, edit.values), edit.flips, element));
            });
        return;
    }
    if (!m_report)
        return;  // a trace follows
    m_lab.submit([report = m_report, block = m_blockNumber, edit = std::move(edit), element = m_element](
                     const std::stop_token&) {
        LabInput input = labInput(*report->prepared, block);
        if (edit.values.size() == input.values.size())  // a format with other blocks has other values
            input.values = edit.values;
        return std::make_shared<const LabBlock>(examineBlock(input, edit.flips, element));
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
    const TeachEdit::Values kind = present().kind;
    if (kind != TeachEdit::Values::Own && m_report)
        place = tr("block %1 of %2").arg(countText(m_blockNumber), QString::fromStdString(m_report->tensor.name));
    if (kind == TeachEdit::Values::Changed)
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
