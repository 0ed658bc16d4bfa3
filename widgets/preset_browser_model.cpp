#include "widgets/preset_browser_model.h"

#include "core/format/preset_table.h"
#include "widgets/preset_text.h"

#include <QHash>

#include <algorithm>

namespace nanoscope {
namespace {

QString fromNames(const std::vector<std::string>& names)
{
    QStringList list;
    for (const std::string& name : names)
        list << QString::fromStdString(name);
    return list.join(u' ');
}

/// Without what a name is written with or without.
QString bare(QString text)
{
    return text.remove(u'-').remove(u'_').remove(u'.');
}

}  // namespace

QString searchForm(const QString& text)
{
    const QString lower = text.toLower();
    return lower + u'\n' + bare(lower);
}

bool matchesSearch(const QString& searched, const QString& wanted)
{
    const QStringList words = wanted.toLower().split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&searched](const QString& word) {
        const QString key = bare(word);
        return searched.contains(word) || (!key.isEmpty() && searched.contains(key));
    });
}

PresetBrowserModel::PresetBrowserModel(QObject* parent)
    : QStandardItemModel(0, kColumns, parent)
{
    setHorizontalHeaderLabels({tr("Name"), tr("Bits"), tr("Levels"), tr("   Standing")});
    for (const Column column : {BitsColumn, LevelsColumn})
        setHeaderData(column, Qt::Horizontal, QVariant(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
    for (const Column column : {NameColumn, StandingColumn})
        setHeaderData(column, Qt::Horizontal, QVariant(Qt::AlignLeft | Qt::AlignVCenter), Qt::TextAlignmentRole);
}

void PresetBrowserModel::setPresets(std::vector<Preset> presets, std::vector<System> systems)
{
    m_presets = std::move(presets);
    m_systems = std::move(systems);
    m_bits.assign(m_presets.size(), {});
    m_levels.assign(m_presets.size(), {});
    m_search.clear();
    for (const Preset& preset : m_presets)
        m_search.push_back(searchText(preset));
    fill();
}

void PresetBrowserModel::setGrouping(Grouping grouping)
{
    if (grouping == m_grouping)
        return;
    m_grouping = grouping;
    fill();
}

QString PresetBrowserModel::searchText(const Preset& preset) const
{
    QStringList parts;
    for (const std::string* part :
        {&preset.name, &preset.title, &preset.description, &preset.source, &preset.family, &preset.standing})
        parts << QString::fromStdString(*part);
    parts << fromNames(preset.aliases);
    for (const System* system : systemsOf(preset))
        parts << QString::fromStdString(system->name) << QString::fromStdString(system->title);
    return searchForm(parts.join(u'\n'));
}

std::vector<const System*> PresetBrowserModel::systemsOf(const Preset& preset) const
{
    std::vector<const System*> systems;
    for (const System& system : m_systems)
        if (std::find(system.presets.begin(), system.presets.end(), preset.name) != system.presets.end())
            systems.push_back(&system);
    return systems;
}

void PresetBrowserModel::fill()
{
    setRowCount(0);
    if (m_grouping == Grouping::Family)
        fillByFamily();
    else
        fillBySystem();
}

QStandardItem* PresetBrowserModel::addHeading(const QString& text, const QString& search)
{
    auto* heading = new QStandardItem(text);
    QFont font;
    font.setBold(true);
    heading->setFont(font);
    heading->setData(search, SearchRole);
    appendRow(heading);
    return heading;
}

QList<QStandardItem*> PresetBrowserModel::rowOf(std::size_t number) const
{
    const Preset& preset = m_presets[number];
    QList<QStandardItem*> row{new QStandardItem(QString::fromStdString(preset.name)), new QStandardItem,
        new QStandardItem, new QStandardItem(QString::fromStdString(preset.standing))};
    for (QStandardItem* item : row) {
        item->setData(static_cast<int>(number), PresetRole);
        item->setToolTip(QString::fromStdString(preset.title));
    }
    row[NameColumn]->setData(m_search[number], SearchRole);
    row[BitsColumn]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row[LevelsColumn]->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return row;
}

void PresetBrowserModel::fillByFamily()
{
    QHash<QString, QStandardItem*> headings;
    for (std::size_t i = 0; i < m_presets.size(); ++i) {
        QStandardItem*& heading = headings[familyHeading(m_presets[i])];
        if (!heading)
            heading = addHeading(familyHeading(m_presets[i]));
        heading->appendRow(rowOf(i));
    }
}

void PresetBrowserModel::fillBySystem()
{
    std::vector<bool> isListed(m_presets.size(), false);
    for (std::size_t s = 0; s < m_systems.size(); ++s) {
        const System& system = m_systems[s];
        const QString name = QString::fromStdString(system.name);
        const QString text = QStringList{name, QString::fromStdString(system.title),
            QString::fromStdString(system.note), fromNames(system.studies)}
                                 .join(u'\n');
        QStandardItem* heading = addHeading(tr("%1  %2").arg(system.number).arg(name), searchForm(text));
        heading->setData(static_cast<int>(s), SystemRole);
        for (const std::string& wanted : system.presets)
            for (std::size_t i = 0; i < m_presets.size(); ++i)
                if (m_presets[i].name == wanted) {
                    heading->appendRow(rowOf(i));
                    isListed[i] = true;
                }
    }
    QStandardItem* others = nullptr;
    for (std::size_t i = 0; i < m_presets.size(); ++i) {
        if (isListed[i])
            continue;
        if (!others)
            others = addHeading(tr("Beside the reading list"));
        others->appendRow(rowOf(i));
    }
}

const Preset* PresetBrowserModel::presetAt(const QModelIndex& index) const
{
    const QVariant number = index.siblingAtColumn(NameColumn).data(PresetRole);
    return number.isValid() ? &m_presets[static_cast<std::size_t>(number.toInt())] : nullptr;
}

const System* PresetBrowserModel::systemAt(const QModelIndex& index) const
{
    const QVariant number = index.siblingAtColumn(NameColumn).data(SystemRole);
    return number.isValid() ? &m_systems[static_cast<std::size_t>(number.toInt())] : nullptr;
}

QModelIndex PresetBrowserModel::indexOf(const QString& name) const
{
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex heading = index(group, 0);
        for (int row = 0; row < rowCount(heading); ++row) {
            const QModelIndex found = index(row, NameColumn, heading);
            if (found.data().toString() == name)
                return found;
        }
    }
    return {};
}

QVariant PresetBrowserModel::data(const QModelIndex& index, int role) const
{
    if (role != Qt::DisplayRole || (index.column() != BitsColumn && index.column() != LevelsColumn))
        return QStandardItemModel::data(index, role);
    const QVariant number = QStandardItemModel::data(index, PresetRole);
    if (!number.isValid())
        return {};
    const auto i = static_cast<std::size_t>(number.toInt());
    QString& text = index.column() == BitsColumn ? m_bits[i] : m_levels[i];
    if (text.isEmpty()) {
        const FormatSpec& spec = m_presets[i].spec;
        text = QString::fromStdString(index.column() == BitsColumn ? bitsText(spec) : levelsText(spec));
    }
    return text;
}

}  // namespace nanoscope
