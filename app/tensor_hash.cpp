#include "app/tensor_hash.h"

#include <QCryptographicHash>

#include <bit>
#include <utility>

namespace nanoscope {

static_assert(std::endian::native == std::endian::little, "values would have to be swapped before they are hashed");

QString hashOf(const TensorValues& values, const std::stop_token& stop)
{
    constexpr std::size_t kAtOnce = std::size_t{1} << 20;  // some milliseconds: how soon it stops
    QCryptographicHash hash(QCryptographicHash::Sha256);
    std::vector<float> room;
    for (std::size_t first = 0; first < values.size(); first += kAtOnce) {
        if (stop.stop_requested())
            return {};
        const std::span<const float> part = values.read(first, std::min(kAtOnce, values.size() - first), room);
        hash.addData(QByteArrayView(std::as_bytes(part)));
    }
    return QStringLiteral("sha256:") + QString::fromLatin1(hash.result().toHex());
}

TensorHash::TensorHash(Explorer& explorer)
    : QObject(&explorer)
    , m_explorer(explorer)
    , m_job([this](const Made& made) { receive(made); }, [](const std::exception_ptr&) {})
{
    connect(&explorer, &Explorer::tensorChanged, this, [this] { m_waiting.clear(); });
}

void TensorHash::prepare()
{
    const std::shared_ptr<const LoadedTensor> tensor = m_explorer.tensor();
    if (!tensor || m_wanted.lock() == tensor)
        return;
    m_wanted = tensor;
    m_job.submit([tensor](const std::stop_token& stop) { return Made{tensor, hashOf(tensor->tensor().values, stop)}; });
}

QString TensorHash::known() const
{
    return m_explorer.tensor() && m_made.tensor.lock() == m_explorer.tensor() ? m_made.hash : QString();
}

void TensorHash::whenKnown(std::function<void(const QString&)> then)
{
    if (!m_explorer.tensor() || !known().isEmpty()) {
        then(known());
        return;
    }
    m_waiting.push_back(std::move(then));
    prepare();
}

void TensorHash::receive(const Made& made)
{
    m_made = made;
    if (known().isEmpty())
        return;
    for (const auto& then : std::exchange(m_waiting, {}))
        then(m_made.hash);
}

}  // namespace nanoscope
