#include "widgets/book_finder.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <cstddef>

namespace nanoscope {
namespace {

/// The rarest that occurs; the last of several.
int rarestOf(const std::vector<BookChoice>& books)
{
    std::size_t rarest = 0;
    for (std::size_t i = 1; i < books.size(); ++i)
        if (books[i].share > 0.0 && (books[rarest].share <= 0.0 || books[i].share <= books[rarest].share))
            rarest = i;
    return static_cast<int>(rarest);
}

}  // namespace

BookFinder::BookFinder(QWidget* parent)
    : QWidget(parent)
    , m_books(new QComboBox(this))
{
    m_books->setObjectName(QStringLiteral("bookToFind"));
    m_books->setAccessibleName(tr("Codebook to find"));
    m_books->setToolTip(tr("Codebook that the block is to have"));
    m_books->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto* find = new QPushButton(this);
    find->setObjectName(QStringLiteral("findBook"));
    find->setText(tr("Find next"));
    find->setAccessibleName(tr("Find the next block with this codebook"));
    find->setToolTip(tr("Go to the next block that chose this codebook (N)"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* label = new QLabel(tr("with"), this);
    label->setBuddy(m_books);
    layout->addWidget(find);
    layout->addWidget(label);
    layout->addWidget(m_books);
    connect(m_books, &QComboBox::activated, this, [this] { m_chosen = m_books->currentText(); });
    connect(find, &QPushButton::clicked, this, &BookFinder::ask);
    hide();
}

void BookFinder::setBooks(const std::vector<BookChoice>& books)
{
    if (books == m_choices)
        return;
    m_choices = books;
    m_books->clear();
    for (const BookChoice& book : books)
        m_books->addItem(book.name);
    for (std::size_t i = 0; i < books.size(); ++i)
        m_books->setItemData(
            static_cast<int>(i), tr("chosen by %1 %").arg(100.0 * books[i].share, 0, 'f', 1), Qt::ToolTipRole);
    const int same = m_books->findText(m_chosen);
    m_books->setCurrentIndex(same >= 0 ? same : rarestOf(books));
    setVisible(books.size() > 1);
}

void BookFinder::ask()
{
    if (m_choices.size() > 1)
        Q_EMIT bookRequested(static_cast<quint32>(m_books->currentIndex()));
}

}  // namespace nanoscope
