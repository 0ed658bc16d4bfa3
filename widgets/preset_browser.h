#pragma once

#include "core/format/format_json.h"
#include "core/format/preset.h"
#include "core/format/systems.h"
#include "widgets/theme.h"

#include <QDialog>
#include <QModelIndex>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTextBrowser;
class QTreeView;
class QVBoxLayout;

namespace nanoscope {

class FormatDifferenceView;
class MessageBar;
class PresetBrowserModel;
class PresetFilter;

/// Every preset by family or by system of the reading list, with a search over all that is said of it. One selected
/// row is described, two are compared field by field. Stays open beside the window it belongs to.
class PresetBrowser : public QDialog {
    Q_OBJECT

public:
    explicit PresetBrowser(QWidget* parent = nullptr);

    void setPresets(std::vector<Preset> presets, std::vector<System> systems);
    /// Lines about files of presets that cannot be used.
    void setProblems(const QStringList& problems);
    /// The formats in force, to name them and to compare with A.
    void setFormats(const NamedFormat& a, const std::optional<NamedFormat>& b);
    void setTheme(const Theme& theme);
    /// Selects a preset, if it is listed, and describes it.
    void showPreset(const QString& name);
    /// Puts the focus where typing searches.
    void focusSearch();

    /// Names of the selected presets, the current one first.
    [[nodiscard]] QStringList selectedPresets() const;

Q_SIGNALS:
    void useAsARequested(const QString& name);
    void useAsBRequested(const QString& name);
    /// The user wants to keep a format in force as a preset.
    void saveRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildTop(QVBoxLayout& layout);
    void buildList(QVBoxLayout& layout);
    void buildButtons(QVBoxLayout& layout);
    void search(const QString& text);
    void selectBestMatch(const QString& text);
    void countShown();
    void select(const QModelIndex& shown);
    void showSelection();
    void compare();
    void useCurrent(bool asB);
    [[nodiscard]] std::vector<const Preset*> selection() const;
    bool handleSearchKey(int key);

    PresetBrowserModel* m_model;
    PresetFilter* m_filter;
    QLineEdit* m_search;
    QComboBox* m_grouping;
    QLabel* m_count;
    MessageBar* m_message;
    QTreeView* m_tree;
    QStackedWidget* m_pane;
    QTextBrowser* m_details;
    FormatDifferenceView* m_difference;
    QLabel* m_inForce;
    QPushButton* m_useA;
    QPushButton* m_useB;
    QPushButton* m_compare;
    NamedFormat m_a;
};

}  // namespace nanoscope
