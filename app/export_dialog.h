#pragma once

#include <QDialog>
#include <QString>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QSettings;

namespace nanoscope {

/// What an export is of; it decides which kinds of file there are.
enum class ExportSubject { Plot, AllPlots, Data, Report };

/// What the user chose.
struct ExportChoice {
    QString path;         ///< of the file; for all plots the folder
    QString kind;         ///< ending of the file, lower case
    int scale = 2;        ///< pixels of a PNG per CSS pixel
    bool caption = true;  ///< the line under a picture
};

/// Asks where to, as what and how large. Tells when a file is there already, and then says "Replace".
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// @param name    of the file without folder and ending; of no effect for all plots
    /// @param folder  where to start
    ExportDialog(ExportSubject subject, const QString& name, const QString& folder, QWidget* parent);

    /// The kinds of file that a subject has, as endings.
    [[nodiscard]] static QStringList kindsOf(ExportSubject subject);

    void setKind(const QString& kind);
    void setScale(int scale);
    void setCaption(bool on);
    [[nodiscard]] ExportChoice choice() const;

signals:
    /// The user wants it; the dialog closes.
    void chosen(const nanoscope::ExportChoice& choice);

private:
    void browse();
    void takeEnding();
    void followKind();
    void showState();

    ExportSubject m_subject;
    QLineEdit* m_path;
    QComboBox* m_kind;
    QComboBox* m_scale;
    QCheckBox* m_caption;
    QLabel* m_note;
    QDialogButtonBox* m_buttons;
};

}  // namespace nanoscope
