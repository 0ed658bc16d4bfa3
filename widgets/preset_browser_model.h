#pragma once

#include "core/format/preset.h"
#include "core/format/systems.h"

#include <QStandardItemModel>

#include <vector>

namespace nanoscope {

/// Presets as a tree: a heading for each family, or for each system of the reading list, and its presets below.
class PresetBrowserModel : public QStandardItemModel {
    Q_OBJECT

public:
    enum Column { NameColumn, BitsColumn, LevelsColumn, StandingColumn, kColumns };
    enum Role {
        PresetRole = Qt::UserRole,  ///< number of the preset, absent for a heading
        SystemRole,                 ///< number of the system in the list that was set, on the headings of systems
        SearchRole                  ///< everything that a search may find, in lower case
    };
    enum class Grouping { Family, System };

    explicit PresetBrowserModel(QObject* parent = nullptr);

    void setPresets(std::vector<Preset> presets, std::vector<System> systems);
    void setGrouping(Grouping grouping);

    [[nodiscard]] const std::vector<Preset>& presets() const { return m_presets; }
    /// The preset of a row; null for a heading.
    [[nodiscard]] const Preset* presetAt(const QModelIndex& index) const;
    /// The system of a heading; null for any other row.
    [[nodiscard]] const System* systemAt(const QModelIndex& index) const;
    /// The systems that a preset belongs to.
    [[nodiscard]] std::vector<const System*> systemsOf(const Preset& preset) const;
    /// The first row of a preset, by name; invalid when there is none.
    [[nodiscard]] QModelIndex indexOf(const QString& name) const;

    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void fill();
    void fillByFamily();
    void fillBySystem();
    [[nodiscard]] QList<QStandardItem*> rowOf(std::size_t number) const;
    QStandardItem* addHeading(const QString& text, const QString& search = {});
    [[nodiscard]] QString searchText(const Preset& preset) const;

    std::vector<Preset> m_presets;
    std::vector<System> m_systems;
    std::vector<QString> m_search;
    Grouping m_grouping = Grouping::Family;
    // Counting the levels of wide codebooks takes its time, so only rows that are looked at are counted.
    mutable std::vector<QString> m_bits;
    mutable std::vector<QString> m_levels;
};

/// The form in which texts are searched: lower case, and once more without what names are written with or without.
[[nodiscard]] QString searchForm(const QString& text);

/// True when every word of `wanted` is found in a SearchRole text.
[[nodiscard]] bool matchesSearch(const QString& searched, const QString& wanted);

}  // namespace nanoscope
