#include "core/format/edit_refusal.h"

#include "core/error.h"
#include "core/format/format_text.h"

namespace nanoscope {

void refuseEdit(const std::string& field, const std::string& problem, const std::string& remedy)
{
    throw Error(field, problem, remedy, ErrorKind::Refused);
}

void requirePlain(const FormatSpec& spec, const std::string& what)
{
    if (spec.mix)
        refuseEdit("mix.rule", std::string("each of the mixed formats has its own ").append(what),
            "change mix.parts, or take a preset of one format");
    if (spec.encoder.id != EncoderId::Search)
        refuseEdit("encoder.id",
            std::string(nameOf(kEncoderNames, spec.encoder.id)).append(" has its own ").append(what),
            "take a preset without a named encoder");
}

}  // namespace nanoscope
