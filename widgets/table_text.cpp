#include "widgets/table_text.h"

#include <QAbstractItemModel>
#include <QStringList>

namespace nanoscope {

QString tableText(const QAbstractItemModel& model, const QList<int>& leftOut)
{
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        if (!leftOut.contains(column))
            cells << model.headerData(column, Qt::Horizontal).toString();
    lines << cells.join(u'\t');
    for (int row = 0; row < model.rowCount(); ++row) {
        cells.clear();
        for (int column = 0; column < model.columnCount(); ++column)
            if (!leftOut.contains(column))
                cells << model.index(row, column).data().toString();
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

}  // namespace nanoscope
