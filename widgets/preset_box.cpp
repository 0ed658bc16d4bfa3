#include "widgets/preset_box.h"

#include <QCompleter>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

namespace nanoscope {
namespace {

enum Role {
    NameRole = Qt::UserRole,  ///< the preset's name; empty for a heading
    SearchRole                ///< name and title
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

}  // namespace

QString presetFamily(const QString& name)
{
    if (name.startsWith(QStringLiteral("NxFP")))
        return QStringLiteral("NxFP");
    if (name.startsWith(QStringLiteral("M2")))
        return QStringLiteral("M2XFP");
    if (name.startsWith(QStringLiteral("MX")) && name.endsWith(u'+'))
        return QStringLiteral("MX+");
    if (name.startsWith(QStringLiteral("MXFP")) || name.startsWith(QStringLiteral("MXINT")))
        return QStringLiteral("MX");
    if (name.startsWith(QStringLiteral("NV")) || name == QStringLiteral("IF4") || name == QStringLiteral("FP4_UE5M3")
        || name == QStringLiteral("RaZeR_NVFP4"))
        return PresetBox::tr("NVFP4 and cousins");
    return PresetBox::tr("Others");
}

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
    QString family;
    for (const Preset& preset : presets) {
        const QString name = QString::fromStdString(preset.name);
        if (presetFamily(name) != family) {
            family = presetFamily(name);
            auto* heading = new QStandardItem(family);
            heading->setFlags(Qt::NoItemFlags);
            QFont font = heading->font();
            font.setBold(true);
            heading->setFont(font);
            items->appendRow(heading);
        }
        auto* item = new QStandardItem(name);
        item->setData(name, NameRole);
        item->setData(name + u' ' + QString::fromStdString(preset.title), SearchRole);
        item->setToolTip(QString::fromStdString(preset.title));
        items->appendRow(item);
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
    for (int i = 0; i < count(); ++i) {
        const QString name = itemData(i, NameRole).toString();
        if (!name.isEmpty() && name.compare(typed, Qt::CaseInsensitive) == 0) {
            m_shown = name;
            Q_EMIT presetChosen(name);
            return;
        }
    }
    showName(m_shown);  // no such preset: what is in force stays
}

}  // namespace nanoscope
