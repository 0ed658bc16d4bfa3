#pragma once

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace nanoscope {

/// Something that can be done, as a list of commands shows it.
struct CommandEntry {
    int id = 0;        ///< what is told when it is chosen
    QString text;      ///< what it does
    QString place;     ///< where else it is found, for example a menu
    QString shortcut;  ///< as people read it; empty for none
    bool enabled = true;
};

/// The commands that a search finds, best first: those whose text begins with what was typed, then those whose text
/// holds all words, then those that hold the rest of the words in their place or shortcut.
class CommandModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Text, Place, Shortcut, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void setCommands(std::vector<CommandEntry> commands);
    /// Words that must all be found, in any order; empty shows everything.
    void setWanted(const QString& words);
    /// @param row  below rowCount()
    [[nodiscard]] const CommandEntry& entry(int row) const
    {
        return m_commands[m_shown[static_cast<std::size_t>(row)]];
    }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void find();

    std::vector<CommandEntry> m_commands;
    std::vector<std::size_t> m_shown;  // indices into m_commands
    QString m_wanted;
};

}  // namespace nanoscope
