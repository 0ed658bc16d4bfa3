#include "widgets/format_naming.h"

namespace nanoscope {
namespace {

// Not translated: the name is also written into reports and files.
const QLatin1String kEdited(" (edited)");

}  // namespace

bool isSameFormat(const FormatSpec& a, const FormatSpec& b)
{
    FormatSpec turned = b;
    turned.geometry.axis = a.geometry.axis;
    return a == turned;
}

void FormatNaming::setPresets(const std::vector<Preset>& presets)
{
    m_presets.clear();
    for (const Preset& preset : presets)
        m_presets.insert(QString::fromStdString(preset.name), preset.spec);
}

void FormatNaming::learn(const NamedFormat& format)
{
    const QString name = QString::fromStdString(format.name);
    if (!name.endsWith(kEdited) && baseOf(name) == name && !m_presets.contains(name))
        m_others.insert(name, format.spec);
}

QString FormatNaming::baseOf(const QString& name) const
{
    QString base = name;
    if (base.endsWith(kEdited))
        base.chop(kEdited.size());
    const QString beforeOverrides = base.section(u':', 0, 0);
    return m_presets.contains(beforeOverrides) ? beforeOverrides : base;
}

std::optional<FormatSpec> FormatNaming::specOf(const QString& base) const
{
    if (const auto preset = m_presets.constFind(base); preset != m_presets.cend())
        return *preset;
    if (const auto other = m_others.constFind(base); other != m_others.cend())
        return *other;
    return std::nullopt;
}

QString FormatNaming::nameFor(const QString& base, const FormatSpec& spec) const
{
    const std::optional<FormatSpec> original = specOf(base);
    return original && isSameFormat(*original, spec) ? base : base + kEdited;
}

}  // namespace nanoscope
