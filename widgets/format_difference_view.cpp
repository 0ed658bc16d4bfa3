#include "widgets/format_difference_view.h"

#include "core/format/format_difference.h"
#include "widgets/field_meaning_text.h"
#include "widgets/table_text.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

namespace nanoscope {
namespace {

enum Column { FieldColumn, AColumn, BColumn, MeaningColumn };

constexpr int kWidestValue = 24;  // letters; longer lists are elided, the tool tip has them whole

/// Long lists of levels by their beginning; what is copied and the tool tip have more.
class BriefDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QString displayText(const QVariant& value, const QLocale& locale) const override
    {
        constexpr int kLongest = 160;
        const QString text = QStyledItemDelegate::displayText(value, locale);
        return text.size() > kLongest ? text.left(kLongest) + QStringLiteral(" …") : text;
    }
};

QString valueText(const std::string& value)
{
    return value.empty() ? QStringLiteral("—") : QString::fromStdString(value);
}

QStandardItem* cell(const QString& text)
{
    auto* item = new QStandardItem(text);
    constexpr int kLongestTip = 1500;
    item->setToolTip(text.left(kLongestTip).toHtmlEscaped());
    return item;
}

}  // namespace

FormatDifferenceView::FormatDifferenceView(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_model(new QStandardItemModel(this))
    , m_view(new QTableView(this))
{
    m_title->setObjectName(QStringLiteral("differenceTitle"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_view->setObjectName(QStringLiteral("differenceTable"));
    m_view->setAccessibleName(tr("Fields that differ"));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new BriefDelegate(m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setAlternatingRowColors(true);
    m_view->setShowGrid(false);
    m_view->setWordWrap(true);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto* copyAction = new QAction(tr("Copy table"), m_view);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &FormatDifferenceView::copy);
    m_view->addAction(copyAction);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 4, 0, 0);
    layout->addWidget(m_title);
    layout->addWidget(m_view, 1);
}

void FormatDifferenceView::setFormats(const NamedFormat& a, const NamedFormat& b)
{
    const QString nameA = QString::fromStdString(a.name);
    const QString nameB = QString::fromStdString(b.name);
    const std::vector<FieldDifference> found = differences(a.spec, b.spec);
    if (found.empty())
        m_title->setText(tr("%1 and %2 are the same format").arg(nameA, nameB));
    else if (found.size() == 1)
        m_title->setText(tr("%1 and %2 differ in one field").arg(nameA, nameB));
    else
        m_title->setText(tr("%1 and %2 differ in %3 fields").arg(nameA, nameB).arg(found.size()));
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("Field"), nameA, nameB, tr("What it says")});
    for (const FieldDifference& difference : found)
        m_model->appendRow({cell(QString::fromStdString(difference.path)), cell(valueText(difference.a)),
            cell(valueText(difference.b)), cell(fieldMeaningText(difference.meaning))});
    m_view->resizeColumnsToContents();
    const int widest = m_view->fontMetrics().averageCharWidth() * kWidestValue;
    for (const int column : {FieldColumn, AColumn, BColumn})
        m_view->setColumnWidth(column, std::min(m_view->columnWidth(column), widest));
}

QString FormatDifferenceView::toText() const
{
    return tableText(*m_model);
}

void FormatDifferenceView::copy() const
{
    QApplication::clipboard()->setText(toText());
}

}  // namespace nanoscope
