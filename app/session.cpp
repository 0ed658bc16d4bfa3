#include "app/session.h"

#include "app/arrangements.h"
#include "core/format/format_json.h"

#include <nlohmann/json.hpp>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

namespace nanoscope {
namespace {

QJsonArray arrayOf(const Shape& shape)
{
    QJsonArray array;
    for (const std::uint64_t size : shape)
        array.append(static_cast<qint64>(size));
    return array;
}

QJsonValue jsonOf(const FormatSpec& spec)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(canonicalText(spec))).object();
}

/// What was there with what is known written over it.
void merge(QJsonObject& into, const char* key, const QJsonObject& known)
{
    QJsonObject merged = into.value(QLatin1String(key)).toObject();
    for (auto member = known.begin(); member != known.end(); ++member)
        merged[member.key()] = member.value();
    into[QLatin1String(key)] = merged;
}

QJsonObject fileJson(const Session& session, const QString& folder)
{
    QJsonObject file{{"relative", QDir(folder).relativeFilePath(session.place.file)}, {"absolute", session.place.file}};
    if (session.mark) {
        file["bytes"] = session.mark->bytes;
        file["head_sha256"] = QString::fromLatin1(session.mark->head);
    }
    return file;
}

QJsonObject tensorJson(const Session& session)
{
    QJsonObject tensor{{"name", session.place.tensor}, {"dtype", session.dtype}};
    if (session.shape)
        tensor["shape"] = arrayOf(*session.shape);
    return tensor;
}

QJsonObject viewJson(const ViewOptions& view)
{
    return {
        {"arrangement", Arrangements::nameOf(view.arrangement)},
        {"shown_panels", QJsonArray::fromStringList(view.shownDocks)},
        {"front_panels", QJsonArray::fromStringList(view.frontDocks)},
        {"log_counts", view.logCounts},
        {"zoom", QJsonArray{view.zoomFrom, view.zoomTo}},
    };
}

}  // namespace

std::optional<FileMark> markOf(const QString& path)
{
    constexpr qint64 kHead = 64 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return FileMark{file.size(), QCryptographicHash::hash(file.read(kHead), QCryptographicHash::Sha256).toHex()};
}

bool isSessionName(const QString& path)
{
    return path.endsWith(QLatin1String(kSessionEnding), Qt::CaseInsensitive);
}

QJsonObject toJson(const Session& session, const QString& folder)
{
    QJsonObject json = session.whole;
    json["nanoscope_session"] = 1;
    if (!session.place.file.isEmpty()) {
        merge(json, "file", fileJson(session, folder));
        merge(json, "tensor", tensorJson(session));
    }
    QJsonObject cut{{"axis", session.place.cut.axis}};
    cut["reshape"] = session.place.cut.reshape ? QJsonValue(arrayOf(*session.place.cut.reshape)) : QJsonValue();
    merge(json, "cut", cut);
    QJsonArray formats;
    for (std::size_t slot = 0; slot < FormatSet::kMost; ++slot) {
        const NamedFormat* format = session.formats.at(slot);
        formats.append(format ? QJsonValue(
                           QJsonObject{{"name", QString::fromStdString(format->name)}, {"spec", jsonOf(format->spec)}})
                              : QJsonValue());
    }
    json["formats"] = formats;
    QJsonObject selection{{"element", session.place.element}};
    if (session.place.block)
        selection["block"] = static_cast<qint64>(*session.place.block);
    if (session.level)
        selection["level"] = QJsonObject{
            {"book", static_cast<qint64>(session.level->book)}, {"code", static_cast<qint64>(session.level->code)}};
    QJsonObject before = json["selection"].toObject();
    for (const char* key : {"block", "level"})  // what is not selected any more must not stay
        before.remove(QLatin1String(key));
    json["selection"] = before;
    merge(json, "selection", selection);
    if (session.teach.isPlain())
        json.remove("teach");
    else
        merge(json, "teach", toJson(session.teach));
    merge(json, "view", viewJson(session.view));
    return json;
}

}  // namespace nanoscope
