#include "app/format_files.h"

#include "core/format/format_text.h"
#include "core/format/preset.h"
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

QString specArgument(const NamedFormat& format)
{
    FormatNaming naming;
    naming.setPresets(loadPresets());
    const std::string base = naming.baseOf(QString::fromStdString(format.name)).toStdString();
    const auto preset = findPreset(base);
    FormatSpec spec = format.spec;
    const FormatSpec from = preset ? preset->spec : findPreset("MXFP4")->spec;
    spec.geometry.axis = from.geometry.axis;  // the axis has an option of its own
    const std::string overrides = overridesBetween(from, spec);
    const std::string name = preset ? base : "MXFP4";
    return QString::fromStdString(overrides.empty() ? name : name + ":" + overrides);
}

QString reportCommandLine(const QString& file, const Report& report, const TensorCut& cut, const FormatPair& formats)
{
    QStringList words{"nanoscope-cli", "report", shellQuoted(file),
        shellQuoted(QString::fromStdString(report.tensor.name)), "-f", shellQuoted(specArgument(formats.a))};
    if (formats.b)
        words << "-f" << shellQuoted(specArgument(*formats.b));
    if (cut.axis != -1)
        words << "--axis" << QString::number(cut.axis);
    if (cut.reshape)
        words << "--reshape" << QString::fromStdString(shapeText(*cut.reshape, ","));
    return words.join(' ');
}

}  // namespace nanoscope
