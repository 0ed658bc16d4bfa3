#pragma once

#include "widgets/command_model.h"

#include <QDialog>

#include <vector>

class QLabel;
class QLineEdit;
class QTreeView;

namespace nanoscope {

/// A searchable list of everything that can be done: typing filters, arrows move, Enter runs, Escape closes.
class CommandPalette : public QDialog {
    Q_OBJECT

public:
    explicit CommandPalette(QWidget* parent = nullptr);

    /// Forgets the last search and lists these.
    void setCommands(std::vector<CommandEntry> commands);
    [[nodiscard]] const CommandModel& model() const { return *m_model; }

signals:
    /// The palette has closed; this is to be done.
    void commandChosen(int id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& words);
    void selectFirst();
    void choose();

    CommandModel* m_model;
    QLineEdit* m_search;
    QTreeView* m_list;
    QLabel* m_count;
};

}  // namespace nanoscope
