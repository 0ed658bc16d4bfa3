#include "core/fast/speed_subject.h"

#include "core/fast/class_tensor.h"
#include "core/fast/fused_pass.h"
#include "core/fast/huge_pages.h"
#include "core/fast/speed_data.h"
#include "core/format/format_by_name.h"

#include <memory>

namespace nanoscope {
namespace {

FormatSpec presetSpec(const std::string& preset)
{
    return resolved(parseFormat(preset, {}).spec, kSpeedRow);
}

FusedOptions optionsOf(const SpeedSetting& setting)
{
    return {setting.pool, setting.threads, setting.stop};
}

enum class Codes { Counted, Written };

/// Scale, codes, counts and errors in one pass, or errors alone.
SpeedSubject fusedSubject(const std::string& name, const std::string& preset, KernelScope scope, Codes codes)
{
    const auto prepare = [preset, scope, codes](const SpeedSetting& setting) -> SpeedPass {
        const FormatSpec spec = presetSpec(preset);
        const BlockView view(*setting.tensor, spec.geometry.axis, spec.geometry.block);
        const TensorParameters parameters = tensorParameters(spec, view, {setting.threads, setting.stop, {}});
        const auto pass = FusedPass::forFormat(spec, parameters, setting.target);
        struct Room {
            std::vector<std::uint8_t> scales;
            std::vector<TilePlanes> planes;
        };
        const auto room = std::make_shared<Room>();
        room->scales = hugePageVector<std::uint8_t>(view.blocks() * pass->scaleBytes());
        room->planes = hugePageVector<TilePlanes>(codes == Codes::Written ? tileCount(view) : 0);
        return [pass, view, room, scope, options = optionsOf(setting)] {
            return pass->measure(view, options, scope, {room->scales, room->planes}).squaredError;
        };
    };
    return {name, prepare};
}

/// Histogram and vacancy from bytes that stand for the elements.
SpeedPass prepareClasses(const SpeedSetting& setting)
{
    const FormatSpec spec = presetSpec("MXFP4");
    const BlockView view(*setting.tensor, spec.geometry.axis, spec.geometry.block);
    const auto classes
        = std::make_shared<const ClassTensor>(ClassTensor::build(view, optionsOf(setting), setting.target));
    return [classes, spec, options = optionsOf(setting)] {
        return static_cast<double>(classes->count(spec, options)->unusedCodes);
    };
}

SpeedPass prepareClassBuild(const SpeedSetting& setting)
{
    const auto view = std::make_shared<const BlockView>(*setting.tensor, -1, 32);
    return [view, setting] {
        const ClassTensor classes = ClassTensor::build(*view, optionsOf(setting), setting.target);
        return static_cast<double>(classes.bytes());
    };
}

}  // namespace

const std::vector<SpeedSubject>& speedSubjects()
{
    static const std::vector<SpeedSubject> kSubjects{
        fusedSubject("mxfp4_full", "MXFP4", KernelScope::Full, Codes::Counted),
        fusedSubject("mxfp4_full_codes", "MXFP4", KernelScope::Full, Codes::Written),
        fusedSubject("mxfp4_error", "MXFP4", KernelScope::Error, Codes::Counted),
        fusedSubject("nvfp4_full", "NVFP4", KernelScope::Full, Codes::Counted),
        fusedSubject("int4_g32_full", "INT4_g32", KernelScope::Full, Codes::Counted),
        fusedSubject("nf4_full", "NF4", KernelScope::Full, Codes::Counted),
        fusedSubject("nxfp4_search_full", "NxFP4", KernelScope::Full, Codes::Counted),
        fusedSubject("nvfp4_4over6_full", "NVFP4_4over6", KernelScope::Full, Codes::Counted),
        fusedSubject("m2xfp_weight_search", "M2XFP_weight", KernelScope::Error, Codes::Counted),
        fusedSubject("razer_nv_weight_full", "RaZeR_NV_weight", KernelScope::Full, Codes::Counted),
        fusedSubject("if4_full", "IF4", KernelScope::Full, Codes::Counted),
        fusedSubject("bitmod4_full", "BitMoD4", KernelScope::Full, Codes::Counted),
        fusedSubject("int4_g128_full", "INT4_g128", KernelScope::Full, Codes::Counted),
        {"class_histogram_vacancy", prepareClasses},
        {"class_build", prepareClassBuild},
    };
    return kSubjects;
}

}  // namespace nanoscope
