#include "widgets/command_palette.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nanoscope {

CommandPalette::CommandPalette(QWidget* parent)
    : QDialog(parent)
    , m_model(new CommandModel(this))
    , m_search(new QLineEdit)
    , m_list(new QTreeView)
    , m_count(new QLabel)
{
    setObjectName("CommandPalette");
    setWindowTitle(tr("Commands"));
    m_search->setObjectName("CommandPalette.search");
    m_search->setAccessibleName(tr("Search commands"));
    m_search->setPlaceholderText(tr("What do you want to do?"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_list->setObjectName("CommandPalette.list");
    m_list->setAccessibleName(tr("Commands"));
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(CommandModel::Text, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(CommandModel::Place, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(CommandModel::Shortcut, QHeaderView::ResizeToContents);
    m_count->setObjectName("CommandPalette.count");

    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_count);
    resize(fontMetrics().averageCharWidth() * 100, fontMetrics().height() * 26);

    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::choose);
    connect(m_list, &QTreeView::activated, this, &CommandPalette::choose);
}

void CommandPalette::setCommands(std::vector<CommandEntry> commands)
{
    m_model->setCommands(std::move(commands));
    m_search->clear();
    search({});
    m_search->setFocus();
}

void CommandPalette::search(const QString& words)
{
    m_model->setWanted(words);
    m_count->setText(m_model->rowCount() > 0
            ? tr("%n command(s); Enter runs the selected one", nullptr, m_model->rowCount())
            : tr("no command holds all of these words"));
    selectFirst();
}

/// The first that is possible now.
void CommandPalette::selectFirst()
{
    for (int row = 0; row < m_model->rowCount(); ++row)
        if (m_model->entry(row).enabled) {
            m_list->setCurrentIndex(m_model->index(row, 0));
            m_list->scrollToTop();
            return;
        }
}

void CommandPalette::choose()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid() || !m_model->entry(current.row()).enabled)
        return;
    const int id = m_model->entry(current.row()).id;
    accept();
    emit commandChosen(id);
}

/// Keys that move in the list do so while the focus stays where typing searches.
bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const auto moves = {Qt::Key_Up, Qt::Key_Down, Qt::Key_PageUp, Qt::Key_PageDown};
        if (std::find(moves.begin(), moves.end(), key) != moves.end()) {
            QApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace nanoscope
