#include "widgets/book_label.h"

#include <algorithm>

namespace nanoscope {

QString bookLabel(const std::vector<std::string>& names, std::size_t index)
{
    const QString name = QString::fromStdString(names[index]);
    const bool isUnique = std::count(names.begin(), names.end(), names[index]) == 1;
    return isUnique ? name : QStringLiteral("%1 #%2").arg(name).arg(index + 1);
}

std::vector<ElementBook> booksOf(const FormatSpec& spec)
{
    if (!spec.mix)
        return spec.elements;
    std::vector<ElementBook> books;
    for (const FormatSpec& part : spec.mix->parts)
        books.insert(books.end(), part.elements.begin(), part.elements.end());
    return books;
}

}  // namespace nanoscope
