#include "widgets/command_model.h"

#include <algorithm>
#include <utility>

namespace nanoscope {
namespace {

bool holdsAll(const QString& text, const QStringList& words)
{
    return std::all_of(
        words.begin(), words.end(), [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

/// The smaller the better; 3: not found.
int distance(const CommandEntry& entry, const QString& wanted, const QStringList& words)
{
    if (entry.text.startsWith(wanted, Qt::CaseInsensitive))
        return 0;
    if (holdsAll(entry.text, words))
        return 1;
    return holdsAll(entry.text + ' ' + entry.place + ' ' + entry.shortcut, words) ? 2 : 3;
}

}  // namespace

void CommandModel::setCommands(std::vector<CommandEntry> commands)
{
    beginResetModel();
    m_commands = std::move(commands);
    find();
    endResetModel();
}

void CommandModel::setWanted(const QString& words)
{
    beginResetModel();
    m_wanted = words.simplified();
    find();
    endResetModel();
}

void CommandModel::find()
{
    const QStringList words = m_wanted.split(' ', Qt::SkipEmptyParts);
    std::vector<std::pair<int, std::size_t>> found;
    for (std::size_t i = 0; i < m_commands.size(); ++i)
        if (const int far = distance(m_commands[i], m_wanted, words); far < 3)
            found.emplace_back(far, i);
    std::sort(found.begin(), found.end());
    m_shown.clear();
    for (const auto& [far, command] : found)
        m_shown.push_back(command);
}

int CommandModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int CommandModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant CommandModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    const CommandEntry& shown = entry(index.row());
    if (index.column() == Place)
        return shown.place;
    if (index.column() == Shortcut)
        return shown.shortcut;
    if (role == Qt::DisplayRole)
        return shown.text;
    QString spoken = shown.place.isEmpty() ? shown.text : tr("%1, in %2").arg(shown.text, shown.place);
    if (!shown.shortcut.isEmpty())
        spoken = tr("%1, key %2").arg(spoken, shown.shortcut);
    return shown.enabled ? spoken : tr("%1, not possible now").arg(spoken);
}

QVariant CommandModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Text ? tr("Command") : section == Place ? tr("Found in") : tr("Key");
}

Qt::ItemFlags CommandModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags able = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return entry(index.row()).enabled ? able : Qt::ItemFlags(Qt::ItemNeverHasChildren);
}

}  // namespace nanoscope
