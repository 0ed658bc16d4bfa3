#pragma once

#include "widgets/model_state.h"
#include "widgets/theme.h"

#include <QString>
#include <QTimer>
#include <QWidget>

#include <memory>

class QAbstractItemModel;
class QLabel;
class QLineEdit;
class QProgressBar;
class QSortFilterProxyModel;
class QTableView;
class QTabWidget;
class QToolButton;

namespace nanoscope {

class ModelMap;
class ModelTable;

/// Every tensor of a file under several formats, worst first, as a table and as a map of the same rows; a row leads to
/// its tensor.
class ModelOverview : public QWidget {
    Q_OBJECT

public:
    explicit ModelOverview(QWidget* parent = nullptr);

    /// Null: no file.
    void setState(std::shared_ptr<const ModelState> state);
    /// The tensor that is explored.
    void setCurrent(const QString& tensor);
    void setTheme(const Theme& theme);

    [[nodiscard]] ModelMap& map() { return *m_map; }
    /// Rows as they are shown: sorted, and only those that pass the filter.
    [[nodiscard]] const QAbstractItemModel& tableModel() const;
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

signals:
    void tensorChosen(const QString& name);
    /// The user stopped the measuring, or wants it to go on.
    void runAsked(bool run);

private:
    enum class Scrolling { None, ToIt };

    void setUpTable();
    [[nodiscard]] QWidget* makeControls();
    void showState();
    void arrangeColumns();
    void showMap();
    void showCurrent(Scrolling scrolling);
    [[nodiscard]] QString totalText() const;

    std::shared_ptr<const ModelState> m_state;
    QString m_current;
    QLineEdit* m_text;
    QProgressBar* m_progress;
    QToolButton* m_run;
    QLabel* m_total;
    QTabWidget* m_pages;
    ModelTable* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_table;
    ModelMap* m_map;
    QTimer m_mapSoon;  // gathers what the table's rows do into one picture
};

}  // namespace nanoscope
