#pragma once

#include <QSortFilterProxyModel>

namespace nanoscope {

/// The rows of a PresetBrowserModel that a search finds, with their headings.
class PresetFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit PresetFilter(QObject* parent = nullptr);

    /// Words that must all be found; empty shows everything.
    void setWanted(const QString& words);
    /// The row that someone who typed `text` most likely means: a preset of this name, else one whose name begins so,
    /// else one whose name holds it, else the first; invalid when nothing is shown.
    [[nodiscard]] QModelIndex bestMatch(const QString& text) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    QString m_wanted;
};

}  // namespace nanoscope
