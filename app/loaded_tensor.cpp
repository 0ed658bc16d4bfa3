#include "app/loaded_tensor.h"

#include <chrono>
#include <utility>

namespace nanoscope {
namespace {

constexpr int kLongestSampled = 1 << 13;  // block; of longer ones a sample would hold too few

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

LoadedTensor::LoadedTensor(Tensor tensor, double seconds)
    : m_tensor(std::move(tensor))
    , m_readSeconds(seconds)
{
}

std::optional<double> LoadedTensor::summarySeconds() const
{
    const std::lock_guard lock(m_mutex);
    return m_summarySeconds;
}

BlockView LoadedTensor::view(const TensorCut& cut, int block) const
{
    const std::lock_guard lock(m_mutex);
    if (!m_view || m_cut != cut) {
        m_view.emplace(m_tensor, cut.axis, block, cut.reshape);
        m_cut = cut;
    }
    return m_view->withBlock(block);
}

bool LoadedTensor::hasSummary(const TensorCut& cut, int block, SummaryKind kind) const
{
    const std::lock_guard lock(m_mutex);
    return keptSummary(cut, block, kind) != nullptr;
}

/// Under the lock.
std::shared_ptr<const ExactSummary> LoadedTensor::keptSummary(const TensorCut& cut, int block, SummaryKind kind) const
{
    for (const KeptSummary& kept : m_summaries)
        if (kept.cut == cut && kept.summary->block() == block && kept.summary->kind() == kind)
            return kept.summary;
    return nullptr;
}

std::shared_ptr<const ExactSummary> LoadedTensor::summary(
    const TensorCut& cut, int block, SummaryKind kind, const std::stop_token& stop) const
{
    constexpr std::size_t kMostKept = 6;
    const BlockView rows = view(cut, block);
    {
        const std::lock_guard lock(m_mutex);
        if (auto kept = keptSummary(cut, block, kind))
            return kept;
    }
    const auto start = std::chrono::steady_clock::now();
    auto made = std::make_shared<const ExactSummary>(rows, kind, PassOptions{0, stop});
    const std::lock_guard lock(m_mutex);
    m_summarySeconds = secondsSince(start);
    m_summaries.push_front({cut, made});
    if (m_summaries.size() > kMostKept)
        m_summaries.pop_back();
    return made;
}

std::shared_ptr<const BlockSample> LoadedTensor::sample(
    const TensorCut& cut, int block, const std::stop_token& stop) const
{
    constexpr std::size_t kMostKept = 4;
    if (m_tensor.info.elements < kFewestSampled || block > kLongestSampled)
        return nullptr;
    const BlockView rows = view(cut, block);
    {
        const std::lock_guard lock(m_mutex);
        for (const KeptSample& kept : m_samples)
            if (kept.cut == cut && kept.sample->block() == block)
                return kept.sample;
    }
    auto made = std::make_shared<const BlockSample>(rows, PassOptions{0, stop, {}});
    const std::lock_guard lock(m_mutex);
    m_samples.push_front({cut, made});
    if (m_samples.size() > kMostKept)
        m_samples.pop_back();
    return made;
}

}  // namespace nanoscope
