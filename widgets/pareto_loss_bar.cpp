#include "widgets/pareto_loss_bar.h"

#include "widgets/number_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace nanoscope {

ParetoLossBar::ParetoLossBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_button(new QToolButton(this))
{
    m_text->setObjectName(QStringLiteral("paretoLossText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_progress->setObjectName(QStringLiteral("paretoLossProgress"));
    m_progress->setAccessibleName(tr("Formats evaluated on the language model"));
    m_progress->setFormat(tr("%v of %m evaluated"));
    m_progress->setMaximumHeight(m_progress->fontMetrics().height() + 4);
    m_button->setObjectName(QStringLiteral("paretoEvaluate"));
    m_button->setToolTip(tr("Casts the weights of the language model's linear layers to each preset of the SQNR front "
                            "that passes the filter, and to the formats of the window, and evaluates all tokens"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress, 1);
    layout->addWidget(m_button);
    connect(m_button, &QToolButton::clicked, this, [this] {
        if (m_isRunning)
            Q_EMIT stopAsked();
        else
            Q_EMIT startAsked();
    });
    setRun({}, 0);
}

void ParetoLossBar::setRun(const ParetoLossRun& run, std::size_t front)
{
    m_isRunning = run.isRunning;
    m_progress->setVisible(run.isRunning);
    m_progress->setFormat(run.isOfGrids ? tr("Shifted block grids: %v of %m") : tr("%v of %m evaluated"));
    m_progress->setRange(0, static_cast<int>(run.total));  // 0 of 0: busy
    m_progress->setValue(static_cast<int>(run.done));
    m_text->setVisible(!run.isRunning);
    m_text->setText(!run.error.isEmpty()
            ? run.error
            : tr("Formats on the SQNR front: %1. The model is evaluated only when asked.").arg(countText(front)));
    m_button->setEnabled(run.isRunning || front > 0);
    m_button->setText(run.isRunning ? tr("Stop") : tr("Evaluate the front"));
    m_button->setAccessibleName(
        run.isRunning ? tr("Stop evaluating the language model") : tr("Evaluate the front on the language model"));
}

}  // namespace nanoscope
