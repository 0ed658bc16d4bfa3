#include "app/format_files.h"

#include "core/format/format_text.h"
#include "widgets/format_naming.h"

#include <nlohmann/json.hpp>

#include <QRegularExpression>
#include <QSaveFile>

namespace nanoscope {
namespace {

QString shellQuoted(const QString& text)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:=+,@%-]+$"));
    if (plain.match(text).hasMatch())
        return text;
    return "'" + QString(text).replace("'", "'\\''") + "'";
}

}  // namespace

QString saveFormatFile(const FormatSpec& spec, const QString& path)
{
    QSaveFile file(path);
    const QByteArray text = QByteArray::fromStdString(toJson(spec).dump(4) + "\n");
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return Explorer::tr("%1: cannot be written: %2; choose another place").arg(path, file.errorString());
    return {};
}

QString specArgument(const NamedFormat& format, const std::vector<Preset>& presets)
{
    FormatNaming naming;
    naming.setPresets(presets);
    const QString base = naming.baseOf(QString::fromStdString(format.name));
    const QString name = naming.specOf(base) ? base : QStringLiteral("MXFP4");
    const FormatSpec from = naming.specOf(name).value();
    FormatSpec spec = format.spec;
    spec.geometry.axis = from.geometry.axis;  // the axis has an option of its own
    const std::string overrides = overridesBetween(from, spec);
    return overrides.empty() ? name : name + u':' + QString::fromStdString(overrides);
}

QString reportCommandLine(const QString& file, const Report& report, const TensorCut& cut, const FormatSet& formats,
    const std::vector<Preset>& presets)
{
    QStringList words{"nanoscope-cli", "report", shellQuoted(file),
        shellQuoted(QString::fromStdString(report.tensor.name)), "-f", shellQuoted(specArgument(formats.a, presets))};
    for (std::size_t slot = 1; slot < FormatSet::kMost; ++slot)
        if (const NamedFormat* format = formats.at(slot))
            words << "-f" << shellQuoted(specArgument(*format, presets));
    if (cut.axis != -1)
        words << "--axis" << QString::number(cut.axis);
    if (cut.reshape)
        words << "--reshape" << QString::fromStdString(shapeText(*cut.reshape, ","));
    return words.join(' ');
}

}  // namespace nanoscope
