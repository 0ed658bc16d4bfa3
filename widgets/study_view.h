#pragma once

#include "core/analysis/study.h"
#include "widgets/study_content.h"
#include "widgets/theme.h"

#include <QString>
#include <QWidget>

#include <array>
#include <memory>

class QAbstractTableModel;
class QComboBox;
class QLabel;
class QTableView;

namespace nanoscope {

class ChartTableModel;

/// The comparators that are not formats, one page at a time: a picture, its finding in words, and its numbers.
class StudyView : public QWidget {
    Q_OBJECT

public:
    explicit StudyView(QWidget* parent = nullptr);

    /// Shows a result; none clears the view. What was chosen on each page stays where the new result has it.
    void setResult(std::shared_ptr<const StudyResult> result);
    /// Says that a new result is on its way; what is shown belongs to an earlier tensor or format.
    void setRunning(bool isRunning);
    void setTheme(const Theme& theme);

    void setPage(StudyPage page);
    [[nodiscard]] StudyPage page() const;

    [[nodiscard]] const StudyPlot& plot() const { return *m_plot; }
    [[nodiscard]] const QAbstractTableModel& tableModel() const;
    /// The table as tab-separated text with a header line.
    [[nodiscard]] QString toText() const;

Q_SIGNALS:
    /// The user turned to another page.
    void pageChanged(nanoscope::StudyPage page);

private:
    void showPage();
    void showPart();

    QComboBox* m_pages;
    QLabel* m_partLabel;
    QComboBox* m_parts;
    QLabel* m_note;
    StudyPlot* m_plot;
    QTableView* m_table;
    ChartTableModel* m_model;
    std::shared_ptr<const StudyResult> m_result;
    std::array<QString, kStudyPages> m_chosen;  // part of each page, by name: the next format may have others
    bool m_isRunning = false;
};

}  // namespace nanoscope
