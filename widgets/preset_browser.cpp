#include "widgets/preset_browser.h"

#include "widgets/format_difference_view.h"
#include "widgets/message_bar.h"
#include "widgets/preset_browser_details.h"
#include "widgets/preset_browser_model.h"
#include "widgets/preset_filter.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace nanoscope {
namespace {

constexpr QSize kSize{1100, 700};
constexpr int kNameLetters = 32;  // widest names of presets with their indentation

bool isEnter(const QKeyEvent& key)
{
    return key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
}

}  // namespace

PresetBrowser::PresetBrowser(QWidget* parent)
    : QDialog(parent)
    , m_model(new PresetBrowserModel(this))
    , m_filter(new PresetFilter(this))
    , m_search(new QLineEdit(this))
    , m_grouping(new QComboBox(this))
    , m_count(new QLabel(this))
    , m_message(new MessageBar(this))
    , m_tree(new QTreeView(this))
    , m_pane(new QStackedWidget(this))
    , m_details(new QTextBrowser(this))
    , m_difference(new FormatDifferenceView(this))
    , m_inForce(new QLabel(this))
    , m_useA(new QPushButton(tr("Use as &A"), this))
    , m_useB(new QPushButton(tr("Use as &B"), this))
    , m_compare(new QPushButton(tr("&Compare"), this))
{
    setObjectName(QStringLiteral("presetBrowser"));
    setWindowTitle(tr("Presets"));
    setSizeGripEnabled(true);
    m_filter->setSourceModel(m_model);
    auto* layout = new QVBoxLayout(this);
    buildTop(*layout);
    layout->addWidget(m_message);
    buildList(*layout);
    buildButtons(*layout);
    resize(kSize);
    showSelection();
}

void PresetBrowser::setPresets(std::vector<Preset> presets, std::vector<System> systems)
{
    const QStringList selected = selectedPresets();
    m_model->setPresets(std::move(presets), std::move(systems));
    search(m_search->text());
    const int letter = m_tree->fontMetrics().averageCharWidth();
    m_tree->setColumnWidth(PresetBrowserModel::NameColumn, letter * kNameLetters);
    m_tree->setColumnWidth(PresetBrowserModel::BitsColumn, letter * 15);
    m_tree->setColumnWidth(PresetBrowserModel::LevelsColumn, letter * 11);
    if (!selected.isEmpty())
        showPreset(selected.front());
}

void PresetBrowser::setProblems(const QStringList& problems)
{
    constexpr int kMost = 3;  // lines that leave room for the list
    QStringList lines = problems.first(std::min<qsizetype>(problems.size(), kMost));
    if (problems.size() > kMost)
        lines << tr("and %1 more files that cannot be used").arg(problems.size() - kMost);
    if (lines.isEmpty())
        m_message->clear();
    else
        m_message->showError(lines.join(u'\n'));
}

void PresetBrowser::setFormats(const NamedFormat& a, const std::optional<NamedFormat>& b)
{
    m_a = a;
    const QString nameA = QString::fromStdString(a.name);
    m_inForce->setText(
        b ? tr("A is %1, B is %2").arg(nameA, QString::fromStdString(b->name)) : tr("A is %1").arg(nameA));
}

void PresetBrowser::setTheme(const Theme& theme)
{
    m_message->setTheme(theme);
}

void PresetBrowser::showPreset(const QString& name)
{
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(name));
    if (index.isValid())
        select(index);
}

void PresetBrowser::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PresetBrowser::search(const QString& text)
{
    m_filter->setWanted(text);
    for (int row = 0; row < m_filter->rowCount(); ++row)
        m_tree->setFirstColumnSpanned(row, {}, true);
    if (text.trimmed().isEmpty())
        m_tree->collapseAll();
    else
        m_tree->expandAll();
    countShown();
    if (!text.trimmed().isEmpty())
        selectBestMatch(text.trimmed());
}

void PresetBrowser::selectBestMatch(const QString& text)
{
    const QModelIndex best = m_filter->bestMatch(text);
    if (best.isValid())
        select(best);
    else
        m_tree->selectionModel()->clear();
}

void PresetBrowser::countShown()
{
    QSet<QString> shown;  // a preset of several systems has several rows
    for (int group = 0; group < m_filter->rowCount(); ++group) {
        const QModelIndex heading = m_filter->index(group, 0);
        for (int row = 0; row < m_filter->rowCount(heading); ++row)
            shown.insert(m_filter->index(row, 0, heading).data().toString());
    }
    const auto all = m_model->presets().size();
    m_count->setText(tr("%1 of %2").arg(shown.size()).arg(all));
}

void PresetBrowser::select(const QModelIndex& shown)
{
    m_tree->setExpanded(shown.parent(), true);
    m_tree->selectionModel()->setCurrentIndex(shown, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_tree->scrollTo(shown.parent());  // with its heading, if there is room for both
    m_tree->scrollTo(shown);
}

std::vector<const Preset*> PresetBrowser::selection() const
{
    std::vector<const Preset*> presets;
    QModelIndexList rows = m_tree->selectionModel()->selectedRows();
    const QModelIndex current = m_tree->currentIndex().siblingAtColumn(PresetBrowserModel::NameColumn);
    if (rows.removeOne(current))
        rows.prepend(current);
    for (const QModelIndex& row : rows)
        if (const Preset* preset = m_model->presetAt(m_filter->mapToSource(row)))
            presets.push_back(preset);
    return presets;
}

QStringList PresetBrowser::selectedPresets() const
{
    QStringList names;
    for (const Preset* preset : selection())
        names << QString::fromStdString(preset->name);
    return names;
}

void PresetBrowser::showSelection()
{
    const std::vector<const Preset*> presets = selection();
    m_useA->setEnabled(!presets.empty());
    m_useB->setEnabled(!presets.empty());
    m_compare->setEnabled(presets.size() == 1 || presets.size() == 2);
    if (presets.size() == 2) {
        m_difference->setFormats({presets[1]->name, presets[1]->spec}, {presets[0]->name, presets[0]->spec});
        m_pane->setCurrentWidget(m_difference);
        return;
    }
    m_pane->setCurrentWidget(m_details);
    const System* system = m_model->systemAt(m_filter->mapToSource(m_tree->currentIndex()));
    if (!presets.empty())
        m_details->setHtml(presetDetails(*presets.front(), m_model->systemsOf(*presets.front())));
    else if (system)
        m_details->setHtml(systemDetails(*system));
    else
        m_details->setPlainText(tr("Choose a preset to read about it. Choose two, with Ctrl and the mouse or Shift and "
                                   "the arrow keys, to see why they differ."));
}

void PresetBrowser::compare()
{
    const std::vector<const Preset*> presets = selection();
    if (presets.size() == 1) {
        m_difference->setFormats(m_a, {presets[0]->name, presets[0]->spec});
        m_pane->setCurrentWidget(m_difference);
    }
}

void PresetBrowser::useCurrent(bool asB)
{
    const std::vector<const Preset*> presets = selection();
    if (presets.empty())
        return;
    const QString name = QString::fromStdString(presets.front()->name);
    if (asB)
        Q_EMIT useAsBRequested(name);
    else
        Q_EMIT useAsARequested(name);
}

bool PresetBrowser::handleSearchKey(int key)
{
    if (key != Qt::Key_Down && key != Qt::Key_PageDown)
        return false;
    m_tree->setFocus(Qt::TabFocusReason);
    if (!m_tree->currentIndex().isValid() && m_filter->rowCount() > 0)
        select(m_filter->index(0, 0));
    return true;
}

bool PresetBrowser::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto& key = static_cast<const QKeyEvent&>(*event);
    if (isEnter(key)) {
        const QModelIndex current = m_tree->currentIndex();
        if (watched == m_tree && !m_model->presetAt(m_filter->mapToSource(current)))
            m_tree->setExpanded(current, !m_tree->isExpanded(current));
        else
            useCurrent(key.modifiers().testFlag(Qt::ControlModifier));
        return true;
    }
    if (watched == m_search && handleSearchKey(key.key()))
        return true;
    return QDialog::eventFilter(watched, event);
}

}  // namespace nanoscope
