#include "app/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace nanoscope {
namespace {

constexpr int kLargestScale = 4;

QString kindText(const QString& kind)
{
    if (kind == "svg")
        return ExportDialog::tr("SVG, vector");
    if (kind == "pdf")
        return ExportDialog::tr("PDF, vector");
    if (kind == "png")
        return ExportDialog::tr("PNG, pixels");
    if (kind == "csv")
        return ExportDialog::tr("CSV, a table");
    if (kind == "json")
        return ExportDialog::tr("JSON, with the recipe");
    return ExportDialog::tr("HTML, one page");
}

QString titleOf(ExportSubject subject)
{
    switch (subject) {
    case ExportSubject::Plot:
        return ExportDialog::tr("Export this plot");
    case ExportSubject::AllPlots:
        return ExportDialog::tr("Export all plots");
    case ExportSubject::Data:
        return ExportDialog::tr("Export the data");
    case ExportSubject::Report:
        break;
    }
    return ExportDialog::tr("Export a report");
}

}  // namespace

ExportDialog::ExportDialog(ExportSubject subject, const QString& name, const QString& folder, QWidget* parent)
    : QDialog(parent)
    , m_subject(subject)
    , m_path(new QLineEdit)
    , m_kind(new QComboBox)
    , m_scale(new QComboBox)
    , m_caption(new QCheckBox(tr("&Line under the picture: tensor, file, format, version")))
    , m_note(new QLabel)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Cancel))
{
    setObjectName("ExportDialog");
    setWindowTitle(titleOf(subject));
    setAttribute(Qt::WA_DeleteOnClose);
    const bool isFolder = subject == ExportSubject::AllPlots;
    const bool isPicture = isFolder || subject == ExportSubject::Plot;
    for (const QString& kind : kindsOf(subject))
        m_kind->addItem(kindText(kind), kind);
    for (int scale = 1; scale <= kLargestScale; ++scale)
        m_scale->addItem(tr("%1× (%2 × %3 pixels)").arg(scale).arg(900 * scale).arg(540 * scale), scale);
    m_path->setObjectName("exportPath");
    m_kind->setObjectName("exportKind");
    m_scale->setObjectName("exportScale");
    m_caption->setObjectName("exportCaption");
    m_path->setText(
        QDir::toNativeSeparators(isFolder ? folder : QDir(folder).filePath(name + '.' + kindsOf(subject)[0])));
    m_path->setMinimumWidth(60 * fontMetrics().averageCharWidth());
    m_note->setWordWrap(true);
    m_note->setMinimumHeight(2 * fontMetrics().lineSpacing());

    auto* browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    auto* place = new QHBoxLayout;
    place->addWidget(m_path, 1);
    place->addWidget(browseButton);
    auto* form = new QFormLayout;
    form->addRow(isFolder ? tr("&Folder") : tr("&File"), place);
    if (auto* label = qobject_cast<QLabel*>(form->labelForField(place)))
        label->setBuddy(m_path);
    form->addRow(tr("&Kind"), m_kind);
    form->addRow(tr("&Resolution"), m_scale);
    form->addRow(QString(), m_caption);
    form->setRowVisible(m_scale, isPicture);
    form->setRowVisible(m_caption, isPicture);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_note);  // not in the form: see widgets/README.md on Qt 6.4
    layout->addWidget(m_buttons);
    QPushButton* accepted = m_buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
    accepted->setObjectName("exportButton");
    accepted->setDefault(true);
    m_caption->setChecked(true);
    setScale(2);

    connect(browseButton, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::takeEnding);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &ExportDialog::followKind);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(choice());
        accept();
    });
    m_path->selectAll();
    m_path->setFocus();
    showState();
}

QStringList ExportDialog::kindsOf(ExportSubject subject)
{
    switch (subject) {
    case ExportSubject::Plot:
    case ExportSubject::AllPlots:
        return {"svg", "pdf", "png"};
    case ExportSubject::Data:
        return {"csv", "json"};
    case ExportSubject::Report:
        break;
    }
    return {"pdf", "html"};
}

void ExportDialog::setKind(const QString& kind)
{
    if (const int index = m_kind->findData(kind); index >= 0)
        m_kind->setCurrentIndex(index);
}

void ExportDialog::setScale(int scale)
{
    if (const int index = m_scale->findData(scale); index >= 0)
        m_scale->setCurrentIndex(index);
}

void ExportDialog::setCaption(bool on)
{
    m_caption->setChecked(on);
}

ExportChoice ExportDialog::choice() const
{
    ExportChoice choice{QDir::fromNativeSeparators(m_path->text().trimmed()), m_kind->currentData().toString(),
        m_scale->currentData().toInt(), m_caption->isChecked()};
    if (m_subject != ExportSubject::AllPlots && !choice.path.isEmpty() && QFileInfo(choice.path).suffix().isEmpty())
        choice.path += '.' + choice.kind;
    return choice;
}

void ExportDialog::browse()
{
    const bool isFolder = m_subject == ExportSubject::AllPlots;
    auto* dialog = new QFileDialog(this, windowTitle(), choice().path);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(isFolder ? QFileDialog::Directory : QFileDialog::AnyFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, isFolder);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);  // this dialog tells it
    if (!isFolder) {
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDirectory(QFileInfo(choice().path).path());
        dialog->selectFile(QFileInfo(choice().path).fileName());
    }
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& path) { m_path->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

/// A name typed with an ending chooses the kind.
void ExportDialog::takeEnding()
{
    const int index = m_kind->findData(QFileInfo(m_path->text()).suffix().toLower());
    if (m_subject != ExportSubject::AllPlots && index >= 0) {
        const QSignalBlocker blocker(m_kind);
        m_kind->setCurrentIndex(index);
    }
    showState();
}

/// The name takes the ending of a kind that was chosen.
void ExportDialog::followKind()
{
    const QFileInfo file(m_path->text());
    if (m_subject != ExportSubject::AllPlots && m_kind->findData(file.suffix().toLower()) >= 0) {
        const QString path = m_path->text();
        m_path->setText(path.left(path.size() - file.suffix().size()) + m_kind->currentData().toString());
    }
    showState();
}

void ExportDialog::showState()
{
    const QString path = choice().path;
    const bool isFolder = m_subject == ExportSubject::AllPlots;
    const QString ending = QFileInfo(path).suffix().toLower();
    const bool isKnown = isFolder || kindsOf(m_subject).contains(ending);
    const bool replaces = !isFolder && QFileInfo(path).isFile();
    m_scale->setEnabled(m_kind->currentData().toString() == "png");
    QPushButton* button = findChild<QPushButton*>("exportButton");
    button->setEnabled(!path.isEmpty() && isKnown && !(!isFolder && QFileInfo(path).isDir()));
    button->setText(replaces ? tr("Replace") : tr("Export"));
    if (path.isEmpty())
        m_note->setText(isFolder ? tr("Name a folder.") : tr("Name a file."));
    else if (!isKnown)
        m_note->setText(tr("No kind of file has the ending .%1.").arg(ending));
    else if (replaces)
        m_note->setText(tr("The file is there already and will be replaced."));
    else if (isFolder)
        m_note->setText(QFileInfo(path).isDir() ? tr("Files that are there already stay; new ones get a number.")
                                                : tr("The folder will be made."));
    else
        m_note->clear();
}

}  // namespace nanoscope
