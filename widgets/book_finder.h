#pragma once

#include <QString>
#include <QWidget>

#include <vector>

class QComboBox;

namespace nanoscope {

/// A codebook that blocks can choose.
struct BookChoice {
    QString name;
    double share = 0.0;  ///< of the blocks (or subgroups) that chose it, 0 to 1
    bool operator==(const BookChoice&) const = default;
};

/// Asks for the next block that chose a codebook. Hidden while there is no choice.
class BookFinder : public QWidget {
    Q_OBJECT

public:
    explicit BookFinder(QWidget* parent = nullptr);

    /// What there is to choose from; at first the rarest that occurs; what the user chose comes back by its name.
    void setBooks(const std::vector<BookChoice>& books);

public Q_SLOTS:
    /// Asks for the next block that has the chosen codebook.
    void ask();

Q_SIGNALS:
    void bookRequested(quint32 book);

private:
    QComboBox* m_books;
    std::vector<BookChoice> m_choices;
    QString m_chosen;  ///< by the user
};

}  // namespace nanoscope
