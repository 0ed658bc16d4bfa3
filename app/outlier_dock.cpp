#include "app/outlier_dock.h"

#include "widgets/outlier_view.h"

#include <QDockWidget>
#include <QSettings>

#include <utility>

namespace nanoscope {
namespace {

constexpr auto kMeasureKey = "outliers/byBlock";

}  // namespace

OutlierDock::OutlierDock(QDockWidget& dock, Explorer& explorer)
    : PanelDock(&dock)
    , m_explorer(explorer)
    , m_view(new OutlierView)
    , m_job(
          [this](Answer answer) {
              m_isStale = false;
              m_view->setStudy(std::move(answer.study), std::move(answer.report));
              Q_EMIT currentChanged();
          },
          [this](const std::exception_ptr& exception) {
              Q_EMIT failed(Explorer::messageOf(exception));
              Q_EMIT currentChanged();
          })
{
    dock.setWidget(m_view);
    connect(&dock, &QDockWidget::visibilityChanged, this, [this](bool isVisible) {
        m_isVisible = isVisible;
        if (m_isVisible && m_isStale)
            request();
    });
    connect(&explorer, &Explorer::reportChanged, this, [this](int slot) {
        if (slot == Explorer::A)
            markStale();
    });
    const auto showSelected = [this] { m_view->setSelected(m_explorer.selectedBlock(), m_explorer.selectedElement()); };
    connect(&explorer, &Explorer::traceChanged, this, showSelected);
    connect(&explorer, &Explorer::elementChanged, this, showSelected);
    connect(m_view, &OutlierView::measureChanged, this, &OutlierDock::markStale);
    connect(m_view, &OutlierView::elementChosen, &explorer, &Explorer::selectElementOf);
    connect(m_view, &OutlierView::elementChosen, this, &OutlierDock::elementChosen);
}

QString OutlierDock::unsettled() const
{
    return tr("stopped before the outliers were found");
}

void OutlierDock::cancel()
{
    m_job.cancel();
}

void OutlierDock::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
}

void OutlierDock::save(QSettings& settings) const
{
    settings.setValue(kMeasureKey, m_view->measure() == OutlierMeasure::BlockRms);
}

void OutlierDock::restore(const QSettings& settings)
{
    m_view->setMeasure(settings.value(kMeasureKey).toBool() ? OutlierMeasure::BlockRms : OutlierMeasure::TensorRms);
}

void OutlierDock::markStale()
{
    m_isStale = true;
    if (m_isVisible)
        request();
}

void OutlierDock::request()
{
    m_job.submit([report = m_explorer.report(Explorer::A), measure = m_view->measure()](const std::stop_token& stop) {
        if (!report)
            return Answer();
        OutlierOptions options;
        options.stop = stop;
        return Answer{std::make_shared<const OutlierStudy>(outlierStudy(*report, measure, options)), report};
    });
    Q_EMIT currentChanged();
}

}  // namespace nanoscope
