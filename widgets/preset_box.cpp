#include "widgets/preset_box.h"

#include "widgets/preset_text.h"

#include <QCompleter>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

namespace nanoscope {
namespace {

enum Role {
    NameRole = Qt::UserRole,  ///< the preset's name; empty for a heading
    NamesRole,                ///< the name and the aliases
    SearchRole                ///< names and title
};

/// Completes by any part of name or title, and fills in the name.
class PresetCompleter : public QCompleter {
public:
    using QCompleter::QCompleter;

    QString pathFromIndex(const QModelIndex& index) const override { return index.data(NameRole).toString(); }
};

/// Presets without the headings.
class PresetsOnly : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        return !sourceModel()->index(row, 0, parent).data(NameRole).toString().isEmpty();
    }
};

QStandardItem* itemOf(const Preset& preset)
{
    const QString name = QString::fromStdString(preset.name);
    const QString title = QString::fromStdString(preset.title);
    QStringList names{name};
    for (const std::string& alias : preset.aliases)
        names << QString::fromStdString(alias);
    auto* item = new QStandardItem(name);
    item->setData(name, NameRole);
    item->setData(names, NamesRole);
    item->setData(names.join(u' ') + u' ' + title, SearchRole);
    item->setToolTip(title);
    return item;
}

}  // namespace

PresetBox::PresetBox(QWidget* parent)
    : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(8);
    setMaxVisibleItems(24);
    setModel(new QStandardItemModel(this));
    auto* presetsOnly = new PresetsOnly(this);
    presetsOnly->setSourceModel(model());
    auto* completer = new PresetCompleter(presetsOnly, this);
    completer->setCompletionRole(SearchRole);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setCompletionMode(QCompleter::PopupCompletion);
    setCompleter(completer);

    connect(this, &QComboBox::activated, this, [this](int index) {
        const QString name = itemData(index, NameRole).toString();
        if (!name.isEmpty())
            Q_EMIT presetChosen(name);
    });
    connect(lineEdit(), &QLineEdit::editingFinished, this, &PresetBox::takeTyped);
}

void PresetBox::setPresets(const std::vector<Preset>& presets)
{
    const QSignalBlocker blocker(this);
    auto* items = static_cast<QStandardItemModel*>(model());
    items->clear();
    QStringList families;
    for (const Preset& preset : presets)
        if (!families.contains(familyHeading(preset)))
            families << familyHeading(preset);
    for (const QString& family : families) {
        auto* heading = new QStandardItem(family);
        heading->setFlags(Qt::NoItemFlags);
        QFont font = heading->font();
        font.setBold(true);
        heading->setFont(font);
        items->appendRow(heading);
        for (const Preset& preset : presets)
            if (familyHeading(preset) == family)
                items->appendRow(itemOf(preset));
    }
    showName(m_shown);
}

void PresetBox::showName(const QString& name)
{
    const QSignalBlocker blocker(this);
    m_shown = name;
    setCurrentIndex(findData(name, NameRole));
    setEditText(name);
    lineEdit()->setCursorPosition(0);
}

void PresetBox::takeTyped()
{
    const QString typed = currentText().trimmed();
    if (typed == m_shown)
        return;
    const int row = rowOf(typed);
    if (row >= 0)
        m_shown = itemData(row, NameRole).toString();
    showName(m_shown);  // without such a preset what is in force stays
    if (row >= 0)
        Q_EMIT presetChosen(m_shown);
}

int PresetBox::rowOf(const QString& name) const
{
    for (int i = 0; i < count(); ++i)
        if (itemData(i, NamesRole).toStringList().contains(name, Qt::CaseInsensitive))
            return i;
    return -1;
}

}  // namespace nanoscope
