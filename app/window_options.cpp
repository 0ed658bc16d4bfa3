#include "app/window_options.h"

#include "app/arrangements.h"
#include "app/preset_folder.h"
#include "core/error.h"
#include "core/format/format_by_name.h"

#include <QCommandLineParser>

namespace nanoscope {
namespace {

[[noreturn]] void refuse(const QString& option, const QString& what, const QString& remedy)
{
    throw Error(option.toStdString(), what.toStdString(), remedy.toStdString(), ErrorKind::Refused);
}

QSize parseSize(const QString& text)
{
    const QStringList parts = text.split('x');
    bool widthOk = false;
    bool heightOk = false;
    const int width = parts.value(0).toInt(&widthOk);
    const int height = parts.value(1).toInt(&heightOk);
    if (parts.size() != 2 || !widthOk || !heightOk || width < 320 || height < 240 || width > 16384 || height > 16384)
        refuse("--size", "\"" + text + "\" is no window size", "give WIDTHxHEIGHT, for example 1600x1000");
    return {width, height};
}

QString parseScale(const QString& text)
{
    bool ok = false;
    const double scale = text.toDouble(&ok);
    if (!ok || !(scale >= 0.5 && scale <= 4.0))  // NaN, too
        refuse("--scale", "\"" + text + "\" is no scale", "give a number from 0.5 to 4");
    return text;
}

bool parseTheme(const QString& text)
{
    if (text != "light" && text != "dark")
        refuse("--theme", "\"" + text + "\" is no theme", "give light or dark");
    return text == "dark";
}

}  // namespace

WindowOptions parseWindowOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription("Nanoscope: an explorer for low-bit number formats.");
    parser.addPositionalArgument("FILE", "HDF5 or safetensors file to open", "[FILE]");
    const QCommandLineOption help({"h", "help"}, "Show this text.");
    const QCommandLineOption version("version", "Show the version.");
    const QCommandLineOption tensor("tensor", "Tensor to show; the first one if absent.", "NAME");
    const QCommandLineOption format("format",
        "Format A; up to three more are B, C and D. A preset, a .json file, or either with overrides.", "SPEC");
    const QCommandLineOption screenshot("screenshot", "Write a picture of the window and quit.", "OUT.png");
    const QCommandLineOption size("size", "Size of the window.", "WxH");
    const QCommandLineOption scale("scale", "Scale of the interface.", "S");
    const QCommandLineOption theme("theme", "light or dark.", "NAME");
    const QCommandLineOption session("session", "Session to restore.", "FILE");
    const QCommandLineOption replay(
        "replay", "Run the steps of a script and quit: 0, or 1 with what failed on stderr.", "STEPS.json");
    const QCommandLineOption dump(
        "dump-ui", "Write every widget and action of the window as JSON and quit.", "OUT.json");
    const QCommandLineOption dumpOnSignal(
        "dump-on-signal", "Write those in sight each time the program gets SIGUSR1, and stay open.", "OUT.json");
    const QCommandLineOption layout("layout", "Arrangement of the window: explore, compare or teach.", "NAME");
    const QCommandLineOption language("language", "Language of the window: en, de or system.", "CODE");
    parser.addOptions({help, version, tensor, format, screenshot, size, scale, theme, session, replay, dump,
        dumpOnSignal, layout, language});
    if (!parser.parse(arguments))
        refuse({}, parser.errorText(), "see nanoscope --help");
    if (parser.isSet(help))
        throw ShowText{parser.helpText().replace("<executable_name>", "nanoscope")};
    if (parser.isSet(version))
        throw ShowText{QStringLiteral("nanoscope " NANOSCOPE_VERSION "\n")};
    if (parser.isSet(layout) && !Arrangements::named(parser.value(layout)))
        refuse("--layout", "\"" + parser.value(layout) + "\" is no arrangement", "give explore, compare or teach");
    if (parser.isSet(language) && !languageOfCode(parser.value(language)))
        refuse("--language", "\"" + parser.value(language) + "\" is no language", "give en, de or system");
    if (parser.positionalArguments().size() > 1)
        refuse({}, "more than one file", "give one");
    if (parser.isSet(session) && !parser.positionalArguments().isEmpty())
        refuse("--session", "names its own file of tensors", "leave FILE out");

    for (const QCommandLineOption& named : {session, screenshot, replay, dump, tensor})
        if (parser.isSet(named) && parser.value(named).isEmpty())
            refuse("--" + named.names().front(), "is empty", "give its " + named.valueName());

    WindowOptions options;
    options.file = parser.positionalArguments().value(0);
    options.tensor = parser.value(tensor);
    options.formats = parser.values(format);
    options.screenshot = parser.value(screenshot);
    options.session = parser.value(session);
    options.replay = parser.value(replay);
    options.dump = parser.value(dump);
    options.dumpOnSignal = parser.value(dumpOnSignal);
    if (parser.isSet(size))
        options.size = parseSize(parser.value(size));
    if (parser.isSet(scale))
        options.scale = parseScale(parser.value(scale));
    if (parser.isSet(layout))
        options.layout = Arrangements::named(parser.value(layout));
    if (parser.isSet(language))
        options.language = languageOfCode(parser.value(language));
    if (parser.isSet(theme))
        options.dark = parseTheme(parser.value(theme));
    return options;
}

FormatSet startFormats(const QStringList& formats)
{
    if (formats.isEmpty())
        return {parseFormat("NxFP4"), parseFormat("MXFP4")};
    constexpr auto kMost = static_cast<qsizetype>(FormatSet::kMost);
    if (formats.size() > kMost)
        refuse("--format", QString::number(formats.size()) + " formats", "give one to four");
    FormatSet set;
    for (qsizetype slot = 0; slot < formats.size(); ++slot)
        set.set(static_cast<std::size_t>(slot), parseFormat(formats[slot].toStdString(), userPresetFolder()));
    return set;
}

}  // namespace nanoscope
