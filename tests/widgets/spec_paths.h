#pragma once

#include "core/format/format_json.h"

#include <nlohmann/json.hpp>

#include <QHash>
#include <QRegularExpression>
#include <QString>
#include <QStringList>

#include <set>
#include <string>

namespace nanoscope::test {

/// Paths of the JSON leaves in which two specs differ.
inline QStringList changedPaths(const FormatSpec& a, const FormatSpec& b)
{
    const nlohmann::json x = toJson(a).flatten();
    const nlohmann::json y = toJson(b).flatten();
    std::set<std::string> paths;
    for (const auto& [path, value] : x.items())
        if (!y.contains(path) || y[path] != value)
            paths.insert(path);
    for (const auto& [path, value] : y.items())
        if (!x.contains(path))
            paths.insert(path);
    QStringList list;
    for (const std::string& path : paths)
        list << QString::fromStdString(path);
    return list;
}

/// The control that edits a path of an element codebook, without the codebook's number.
inline QString bookControlFor(const QString& field)
{
    static const QHash<QString, QString> ids{{"lsb", "step"}, {"twos", "twosComplement"}, {"top", "topCodes"},
        {"bias", "exponentBias"}, {"subnormals", "subnormals"}, {"es", "positExponent"}, {"mid_rise", "midRise"},
        {"hot", "hotBits"}, {"overflow", "overflow"}, {"nested", "nestedBits"}, {"nested/bits", "nestedBits"},
        {"nested/rule", "nestedRule"}, {"gain", "gain"}, {"target", "target"}, {"recycle/mode", "recycled"},
        {"recycle/sign", "recycled"}, {"recycle/value", "recycledValue"}, {"recycle", "recycled"}};
    return field.startsWith(QStringLiteral("levels")) ? QStringLiteral("levels")
                                                      : ids.value(field, QStringLiteral("codebook"));
}

/// The control of the format editor that edits a JSON path; empty when none does. Lists have one control.
inline QString controlFor(const QString& path)
{
    static const QRegularExpression book(QStringLiteral("^/elements/(\\d+)/(.*)$"));
    if (const auto match = book.match(path); match.hasMatch()) {
        const QString number = match.captured(1) == u'0' ? QString() : QString::number(match.captured(1).toInt() + 1);
        return bookControlFor(match.captured(2)) + number;
    }
    static const QRegularExpression part(QStringLiteral("^/mix/parts/(\\d+)/.*$"));
    if (const auto match = part.match(path); match.hasMatch())
        return QStringLiteral("mixPart%1").arg(match.captured(1).toInt() + 1);
    static const QRegularExpression item(QStringLiteral("/\\d+$"));
    QString plain = path;
    plain.remove(item);
    if (plain.startsWith(QStringLiteral("/special/fine")))
        return QStringLiteral("top1Bits");
    static const QHash<QString, QString> ids{{"/geometry/block", "blockSize"}, {"/geometry/sub", "subgroupSize"},
        {"/geometry/tile", "tileRows"}, {"/scale/codec", "scaleCodec"}, {"/scale/rule", "scaleRule"},
        {"/scale/stat", "scaleStatistic"}, {"/scale/offsets", "searchOffsets"}, {"/scale/targets", "scaleTargets"},
        {"/scale/clips", "clips"}, {"/scale/clip_kind", "clipKind"}, {"/scale/min", "scaleMinimum"},
        {"/scale/max", "scaleMaximum"}, {"/scale/zero", "zeroScale"}, {"/scale/encode", "encodeScale"},
        {"/scale/split_sign", "splitSign"}, {"/tensor_scale", "tensorScale"},
        {"/tensor_scale/target", "tensorScaleTarget"}, {"/tensor_scale/stat", "tensorScaleStatistic"},
        {"/tensor_scale/codec", "tensorScaleCodec"}, {"/tensor_scale/offsets", "tensorScaleOffsets"},
        {"/tensor_scale/exponent", "tensorScaleExponent"}, {"/tensor_scale/clips", "tensorScaleClips"},
        {"/tensor_scale/min", "tensorScaleMinimum"}, {"/micro/bits", "nanoMantissaBits"},
        {"/micro", "nanoMantissaBits"}, {"/micro/unit", "microUnit"}, {"/micro/rule", "microRule"},
        {"/chooser", "adaptiveMicroexponent"}, {"/chooser/rule", "chooserRule"}, {"/chooser/unit", "chooserUnit"},
        {"/chooser/bits", "selectorInSign"}, {"/special", "exception"}, {"/special/kind", "exception"},
        {"/special/mant_bits", "exceptionMantissa"}, {"/special/nbm_bits", "othersBits"},
        {"/special/nbm_rule", "othersRule"}, {"/special/bits", "top1Bits"}, {"/special/count", "exceptionCount"},
        {"/special/share", "exceptionShare"}, {"/special/threshold", "exceptionThreshold"},
        {"/special/relative", "thresholdRelative"}, {"/offset", "offset"}, {"/offset/kind", "offset"},
        {"/offset/include_zero", "includeZero"}, {"/transform", "hadamard"}, {"/transform/hadamard", "hadamard"},
        {"/transform/signs", "signSeed"}, {"/transform/sort", "sortColumns"}, {"/prune", "pruning"},
        {"/prune/keep", "pruning"}, {"/prune/of", "pruning"}, {"/mix", "mix"}, {"/mix/rule", "mix"},
        {"/mix/share", "mixShare"}, {"/mix/threshold", "mixThreshold"}, {"/mix/parts", "mixParts"},
        {"/encoder", "encoder"}, {"/encoder/id", "encoder"}, {"/encoder/bits", "encoderBits"},
        {"/encoder/sigmas", "encoderSigmas"}, {"/encoder/stages", "encoderStages"}, {"/layout", "layout"},
        {"/rounding/elem", "rounding"}, {"/rounding/stochastic", "stochasticSeed"}, {"/objective", "objective"},
        {"/order", "searchOrder"}, {"/arith", "arithmetic"}, {"/align", "alignBooks"}};
    return ids.value(plain);
}

}  // namespace nanoscope::test
