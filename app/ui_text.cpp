#include "app/ui_text.h"

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextDocumentFragment>
#include <QTextEdit>

namespace nanoscope {
namespace {

/// As it is read: plain blanks, no markup.
QString withoutMarkup(const QLabel& label)
{
    const bool isRich = label.textFormat() == Qt::RichText
        || (label.textFormat() == Qt::AutoText && Qt::mightBeRichText(label.text()));
    const QString text = isRich ? QTextDocumentFragment::fromHtml(label.text()).toPlainText() : label.text();
    return QString(text).replace(QChar::Nbsp, ' ');
}

QString cellText(const QModelIndex& index)
{
    const QString shown = index.data().toString();
    return shown.isEmpty() ? index.data(Qt::AccessibleTextRole).toString() : shown;
}

void appendRows(const QAbstractItemModel& model, const QModelIndex& parent, int depth, int mostRows, QStringList& lines)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        if (lines.size() > mostRows)
            return;
        QStringList cells;
        for (int column = 0; column < model.columnCount(parent); ++column)
            cells.append(cellText(model.index(row, column, parent)));
        lines.append(QString(2 * depth, ' ') + cells.join('\t'));
        appendRows(model, model.index(row, 0, parent), depth + 1, mostRows, lines);
    }
}

}  // namespace

QString ownText(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        return withoutMarkup(*label);
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        return button->text();
    if (const auto* line = qobject_cast<const QLineEdit*>(&widget))
        return line->text();
    if (const auto* box = qobject_cast<const QComboBox*>(&widget))
        return box->currentText();
    if (const auto* spin = qobject_cast<const QAbstractSpinBox*>(&widget))
        return spin->text();
    if (const auto* slider = qobject_cast<const QAbstractSlider*>(&widget))
        return QString::number(slider->value());
    if (const auto* plain = qobject_cast<const QPlainTextEdit*>(&widget))
        return plain->toPlainText();
    if (const auto* rich = qobject_cast<const QTextEdit*>(&widget))
        return rich->toPlainText();
    return {};
}

QStringList tableText(const QAbstractItemModel& model, int mostRows)
{
    QStringList header;
    for (int column = 0; column < model.columnCount(); ++column)
        header.append(model.headerData(column, Qt::Horizontal).toString());
    QStringList lines{header.join('\t')};
    appendRows(model, {}, 0, mostRows, lines);
    if (lines.size() > mostRows)
        lines.append(QStringLiteral("…"));
    return lines;
}

QString readableText(const QWidget& widget, int mostRows)
{
    QStringList lines;
    QList<const QWidget*> all{&widget};
    for (const QWidget* each : widget.findChildren<QWidget*>())
        all.append(each);
    for (const QWidget* each : all) {
        if (each != &widget && !each->isVisibleTo(&widget))
            continue;
        if (const QString text = ownText(*each); !text.isEmpty())
            lines.append(text);
        if (!each->accessibleDescription().isEmpty())
            lines.append(each->accessibleDescription());
        const auto* view = qobject_cast<const QAbstractItemView*>(each);
        if (view && view->model() && !view->inherits("QComboBoxListView"))
            lines += tableText(*view->model(), mostRows);
    }
    return lines.join('\n');
}

}  // namespace nanoscope
