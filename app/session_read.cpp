// Reading session files: what can be read is taken, what cannot is told.
#include "app/arrangements.h"
#include "app/session.h"
#include "core/error.h"
#include "core/format/format_json.h"
#include "core/format/json_fields.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace nanoscope {
namespace {

/// Texts of this file, for translation.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::Session)
};

std::optional<Shape> shapeOf(const QJsonValue& value)
{
    if (!value.isArray() || value.toArray().isEmpty())
        return std::nullopt;
    Shape shape;
    for (const QJsonValue& size : value.toArray()) {
        if (size.toInteger() < 1)
            return std::nullopt;
        shape.push_back(static_cast<std::uint64_t>(size.toInteger()));
    }
    return shape;
}

QStringList textsOf(const QJsonValue& value)
{
    QStringList texts;
    for (const QJsonValue& text : value.toArray())
        texts.append(text.toString());
    return texts;
}

/// Parts that are there, but are not what a session holds.
void noteWrongTypes(const QJsonObject& json, ReadSession& read)
{
    for (const char* key : {"file", "tensor", "cut", "formats", "selection", "teach", "view"}) {
        const QJsonValue value = json[QLatin1String(key)];
        const bool isRight = QLatin1String(key) == QLatin1String("formats") ? value.isArray() : value.isObject();
        if (!isRight && !value.isUndefined() && !value.isNull())
            read.problems.append(Text::tr("\"%1\" is not as a session has it and is left out").arg(QLatin1String(key)));
    }
}

void readFile(const QJsonObject& file, const QString& folder, Session& session)
{
    const QString relative = file["relative"].toString();
    const QString besides = relative.isEmpty() ? QString() : QDir::cleanPath(QDir(folder).absoluteFilePath(relative));
    const QString absolute = file["absolute"].toString();
    session.place.file = QFileInfo::exists(besides) || absolute.isEmpty() ? besides : absolute;
    if (file.contains("head_sha256"))
        session.mark = FileMark{file["bytes"].toInteger(), file["head_sha256"].toString().toLatin1()};
}

void readFormats(const QJsonArray& formats, const QString& where, ReadSession& read)
{
    const qsizetype count = std::min<qsizetype>(formats.size(), FormatSet::kMost);
    for (qsizetype i = count - 1; i > 0; --i)  // from the back, because those behind one that goes move up
        if (formats[i].isNull())
            read.session.formats.set(static_cast<std::size_t>(i), std::nullopt);
    for (qsizetype i = 0; i < count; ++i) {
        const auto slot = static_cast<std::size_t>(i);
        if (formats[i].isNull())
            continue;
        try {
            const QJsonObject format = formats[i].toObject();
            const QByteArray spec = QJsonDocument(format["spec"].toObject()).toJson(QJsonDocument::Compact);
            read.session.formats.set(slot,
                NamedFormat{format["name"].toString(Text::tr("unnamed")).toStdString(),
                    formatFromJson(parseJson(spec.toStdString()), where.toStdString())});
        } catch (const Error& error) {
            read.problems.append(
                Text::tr("format %1 is left out: %2").arg(QChar(static_cast<char16_t>(u'A' + i))).arg(error.what()));
        }
    }
}

void readSelection(const QJsonObject& selection, Session& session)
{
    if (selection.contains("block"))
        session.place.block = static_cast<quint64>(std::max<qint64>(selection["block"].toInteger(), 0));
    session.place.element = std::max(selection["element"].toInt(), 0);
    if (selection["level"].isObject()) {
        const QJsonObject level = selection["level"].toObject();
        session.level = LevelId{static_cast<std::uint32_t>(level["book"].toInteger()),
            static_cast<std::uint32_t>(level["code"].toInteger())};
    }
}

/// Of the tensor, the block and the format that were read before.
void readTeach(const QJsonObject& teach, ReadSession& read)
{
    if (teach.isEmpty())
        return;
    const Session& session = read.session;
    TeachEdit edit;
    edit.file = session.place.file;
    edit.tensor = session.place.tensor;
    edit.block = session.place.block.value_or(0);
    edit.flippedUnder = session.formats.a.spec;
    if (readTeachEdit(teach, edit))
        read.session.teach = std::move(edit);
    else
        read.problems.append(Text::tr("the block in Teach cannot be read and is left out"));
}

void readView(const QJsonObject& view, ReadSession& read)
{
    ViewOptions& options = read.session.view;
    const QString arrangement = view["arrangement"].toString();
    if (const auto named = Arrangements::named(arrangement))
        options.arrangement = *named;
    else if (!arrangement.isEmpty())
        read.problems.append(Text::tr("there is no arrangement \"%1\"").arg(arrangement));
    options.shownDocks = textsOf(view["shown_panels"]);
    options.frontDocks = textsOf(view["front_panels"]);
    options.logCounts = view["log_counts"].toBool(options.logCounts);
    const QJsonArray zoom = view["zoom"].toArray();
    const double from = zoom.at(0).toDouble(0.0);
    const double to = zoom.at(1).toDouble(1.0);
    if (from >= 0.0 && to <= 1.0 && from < to) {
        options.zoomFrom = from;
        options.zoomTo = to;
    }
}

}  // namespace

ReadSession parseSession(const QByteArray& text, const QString& where, const QString& folder, const Session& present)
{
    const QJsonDocument document = QJsonDocument::fromJson(text);
    const QJsonObject json = document.object();
    const int version = json["nanoscope_session"].toInt();
    if (version < 1)
        throw Error(where.toStdString(), "is no session", "choose a file that Save session wrote", ErrorKind::Refused);
    if (version > 1)
        throw Error(where.toStdString(), Text::tr("is a session of version %1, not 1").arg(version).toStdString(),
            "open it with a later Nanoscope", ErrorKind::Refused);
    ReadSession read;
    Session& session = read.session;
    session.formats = present.formats;
    session.whole = json;
    noteWrongTypes(json, read);
    if (json["file"].isObject())
        readFile(json["file"].toObject(), folder, session);
    const QJsonObject tensor = json["tensor"].toObject();
    session.place.tensor = tensor["name"].toString();
    session.dtype = tensor["dtype"].toString();
    if (tensor["shape"].isArray())
        session.shape = shapeOf(tensor["shape"]).value_or(Shape{});
    session.place.cut.axis = json["cut"].toObject()["axis"].toInt(-1);
    session.place.cut.reshape = shapeOf(json["cut"].toObject()["reshape"]);
    readFormats(json["formats"].toArray(), where, read);
    readSelection(json["selection"].toObject(), session);
    readTeach(json["teach"].toObject(), read);
    readView(json["view"].toObject(), read);
    return read;
}

}  // namespace nanoscope
