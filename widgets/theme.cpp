#include "widgets/theme.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nanoscope {

namespace {

double linearChannel(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

/// Ground of selected rows and text: the accent, calm enough to read on.
QColor selectionColor(const Theme& theme)
{
    return blended(theme.panel, theme.accent, theme.dark ? 0.34 : 0.20);
}

QColor tipColor(const Theme& theme)
{
    return blended(theme.panel, theme.text, theme.dark ? 0.10 : 0.02);
}

}  // namespace

// Series colors follow Okabe and Ito's palette, darkened or lightened until they stand off the panel by 3:1.
Theme lightTheme()
{
    Theme theme;
    theme.dark = false;
    theme.window = QColor(0xf3, 0xf4, 0xf6);
    theme.panel = QColor(0xff, 0xff, 0xff);
    theme.text = QColor(0x1b, 0x1f, 0x24);
    theme.mutedText = QColor(0x56, 0x5f, 0x6b);
    theme.grid = QColor(0xdd, 0xe1, 0xe6);
    theme.seriesA = QColor(0x00, 0x72, 0xb2);
    theme.seriesB = QColor(0xd5, 0x5e, 0x00);
    theme.seriesC = QColor(0x00, 0x85, 0x62);
    theme.seriesD = QColor(0x8a, 0x4f, 0xb5);
    theme.vacant = QColor(0xb0, 0x2a, 0x7a);
    theme.accent = QColor(0x00, 0x70, 0x64);
    theme.accentText = QColor(0xff, 0xff, 0xff);
    theme.signField = QColor(0xb0, 0x4a, 0x00);
    theme.exponentField = QColor(0x00, 0x67, 0xa3);
    theme.mantissaField = QColor(0x00, 0x73, 0x56);
    theme.magnitudeField = QColor(0x75, 0x4c, 0xa0);
    theme.fieldText = QColor(0xff, 0xff, 0xff);
    theme.error = QColor(0xb3, 0x26, 0x1e);
    return theme;
}

Theme darkTheme()
{
    Theme theme;
    theme.dark = true;
    theme.window = QColor(0x16, 0x18, 0x1c);
    theme.panel = QColor(0x1e, 0x21, 0x26);
    theme.text = QColor(0xe7, 0xe9, 0xec);
    theme.mutedText = QColor(0xa4, 0xac, 0xb6);
    theme.grid = QColor(0x36, 0x3b, 0x43);
    theme.seriesA = QColor(0x56, 0xb4, 0xe9);
    theme.seriesB = QColor(0xf0, 0xa0, 0x3c);
    theme.seriesC = QColor(0x4c, 0xc9, 0x9a);
    theme.seriesD = QColor(0xc9, 0x9b, 0xf0);
    theme.vacant = QColor(0xee, 0x8f, 0xc8);
    theme.accent = QColor(0x4d, 0xd0, 0xb8);
    theme.accentText = QColor(0x10, 0x16, 0x18);
    theme.signField = QColor(0xf0, 0x92, 0x4a);
    theme.exponentField = QColor(0x6d, 0xb8, 0xea);
    theme.mantissaField = QColor(0x5c, 0xc9, 0xa7);
    theme.magnitudeField = QColor(0xc3, 0xa2, 0xe6);
    theme.fieldText = QColor(0x12, 0x15, 0x19);
    theme.error = QColor(0xff, 0x8a, 0x80);
    return theme;
}

QPalette paletteFor(const Theme& theme)
{
    const QColor button = blended(theme.window, theme.panel, theme.dark ? 1.0 : 0.6);
    QPalette palette;
    palette.setColor(QPalette::Window, theme.window);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.panel);
    palette.setColor(QPalette::AlternateBase, blended(theme.panel, theme.text, 0.035));
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.mutedText);
    palette.setColor(QPalette::Button, button);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.error);
    palette.setColor(QPalette::Highlight, selectionColor(theme));
    palette.setColor(QPalette::HighlightedText, theme.text);
    palette.setColor(QPalette::Link, theme.seriesA);
    palette.setColor(QPalette::LinkVisited, theme.magnitudeField);
    palette.setColor(QPalette::ToolTipBase, tipColor(theme));
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Light, blended(button, Qt::white, theme.dark ? 0.10 : 0.8));
    palette.setColor(QPalette::Midlight, blended(button, Qt::white, theme.dark ? 0.05 : 0.4));
    palette.setColor(QPalette::Mid, blended(button, Qt::black, 0.2));
    palette.setColor(QPalette::Dark, blended(button, Qt::black, 0.35));
    palette.setColor(QPalette::Shadow, blended(button, Qt::black, 0.6));
    const QColor disabled = blended(theme.window, theme.text, 0.45);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.grid);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, disabled);
    return palette;
}

QString styleSheetFor(const Theme& theme)
{
    QString sheet = QStringLiteral(R"(
QMainWindow::separator { background: @window; width: 5px; height: 5px; }
QMainWindow::separator:hover { background: @accent; }
QDockWidget { font-weight: 600; titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget::title { background: @window; color: @text; padding: 5px 8px; border-bottom: 1px solid @grid;
    text-align: left; }
QToolBar { background: @window; border: 0; border-bottom: 1px solid @grid; spacing: 4px; padding: 3px 6px; }
QToolBar::separator { background: @grid; width: 1px; margin: 4px 4px; }
QToolButton { padding: 4px 8px; border: 1px solid transparent; border-radius: 4px; }
QToolButton:hover { background: @hover; }
QToolButton:checked, QToolButton:pressed { background: @pressed; border-color: @grid; }
QToolButton:focus { border-color: @accent; }
QGroupBox { font-weight: 600; border: 1px solid @grid; border-radius: 6px; margin-top: 10px; padding: 8px 6px 6px 6px; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; left: 8px; padding: 0 4px; }
QTableView, QTreeView, QListView { background: @panel; border: 1px solid @panel; gridline-color: @grid;
    alternate-background-color: @stripe; selection-background-color: @selection; selection-color: @text; }
QTreeView::item { padding: 2px 0; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 1px solid @accent; }
QHeaderView { background: @panel; border: 0; }
QHeaderView::section { background: @panel; color: @muted; border: 0; border-bottom: 1px solid @grid; padding: 4px 6px; }
QHeaderView::section:checked { font-weight: normal; color: @text; }
QTabBar::tab { padding: 5px 6px; color: @muted; border: 0; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @accent; }
QCheckBox { padding: 3px 0; }
QCheckBox::indicator:unchecked { background: @panel; border: 1px solid @muted; border-radius: 2px; }
QStatusBar { background: @window; border-top: 1px solid @grid; }
QStatusBar::item { border: 0; }
QToolTip { color: @text; background: @tip; border: 1px solid @grid; padding: 4px; }
)");
    const std::pair<const char*, QColor> roles[] = {
        {"@window", theme.window},
        {"@panel", theme.panel},
        {"@text", theme.text},
        {"@muted", theme.mutedText},
        {"@grid", theme.grid},
        {"@accent", theme.accent},
        {"@hover", blended(theme.window, theme.text, 0.08)},
        {"@pressed", blended(theme.window, theme.accent, 0.22)},
        {"@selection", selectionColor(theme)},
        {"@stripe", blended(theme.panel, theme.text, 0.035)},
        {"@tip", tipColor(theme)},
    };
    for (const auto& [role, color] : roles)
        sheet.replace(QLatin1String(role), color.name());
    return sheet;
}

QColor selectedGround(const Theme& theme)
{
    return blended(theme.panel, theme.accent, 0.16);
}

double relativeLuminance(const QColor& color)
{
    return 0.2126 * linearChannel(static_cast<double>(color.redF()))
        + 0.7152 * linearChannel(static_cast<double>(color.greenF()))
        + 0.0722 * linearChannel(static_cast<double>(color.blueF()));
}

double contrastRatio(const QColor& first, const QColor& second)
{
    const auto [darker, lighter] = std::minmax({relativeLuminance(first), relativeLuminance(second)});
    return (lighter + 0.05) / (darker + 0.05);
}

QColor blended(const QColor& under, const QColor& over, double opacity)
{
    const auto mix = [opacity](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * opacity)); };
    return {mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue())};
}

}  // namespace nanoscope
