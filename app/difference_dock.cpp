#include "app/difference_dock.h"

#include "widgets/difference_map.h"
#include "widgets/difference_view.h"

#include <QDockWidget>

namespace nanoscope {
namespace {

QString messageOf(const std::exception_ptr& exception)
{
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& error) {
        return QString::fromUtf8(error.what());
    }
}

}  // namespace

DifferenceDock::DifferenceDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_view(new DifferenceView)
    , m_job([this](std::shared_ptr<const BlockDifference> difference) { receive(std::move(difference), {}); },
          [this](const std::exception_ptr& exception) { receive(nullptr, messageOf(exception)); })
{
    dock.setWidget(m_view);
    const auto showFormats = [this] {
        QStringList names;
        for (const Explorer::Slot slot : Explorer::kEverySlot) {
            const NamedFormat* format = m_explorer.formats().at(slot);
            names << (format != nullptr ? QString::fromStdString(format->name) : QString());
        }
        m_view->setFormats(names);
        request();
    };
    connect(&explorer, &Explorer::formatsChanged, this, showFormats);
    connect(&explorer, &Explorer::reportChanged, this, &DifferenceDock::request);
    connect(&explorer, &Explorer::stopped, this, &DifferenceDock::request);
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isVisible = isVisible;
        if (isVisible && m_isStale)
            request();
        emit currentChanged();
    });
    connect(m_view, &DifferenceView::sidesEdited, this, &DifferenceDock::request);
    connect(m_view, &DifferenceView::cellSelected, this, &DifferenceDock::showBlock);
    showFormats();
}

QString DifferenceDock::unsettled() const
{
    return tr("the difference map was stopped");
}

void DifferenceDock::request()
{
    m_isStale = true;
    if (!m_isVisible)
        return;
    m_job.cancel();
    const std::optional<DifferenceSides> sides = m_view->sides();
    const auto reportOf = [this](SeriesRole role) { return m_explorer.report(static_cast<Explorer::Slot>(role)); };
    const auto refusalOf
        = [this](SeriesRole role) -> const QString& { return m_explorer.refusal(static_cast<Explorer::Slot>(role)); };
    const auto first = sides ? reportOf(sides->firstRole) : nullptr;
    const auto second = sides ? reportOf(sides->secondRole) : nullptr;
    const QString refusal = !sides              ? QString()
        : refusalOf(sides->firstRole).isEmpty() ? refusalOf(sides->secondRole)
                                                : refusalOf(sides->firstRole);
    if (!sides)
        receive(nullptr, {});
    else if (sides->firstRole == sides->secondRole)
        receive(nullptr, tr("Choose two different formats"));
    else if (!refusal.isEmpty())
        receive(nullptr, tr("There is nothing to compare. %1").arg(refusal));
    else if (!first || !second)
        receive(nullptr,
            !m_explorer.hasSource()   ? tr("Open a tensor to compare formats on it")
                : m_explorer.isBusy() ? tr("The formats are still being measured")
                                      : tr("The formats were not measured: choose the tensor or a format again"));
    else
        m_job.submit([first, second](const std::stop_token& stop) {
            return std::make_shared<const BlockDifference>(blockDifference(*first, *second, stop));
        });
    emit currentChanged();
}

void DifferenceDock::receive(std::shared_ptr<const BlockDifference> difference, const QString& problem)
{
    m_difference = std::move(difference);
    m_isStale = false;
    m_view->setDifference(m_difference, problem);
    emit currentChanged();
}

/// The cell's first block of format A, for the views that are about a block.
void DifferenceDock::showBlock(quint64 cell)
{
    const std::shared_ptr<const Report> report = m_explorer.report(Explorer::A);
    if (!report || !m_difference || report->rows != m_difference->rows)
        return;
    const quint64 row = cell / m_difference->cellsPerRow;
    const quint64 column = cell % m_difference->cellsPerRow * m_difference->cellLength;
    m_explorer.selectBlock(row * report->blocksPerRow + column / report->blockLength);
}

void DifferenceDock::cancel()
{
    if (m_job.isBusy())
        m_job.cancel();
    emit currentChanged();
}

void DifferenceDock::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

}  // namespace nanoscope
