// How PresetBrowser is laid out, and which signal leads where.
#include "widgets/format_difference_view.h"
#include "widgets/message_bar.h"
#include "widgets/preset_browser.h"
#include "widgets/preset_browser_model.h"
#include "widgets/preset_filter.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTextBrowser>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace nanoscope {
namespace {

/// Between figures and words, which are aligned to each other's side.
const QString kGap = QStringLiteral("   ");

/// Shows where the focus is on rows that are not selected; selected ones show it already.
class CalmDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (option->state.testFlag(QStyle::State_Selected))
            option->state.setFlag(QStyle::State_HasFocus, false);
        if (index.column() == PresetBrowserModel::StandingColumn)
            option->text.prepend(kGap);
    }
};

}  // namespace

void PresetBrowser::buildTop(QVBoxLayout& layout)
{
    m_search->setObjectName(QStringLiteral("presetSearch"));
    m_search->setAccessibleName(tr("Preset search"));
    m_search->setPlaceholderText(tr("name, title, other name, source or system"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    auto* searchLabel = new QLabel(tr("&Search"), this);
    searchLabel->setBuddy(m_search);
    m_grouping->setObjectName(QStringLiteral("presetGrouping"));
    m_grouping->setAccessibleName(tr("Group presets by"));
    m_grouping->addItems({tr("family"), tr("system of the reading list")});
    auto* groupingLabel = new QLabel(tr("&Group by"), this);
    groupingLabel->setBuddy(m_grouping);
    m_count->setObjectName(QStringLiteral("presetCount"));

    auto* row = new QHBoxLayout;
    row->addWidget(searchLabel);
    row->addWidget(m_search, 1);
    row->addWidget(m_count);
    row->addSpacing(12);
    row->addWidget(groupingLabel);
    row->addWidget(m_grouping);
    layout.addLayout(row);

    connect(m_search, &QLineEdit::textChanged, this, &PresetBrowser::search);
    connect(m_grouping, &QComboBox::currentIndexChanged, this, [this](int index) {
        const QStringList selected = selectedPresets();
        m_model->setGrouping(index == 0 ? PresetBrowserModel::Grouping::Family : PresetBrowserModel::Grouping::System);
        search(m_search->text());
        if (!selected.isEmpty())
            showPreset(selected.front());
    });
}

void PresetBrowser::buildList(QVBoxLayout& layout)
{
    m_tree->setObjectName(QStringLiteral("presetList"));
    m_tree->setAccessibleName(tr("Preset list"));
    m_tree->setModel(m_filter);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setItemDelegate(new CalmDelegate(m_tree));
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->installEventFilter(this);
    m_tree->header()->setStretchLastSection(true);

    m_details->setObjectName(QStringLiteral("presetDetails"));
    m_details->setAccessibleName(tr("Preset details"));
    m_details->setOpenLinks(false);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(std::max(9.0, font().pointSizeF()));
    m_details->document()->setDefaultStyleSheet(
        QStringLiteral("pre { font-family: \"%1\"; font-size: %2pt; }").arg(fixed.family()).arg(fixed.pointSizeF()));
    m_pane->addWidget(m_details);
    m_pane->addWidget(m_difference);

    auto* splitter = new QSplitter(this);
    splitter->setObjectName(QStringLiteral("presetSplitter"));
    splitter->addWidget(m_tree);
    splitter->addWidget(m_pane);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({540, 540});
    layout.addWidget(splitter, 1);

    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PresetBrowser::showSelection);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &PresetBrowser::showSelection);
    connect(m_tree, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
        if (m_model->presetAt(m_filter->mapToSource(index)))
            useCurrent(false);
        else
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
    });
}

void PresetBrowser::buildButtons(QVBoxLayout& layout)
{
    m_inForce->setObjectName(QStringLiteral("presetInForce"));
    m_inForce->setTextFormat(Qt::PlainText);
    auto* save = new QPushButton(tr("Sa&ve as preset…"), this);
    auto* close = new QPushButton(tr("Close"), this);
    m_useA->setObjectName(QStringLiteral("presetUseA"));
    m_useA->setToolTip(tr("Make the selected preset format A (Enter)"));
    m_useB->setObjectName(QStringLiteral("presetUseB"));
    m_useB->setToolTip(tr("Make the selected preset format B (Ctrl+Enter)"));
    m_compare->setObjectName(QStringLiteral("presetCompare"));
    m_compare->setToolTip(
        tr("Show field by field how the two selected presets differ, or the selected one and format A"));
    save->setObjectName(QStringLiteral("presetSave"));
    save->setToolTip(tr("Keep a format that is in force as a preset of your own"));
    close->setObjectName(QStringLiteral("presetClose"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_useA);
    row->addWidget(m_useB);
    row->addWidget(m_compare);
    row->addSpacing(12);
    row->addWidget(m_inForce, 1);
    row->addWidget(save);
    row->addWidget(close);
    layout.addLayout(row);
    for (QPushButton* button : {m_useA, m_useB, m_compare, save, close})
        button->setAutoDefault(false);  // Enter is for the list

    connect(m_useA, &QPushButton::clicked, this, [this] { useCurrent(false); });
    connect(m_useB, &QPushButton::clicked, this, [this] { useCurrent(true); });
    connect(m_compare, &QPushButton::clicked, this, &PresetBrowser::compare);
    connect(save, &QPushButton::clicked, this, &PresetBrowser::saveRequested);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

}  // namespace nanoscope
