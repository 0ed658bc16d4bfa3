#include "widgets/teach_view.h"

#include "widgets/number_list.h"
#include "widgets/teach_cell.h"
#include "widgets/teach_line.h"
#include "widgets/teach_model.h"
#include "widgets/teach_table.h"
#include "widgets/teach_text.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nanoscope {
namespace {

constexpr double kEnlarged = 1.5;      // of the window's font
constexpr double kMostEnlarged = 2.1;  // of few elements
constexpr std::size_t kFewElements = 8;
constexpr int kHighWindow = 900;  // in which they and the number line fit

QString textOfValues(const LabBlock& block)
{
    QStringList texts;
    for (const ElementTrace& element : block.trace.elements)
        texts << exactFloatText(element.value);
    return texts.join(QStringLiteral(", "));
}

}  // namespace

TeachView::TeachView(QWidget* parent)
    : QWidget(parent)
{
    createControls();
    createTables();
    createQuiz();
    layOut();
    enlarge();
    showBlock();
}

void TeachView::createControls()
{
    m_take = new QPushButton(tr("&Use selected block"), this);
    m_take->setObjectName(QStringLiteral("teachTake"));
    m_take->setToolTip(tr("Take the values of the block that is selected in the tensor"));
    m_restore = new QPushButton(tr("Restore bits"), this);
    m_restore->setObjectName(QStringLiteral("teachRestore"));
    m_restore->setToolTip(tr("All bits as the encoder wrote them"));
    m_questions = new QCheckBox(tr("&Questions"), this);
    m_questions->setObjectName(QStringLiteral("teachQuestions"));
    m_questions->setToolTip(tr("Hides what the chosen value becomes until you have said it"));
    m_values = new QLineEdit(this);
    m_values->setObjectName(QStringLiteral("teachValues"));
    m_values->setAccessibleName(tr("Values of the block"));
    m_values->setPlaceholderText(tr("numbers, for example 0.3, −1.1, 2.2"));
    m_valuesLabel = new QLabel(tr("Va&lues"), this);
    m_valuesLabel->setBuddy(m_values);
    m_source = new QLabel(this);
    m_source->setObjectName(QStringLiteral("teachSource"));
    m_source->setMinimumWidth(60);
    connect(m_take, &QPushButton::clicked, this, &TeachView::tensorBlockRequested);
    connect(m_restore, &QPushButton::clicked, this, &TeachView::bitsRestoreRequested);
    connect(m_values, &QLineEdit::editingFinished, this, &TeachView::readValues);
    connect(m_questions, &QCheckBox::toggled, this, [this](bool isOn) {
        m_isHidden = isOn;
        m_verdict.clear();
        forgetPick();
        m_asked = 0;
        m_right = 0;
        showBlock();
    });
}

void TeachView::createTables()
{
    m_shared = new TeachTable(this);
    m_shared->setObjectName(QStringLiteral("teachShared"));
    m_shared->setAccessibleName(tr("Bits that the block shares"));
    m_shared->setShownRows(1);
    m_shared->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_elements = new TeachTable(this);
    m_elements->setObjectName(QStringLiteral("teachElements"));
    m_elements->setAccessibleName(tr("Values and bits of the elements"));
    m_elements->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_legend = new QLabel(this);
    m_legend->setObjectName(QStringLiteral("teachLegend"));
    m_legend->setTextFormat(Qt::RichText);
    m_legend->setWordWrap(true);
    m_line = new TeachLine(this);
    m_line->setObjectName(QStringLiteral("teachLine"));
    m_line->setAccessibleName(tr("Number line of the element"));
    m_derivation = new QLabel(this);
    m_derivation->setObjectName(QStringLiteral("teachDerivation"));
    m_derivation->setWordWrap(true);
    m_derivation->setTextInteractionFlags(Qt::TextSelectableByMouse);
    for (TeachTable* table : {m_shared, m_elements})
        connect(table, &TeachTable::bitFlipped, this, &TeachView::bitFlipped);
    connect(m_elements, &TeachTable::cellSelected, this, [this](int element) {
        if (m_questions->isChecked()) {
            m_isHidden = true;
            m_verdict.clear();
            forgetPick();
        }
        Q_EMIT elementSelected(element);
    });
    const auto edit = [this](int element, double value) {
        const auto largest = static_cast<double>(std::numeric_limits<float>::max());
        if (std::fabs(value) <= largest)
            Q_EMIT valueEdited(element, static_cast<float>(value));
    };
    connect(m_elements, &TeachTable::valueEdited, this, edit);
    connect(m_line, &TeachLine::valueMoved, this, [this, edit](double value) {
        if (m_block)
            edit(static_cast<int>(m_block->element), value);
    });
    connect(m_line, &TeachLine::levelPicked, this, &TeachView::setPick);
    connect(m_line, &TeachLine::revealRequested, this, &TeachView::reveal);
}

void TeachView::createQuiz()
{
    m_quiz = new QWidget(this);
    m_code = new QLineEdit(m_quiz);
    m_code->setObjectName(QStringLiteral("teachAnswer"));
    m_code->setAccessibleName(tr("Your answer as a code"));
    m_code->setPlaceholderText(tr("0101"));
    m_codeLabel = new QLabel(tr("Which &level? Click it, or type its code"), m_quiz);
    m_codeLabel->setBuddy(m_code);
    m_reveal = new QPushButton(tr("&Reveal"), m_quiz);
    m_reveal->setObjectName(QStringLiteral("teachReveal"));
    m_next = new QPushButton(tr("&Next value"), m_quiz);
    m_next->setObjectName(QStringLiteral("teachNext"));
    m_score = new QLabel(m_quiz);
    m_score->setObjectName(QStringLiteral("teachScore"));
    auto* row = new QHBoxLayout(m_quiz);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_codeLabel);
    row->addWidget(m_code);
    row->addWidget(m_reveal);
    row->addWidget(m_next);
    row->addWidget(m_score);
    row->addStretch(1);
    connect(m_code, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_line->setPick(m_block ? codeFromText(*m_block, text) : std::nullopt);
        showQuiz();
    });
    connect(m_code, &QLineEdit::returnPressed, this, &TeachView::reveal);
    connect(m_reveal, &QPushButton::clicked, this, &TeachView::reveal);
    connect(m_next, &QPushButton::clicked, this, &TeachView::askNext);
}

void TeachView::layOut()
{
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_take);
    top->addWidget(m_restore);
    top->addWidget(m_questions);
    top->addWidget(m_source, 1);
    auto* values = new QHBoxLayout;
    values->setSpacing(8);
    values->addWidget(m_valuesLabel);
    values->addWidget(m_values, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addLayout(values);
    layout->addWidget(m_shared);
    layout->addWidget(m_elements, 5);
    layout->addWidget(m_legend);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_quiz);
    layout->addWidget(m_derivation);
    layout->addStretch(0);
}

/// The view's texts are half as large again as the window's.
void TeachView::enlarge()
{
    const bool wasEnlarging = std::exchange(m_isEnlarging, true);
    QFont large = font();
    large.setPointSizeF(std::max(9.0, large.pointSizeF()) * kEnlarged);
    for (QWidget* each : std::initializer_list<QWidget*>{m_line, m_derivation})
        each->setFont(large);
    const bool isFew = m_block && m_block->trace.elements.size() <= kFewElements && window()->height() >= kHighWindow;
    if (isFew)
        large.setPointSizeF(large.pointSizeF() * kMostEnlarged / kEnlarged);
    for (TeachTable* table : {m_shared, m_elements})
        if (table->font() != large)
            table->setFont(large);
    QFont middle = font();
    middle.setPointSizeF(std::max(9.0, middle.pointSizeF()) * 1.2);
    for (QWidget* each : std::initializer_list<QWidget*>{m_take, m_restore, m_questions, m_values, m_valuesLabel,
             m_source, m_legend, m_codeLabel, m_code, m_reveal, m_next, m_score})
        each->setFont(middle);
    m_code->setFixedWidth(QFontMetrics(middle).horizontalAdvance(QStringLiteral("00000000")) + 24);
    m_isEnlarging = wasEnlarging;
}

void TeachView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    enlarge();
}

void TeachView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && !m_isEnlarging && m_elements && m_score)
        enlarge();
}

bool TeachView::isQuestion() const
{
    return m_questions->isChecked() && m_isHidden;
}

void TeachView::setBlock(std::shared_ptr<const LabBlock> block)
{
    m_block = std::move(block);
    m_problem.clear();
    showBlock();
}

void TeachView::setSource(const QString& text)
{
    m_source->setText(text);
    m_source->setToolTip(text);
}

void TeachView::setProblem(const QString& text)
{
    m_problem = text;
    showBlock();
}

void TeachView::setTensorAvailable(bool isAvailable)
{
    m_take->setEnabled(isAvailable);
}

void TeachView::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_shared->setTheme(theme);
    m_elements->setTheme(theme);
    m_line->setTheme(theme);
    showBlock();
}

void TeachView::showBlock()
{
    const bool isOpen = isQuestion() && m_block;
    std::vector<TeachCell> shared;
    std::vector<TeachCell> elements;
    if (m_block) {
        shared = sharedCells(*m_block);
        elements = elementCells(*m_block, isOpen ? static_cast<int>(m_block->element) : -1);
    }
    std::vector<TeachCell> all = shared;
    all.insert(all.end(), elements.begin(), elements.end());
    m_legend->setText(teachLegend(m_theme, all)
        + (all.empty() ? QString() : QStringLiteral("&nbsp;&nbsp;&nbsp; ▲&nbsp;") + tr("largest")));
    enlarge();
    m_shared->setVisible(!shared.empty());
    m_shared->setCells(std::move(shared));
    m_elements->setCells(std::move(elements));
    m_elements->setCurrentCell(m_block ? static_cast<int>(m_block->element) : -1);
    m_line->setBlock(m_block);
    m_line->setQuestion(isOpen);
    if (m_block && !(m_values->hasFocus() && m_values->isModified())) {  // not while somebody types
        m_values->setText(textOfValues(*m_block));
        m_values->setCursorPosition(0);
    }
    const bool isFlipped = m_block
        && std::any_of(m_block->bits.begin(), m_block->bits.end(), [](const StoredBit& bit) { return bit.isFlipped; });
    m_restore->setEnabled(isFlipped);
    showQuiz();
}

QString TeachView::hiddenText() const
{
    return tr("The value %1 takes one of the levels on the line. Which one?")
        .arg(exactFloatText(m_block->trace.elements[m_block->element].value));
}

void TeachView::showQuiz()
{
    const bool isOn = m_questions->isChecked();
    m_quiz->setVisible(isOn);
    m_codeLabel->setVisible(m_isHidden);
    m_code->setVisible(m_isHidden);
    m_reveal->setVisible(m_isHidden);
    m_reveal->setEnabled(m_line->pick().has_value());
    m_next->setVisible(isOn && !m_isHidden);
    m_score->setText(m_asked == 0 ? QString() : tr("%1 of %2 right").arg(m_right).arg(m_asked));
    if (!m_problem.isEmpty() || !m_block)
        m_derivation->setText(m_problem);
    else if (isQuestion())
        m_derivation->setText(hiddenText());
    else
        m_derivation->setText(m_verdict.isEmpty() ? derivationText(*m_block) : m_verdict);
}

void TeachView::readValues()
{
    m_values->setModified(false);
    const std::optional<std::vector<double>> numbers = numbersFromText(m_values->text());
    std::vector<float> values;
    for (const double number : numbers.value_or(std::vector<double>()))
        values.push_back(static_cast<float>(number));
    if (values.empty()) {
        setProblem(tr("These are no numbers: separate them by commas, for example 0.3, −1.1, 2.2"));
        return;
    }
    if (m_block && m_values->text() == textOfValues(*m_block))
        return;  // nothing was changed
    Q_EMIT valuesEdited(values);
}

void TeachView::setPick(std::uint32_t code)
{
    m_line->setPick(code);
    if (m_block)
        m_code->setText(codeText(*m_block, code));
    showQuiz();
}

void TeachView::forgetPick()
{
    m_line->setPick(std::nullopt);
    m_code->clear();
}

void TeachView::reveal()
{
    if (!isQuestion() || !m_block || !m_line->pick())
        return;
    const TeachVerdict verdict = verdictOn(*m_block, *m_line->pick());
    ++m_asked;
    m_right += verdict.isRight ? 1 : 0;
    m_verdict = (verdict.isRight ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + verdict.text;
    m_isHidden = false;
    showBlock();
    m_next->setFocus();
}

void TeachView::askNext()
{
    if (!m_block)
        return;
    m_isHidden = true;
    m_verdict.clear();
    forgetPick();
    const auto count = static_cast<int>(m_block->trace.elements.size());
    Q_EMIT elementSelected((static_cast<int>(m_block->element) + 1) % count);
    m_line->setFocus();
}

}  // namespace nanoscope
