#include "core/quant/search_candidates.h"

#include <algorithm>

namespace nanoscope {
namespace {

/// How many values one loop runs through at this level.
std::size_t extentOf(const FormatSpec& spec, Candidate loop, Unit unit)
{
    const bool searchBook = spec.chooser && spec.chooser->rule == ChooserRule::Search && spec.chooser->unit == unit;
    const bool searchMicro = spec.micro && spec.micro->rule == MicroRule::Search && spec.micro->unit == unit;
    switch (loop) {
    case Candidate::Offset:
        return unit == Unit::Block ? spec.scale.offsets.size() : 1;
    case Candidate::Target:
        return unit == Unit::Block ? std::max({spec.scale.targets.size(), spec.scale.clips.size(), std::size_t{1}}) : 1;
    case Candidate::Book:
        return searchBook ? spec.elements.size() : 1;
    case Candidate::Micro:
        return searchMicro ? spec.micro->grid().size() : 1;
    }
    return 1;
}

std::size_t& fieldOf(SearchCandidate& candidate, Candidate loop)
{
    switch (loop) {
    case Candidate::Offset:
        return candidate.offset;
    case Candidate::Target:
        return candidate.target;
    case Candidate::Book:
        return candidate.book;
    case Candidate::Micro:
        break;
    }
    return candidate.micro;
}

}  // namespace

std::vector<SearchCandidate> searchCandidates(const FormatSpec& spec, Unit unit)
{
    std::vector<SearchCandidate> candidates{SearchCandidate{}};
    for (const Candidate loop : spec.order) {
        std::vector<SearchCandidate> deeper;
        for (const SearchCandidate& outer : candidates)
            for (std::size_t i = 0; i < extentOf(spec, loop, unit); ++i) {
                deeper.push_back(outer);
                fieldOf(deeper.back(), loop) = i;
            }
        candidates = std::move(deeper);
    }
    return candidates;
}

}  // namespace nanoscope
