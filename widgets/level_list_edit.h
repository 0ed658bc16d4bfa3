#pragma once

#include <QPlainTextEdit>
#include <QString>

#include <optional>
#include <vector>

namespace nanoscope {

/// A few lines of text that hold the levels of a codebook by code: typed, or pasted from a paper or a program. What is
/// no number is underlined while it is there. The text stays as typed while it means the same levels.
class LevelListEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit LevelListEdit(QWidget* parent = nullptr);

    /// Shows levels without telling of an edit.
    void setLevels(const std::vector<double>& levels);
    /// What the text says; nothing while a part of it is no number.
    [[nodiscard]] std::optional<std::vector<double>> levels() const;
    /// The first part that is no number; empty when there is none.
    [[nodiscard]] QString firstWrong() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user changed the text.
    void edited();

private:
    void markWrong();

    bool m_isQuiet = false;
};

}  // namespace nanoscope
