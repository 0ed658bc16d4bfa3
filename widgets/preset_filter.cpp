#include "widgets/preset_filter.h"

#include "widgets/preset_browser_model.h"

namespace nanoscope {
namespace {

/// How well a name fits, the smaller the better.
int distance(const QString& name, const QString& text)
{
    if (name.compare(text, Qt::CaseInsensitive) == 0)
        return 0;
    if (name.startsWith(text, Qt::CaseInsensitive))
        return 1;
    return name.contains(text, Qt::CaseInsensitive) ? 2 : 3;
}

}  // namespace

PresetFilter::PresetFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void PresetFilter::setWanted(const QString& words)
{
    m_wanted = words;
    invalidateFilter();
}

bool PresetFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    return matchesSearch(index.data(PresetBrowserModel::SearchRole).toString(), m_wanted);
}

QModelIndex PresetFilter::bestMatch(const QString& text) const
{
    QModelIndex best;
    int smallest = 4;
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex heading = index(group, 0);
        if (!best.isValid())
            best = heading;
        for (int row = 0; row < rowCount(heading); ++row) {
            const QModelIndex preset = index(row, 0, heading);
            const int here = distance(preset.data().toString(), text);
            if (here < smallest) {
                best = preset;
                smallest = here;
            }
        }
    }
    return best;
}

}  // namespace nanoscope
