#pragma once

#include "core/lm/perplexity_session.h"

#include <QDialog>

#include <array>

class QDialogButtonBox;
class QLineEdit;

namespace nanoscope {

/// Asks for a language model, its tokens and, if there are any, inputs of its layers.
class PerplexityFilesDialog : public QDialog {
    Q_OBJECT

public:
    /// @param files  shown first; an empty model: the bundled one
    explicit PerplexityFilesDialog(const PerplexityFiles& files, QWidget* parent = nullptr);

    /// What is entered; an empty model: the bundled one, with all that belongs to it.
    [[nodiscard]] PerplexityFiles files() const;

private:
    void browse(std::size_t line);
    void updateButtons();

    std::array<QLineEdit*, 4> m_paths{};  // model, tokens, tokenizer, calibration
    QDialogButtonBox* m_buttons;
};

}  // namespace nanoscope
