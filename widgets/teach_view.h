#pragma once

#include "core/analysis/block_lab.h"
#include "widgets/theme.h"

#include <QWidget>

#include <memory>
#include <vector>

class QAbstractButton;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace nanoscope {

class TeachLine;
class TeachTable;

/// One block, large enough for a wall: what it shares, every element with its value and bits, the number line of the
/// chosen element and its derivation. Values are typed or dragged, bits flipped; in questions the learner says which
/// level a value takes before it is shown.
class TeachView : public QWidget {
    Q_OBJECT

public:
    explicit TeachView(QWidget* parent = nullptr);

    /// Null empties the view.
    void setBlock(std::shared_ptr<const LabBlock> block);
    /// Where the block is from, in words; may be empty.
    void setSource(const QString& text);
    /// Why there is no block, or an error; takes the place of the derivation.
    void setProblem(const QString& text);
    /// Whether there is a block of a tensor to take.
    void setTensorAvailable(bool isAvailable);
    void setTheme(const Theme& theme);

    [[nodiscard]] bool isQuestion() const;

Q_SIGNALS:
    /// The user gave all values anew.
    void valuesEdited(const std::vector<float>& values);
    /// The user changed one value.
    void valueEdited(int element, float value);
    void bitFlipped(std::size_t place);
    void elementSelected(int element);
    /// The selected block of the tensor is wanted.
    void tensorBlockRequested();
    /// All bits are to be as the encoder wrote them.
    void bitsRestoreRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void createControls();
    void createTables();
    void createQuiz();
    void layOut();
    void enlarge();
    void showBlock();
    void showQuiz();
    void readValues();
    void setPick(std::uint32_t code);
    void forgetPick();
    void reveal();
    void askNext();
    [[nodiscard]] QString hiddenText() const;

    std::shared_ptr<const LabBlock> m_block;
    Theme m_theme = lightTheme();
    QPushButton* m_take;
    QPushButton* m_restore;
    QCheckBox* m_questions;
    QLineEdit* m_values;
    QLabel* m_valuesLabel;
    QLabel* m_source;
    TeachTable* m_shared;
    TeachTable* m_elements;
    QLabel* m_legend;
    TeachLine* m_line;
    QLabel* m_derivation;
    QWidget* m_quiz;
    QLabel* m_codeLabel;
    QLineEdit* m_code;
    QPushButton* m_reveal;
    QPushButton* m_next;
    QLabel* m_score;
    bool m_isHidden = false;  // the answer, while a question is open
    bool m_isEnlarging = false;
    int m_asked = 0;
    int m_right = 0;
    QString m_verdict;
    QString m_problem;
};

}  // namespace nanoscope
