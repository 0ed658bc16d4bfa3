#include "app/perplexity_files_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace nanoscope {
namespace {

QString textOf(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

}  // namespace

PerplexityFilesDialog::PerplexityFilesDialog(const PerplexityFiles& files, QWidget* parent)
    : QDialog(parent)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("perplexityFiles"));
    setWindowTitle(tr("Language model"));
    auto* grid = new QGridLayout(this);
    auto* intro = new QLabel(
        tr("A Llama-like checkpoint (HDF5 or safetensors) and windows of its token ids. core/lm/README.md says how to "
           "export them."),
        this);
    intro->setWordWrap(true);
    grid->addWidget(intro, 0, 0, 1, 3);
    const std::array<std::pair<QString, const char*>, 4> lines{{{tr("&Model"), "perplexityFilesModel"},
        {tr("&Tokens"), "perplexityFilesTokens"}, {tr("Token&izer (optional)"), "perplexityFilesTokenizer"},
        {tr("&Inputs of layers (optional)"), "perplexityFilesInputs"}}};
    const std::array<QString, 4> values{
        textOf(files.model), textOf(files.tokens), textOf(files.tokenizer), textOf(files.calibration)};
    for (std::size_t line = 0; line < lines.size(); ++line) {
        const int row = static_cast<int>(line) + 1;
        auto* label = new QLabel(lines[line].first, this);
        m_paths[line] = new QLineEdit(values[line], this);
        m_paths[line]->setObjectName(QLatin1String(lines[line].second));
        m_paths[line]->setMinimumWidth(360);
        label->setBuddy(m_paths[line]);
        auto* choose = new QToolButton(this);
        choose->setText(tr("Choose…"));
        choose->setAccessibleName(tr("Choose a file: %1").arg(QString(lines[line].first).remove(u'&')));
        connect(choose, &QToolButton::clicked, this, [this, line] { browse(line); });
        connect(m_paths[line], &QLineEdit::textChanged, this, &PerplexityFilesDialog::updateButtons);
        grid->addWidget(label, row, 0);
        grid->addWidget(m_paths[line], row, 1);
        grid->addWidget(choose, row, 2);
    }
    QPushButton* bundled = m_buttons->addButton(tr("&Bundled model"), QDialogButtonBox::ResetRole);
    bundled->setObjectName(QStringLiteral("perplexityFilesBundled"));
    connect(bundled, &QPushButton::clicked, this, [this] {
        for (QLineEdit* path : m_paths)
            path->clear();
        accept();
    });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    grid->addWidget(m_buttons, static_cast<int>(lines.size()) + 1, 0, 1, 3);
    updateButtons();
}

PerplexityFiles PerplexityFilesDialog::files() const
{
    const auto pathOf
        = [this](std::size_t line) -> std::filesystem::path { return m_paths[line]->text().trimmed().toStdString(); };
    if (pathOf(0).empty())
        return {};
    return {pathOf(0), pathOf(1), pathOf(2), pathOf(3)};
}

void PerplexityFilesDialog::browse(std::size_t line)
{
    QString folder = m_paths[line]->text();
    for (const QLineEdit* path : m_paths)
        if (folder.isEmpty())
            folder = QFileInfo(path->text()).path();
    const QString chosen = QFileDialog::getOpenFileName(this, windowTitle(), folder);
    if (!chosen.isEmpty())
        m_paths[line]->setText(chosen);
}

void PerplexityFilesDialog::updateButtons()
{
    const PerplexityFiles chosen = files();
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!chosen.model.empty() && !chosen.tokens.empty());
}

}  // namespace nanoscope
