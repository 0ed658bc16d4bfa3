#include "widgets/preset_browser_details.h"

#include "core/format/preset_table.h"
#include "widgets/preset_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace nanoscope {
namespace {

/// Texts of this file, for translation.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::PresetDetails)
};

QString escaped(const std::string& text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

QString heading(const QString& name, const QString& title)
{
    const QString first = QStringLiteral("<h3>%1</h3>").arg(name);
    return title.isEmpty() || title == name ? first : first + QStringLiteral("<p><b>%1</b></p>").arg(title);
}

QString paragraph(const QString& text)
{
    return text.isEmpty() ? text : QStringLiteral("<p>%1</p>").arg(text);
}

/// A line of the list of facts; nothing where there is nothing to tell.
QString fact(const QString& what, const QString& text)
{
    if (text.isEmpty())
        return {};
    return QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>").arg(what, text);
}

QString joined(const std::vector<std::string>& names)
{
    QStringList list;
    for (const std::string& name : names)
        list << escaped(name);
    return list.join(QStringLiteral(", "));
}

}  // namespace

QString presetDetails(const Preset& preset, const std::vector<const System*>& systems)
{
    QStringList places;
    for (const System* system : systems)
        places << Text::tr("%1 (number %2 of the reading list)").arg(escaped(system->name)).arg(system->number);
    return heading(escaped(preset.name), escaped(preset.title)) + paragraph(escaped(preset.description))
        + QStringLiteral("<table style=\"margin-top: 6px\" cellspacing=\"0\" cellpadding=\"2\">")
        + fact(Text::tr("Standing"), standingSentence(preset).toHtmlEscaped())
        + fact(Text::tr("Source"), escaped(preset.source))
        + fact(Text::tr("Family"), familyHeading(preset).toHtmlEscaped())
        + fact(Text::tr("Also called"), joined(preset.aliases))
        + fact(Text::tr("System"), places.join(QStringLiteral("<br>")))
        + fact(Text::tr("Bits per element"), QString::fromStdString(bitsText(preset.spec)).toHtmlEscaped())
        + fact(Text::tr("Levels"), QString::fromStdString(levelsText(preset.spec)).toHtmlEscaped())
        + QStringLiteral("</table><p><b>%1</b></p><pre style=\"white-space: pre-wrap\">%2</pre>")
              .arg(Text::tr("Format as JSON"), readableJson(preset.spec).toHtmlEscaped());
}

QString systemDetails(const System& system)
{
    return heading(escaped(system.name), escaped(system.title)) + paragraph(escaped(system.note))
        + QStringLiteral("<table style=\"margin-top: 6px\" cellspacing=\"0\" cellpadding=\"2\">")
        + fact(Text::tr("Reading list"), Text::tr("number %1").arg(system.number))
        + fact(Text::tr("Presets"), joined(system.presets)) + fact(Text::tr("Shown by"), joined(system.studies))
        + QStringLiteral("</table>");
}

}  // namespace nanoscope
