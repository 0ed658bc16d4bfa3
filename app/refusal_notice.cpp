#include "app/refusal_notice.h"

#include "app/explorer.h"
#include "widgets/message_bar.h"

namespace nanoscope {

RefusalNotice::RefusalNotice(const Explorer& explorer, const MessageBar& bar, QObject* parent)
    : QObject(parent)
    , m_explorer(explorer)
    , m_bar(bar)
{
    constexpr int kRest = 300;  // milliseconds
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    connect(&m_rest, &QTimer::timeout, this, &RefusalNotice::compare);
    connect(&explorer, &Explorer::refusalsChanged, &m_rest, qOverload<>(&QTimer::start));
    connect(&explorer, &Explorer::failed, this, [this](const QString& message) {
        if (message == m_explorer.refusals())
            m_told = message;
    });
}

void RefusalNotice::compare()
{
    const QString refusals = m_explorer.refusals();
    if (m_told.isEmpty() || m_told == refusals || m_bar.text() != m_told)  // closed, or about something else
        return;
    m_told = refusals;
    if (refusals.isEmpty())
        emit mended();
    else
        emit changed(refusals);
}

}  // namespace nanoscope
