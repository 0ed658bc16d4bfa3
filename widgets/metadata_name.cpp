#include "widgets/metadata_name.h"

#include <QCoreApplication>

#include <array>

namespace nanoscope {
namespace {

constexpr auto kContext = "nanoscope::MetadataName";

/// The names that core/format/format_storage.h gives.
constexpr std::array kNames{QT_TRANSLATE_NOOP("nanoscope::MetadataName", "subgroup mantissa"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "microexponent"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "codebook"), QT_TRANSLATE_NOOP("nanoscope::MetadataName", "index"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "exception mantissa"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "reserved"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "exponent offset of the others"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "top-1 mantissa"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "offset"), QT_TRANSLATE_NOOP("nanoscope::MetadataName", "levels"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "exceptions"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "exception value"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "kept"), QT_TRANSLATE_NOOP("nanoscope::MetadataName", "part"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "super-block minimum"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "sub-block scale"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "sub-block minimum"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "outlier flag"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "outlier scale"),
    QT_TRANSLATE_NOOP("nanoscope::MetadataName", "permutation")};

}  // namespace

QString metadataName(const std::string& name)
{
    for (const char* known : kNames)
        if (name == known)
            return QCoreApplication::translate(kContext, known);
    return QString::fromStdString(name);
}

}  // namespace nanoscope
