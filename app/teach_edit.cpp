#include "app/teach_edit.h"

#include "core/analysis/block_lab.h"

#include <QJsonArray>

#include <cmath>
#include <limits>

namespace nanoscope {
namespace {

constexpr const char* kKinds[] = {"tensor", "changed", "own"};  // by TeachEdit::Values
constexpr qint64 kMostBits = 1 << 16;                           // of a block in Teach, and more

/// Numbers as they are; JSON has no others, so that those are texts.
QJsonValue jsonOf(float value)
{
    if (std::isfinite(value))
        return static_cast<double>(value);
    return std::isnan(value) ? QStringLiteral("nan") : value > 0 ? QStringLiteral("inf") : QStringLiteral("-inf");
}

std::optional<float> floatOf(const QJsonValue& json)
{
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    if (json.isDouble()) {
        const auto value = static_cast<float>(json.toDouble());
        return std::isfinite(value) ? std::optional(value) : std::nullopt;
    }
    const QString text = json.toString();
    if (text == QLatin1String("nan"))
        return std::numeric_limits<float>::quiet_NaN();
    if (text == QLatin1String("inf") || text == QLatin1String("-inf"))
        return text.startsWith(QLatin1Char('-')) ? -kInfinity : kInfinity;
    return std::nullopt;
}

}  // namespace

QJsonObject toJson(const TeachEdit& edit)
{
    QJsonArray values;
    for (const float value : edit.values)
        values.append(jsonOf(value));
    QJsonArray flips;
    for (const std::size_t place : edit.flips)
        flips.append(static_cast<qint64>(place));
    return {{"values_of", QLatin1String(kKinds[static_cast<std::size_t>(edit.kind)])}, {"values", values},
        {"flipped_bits", flips}};
}

bool readTeachEdit(const QJsonObject& json, TeachEdit& edit)
{
    TeachEdit read = edit;
    const QString kind = json["values_of"].toString();
    std::size_t number = 0;
    while (number < std::size(kKinds) && kind != QLatin1String(kKinds[number]))
        ++number;
    if (number == std::size(kKinds))
        return false;
    read.kind = static_cast<TeachEdit::Values>(number);
    const QJsonArray values = json["values"].toArray();
    const QJsonArray flips = json["flipped_bits"].toArray();
    if (static_cast<std::size_t>(values.size()) > kLabElements || flips.size() > kMostBits
        || values.isEmpty() != (read.kind == TeachEdit::Values::Tensor))
        return false;
    read.values.clear();
    for (const QJsonValue& each : values) {
        const std::optional<float> value = floatOf(each);
        if (!value)
            return false;
        read.values.push_back(*value);
    }
    read.flips.clear();
    for (const QJsonValue& each : flips) {
        const qint64 place = each.toInteger(-1);
        if (place < 0 || place >= kMostBits)
            return false;
        read.flips.push_back(static_cast<std::size_t>(place));
    }
    if (read.flips.empty())
        read.flippedUnder.reset();
    edit = std::move(read);
    return true;
}

}  // namespace nanoscope
