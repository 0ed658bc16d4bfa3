#pragma once

#include "core/format/format_json.h"

#include <QWidget>

class QLabel;
class QStandardItemModel;
class QTableView;

namespace nanoscope {

/// Why two formats differ: their fields side by side, those that are equal left out.
class FormatDifferenceView : public QWidget {
    Q_OBJECT

public:
    explicit FormatDifferenceView(QWidget* parent = nullptr);

    void setFormats(const NamedFormat& a, const NamedFormat& b);
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

private:
    void copy() const;

    QLabel* m_title;
    QStandardItemModel* m_model;
    QTableView* m_view;
};

}  // namespace nanoscope
