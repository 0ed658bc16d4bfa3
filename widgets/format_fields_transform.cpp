// The fields of what is done to a tensor before it is cut into blocks.

#include "widgets/format_fields.h"

#include <QCoreApplication>

namespace nanoscope {
namespace {

constexpr int kLargestHadamard = 4096;

/// Texts of this file are translated with those of the view that shows them.
class Text {
    Q_DECLARE_TR_FUNCTIONS(nanoscope::FormatEditor)
};

TransformSpec transformOf(const FormatSpec& spec)
{
    return spec.transform.value_or(TransformSpec{});
}

/// A transform that does nothing is none.
FormatSpec withTransform(FormatSpec spec, const TransformSpec& transform)
{
    spec.transform = transform == TransformSpec{} ? std::nullopt : std::optional(transform);
    return spec;
}

FormatFields::Options sizes()
{
    FormatFields::Options options{{Text::tr("none"), 0}};
    for (int size = 2; size <= kLargestHadamard; size *= 2)
        options.push_back({QString::number(size), size});
    return options;
}

}  // namespace

void addTransformFields(FormatFields& fields)
{
    fields.setScope({});
    fields.addHeading(Text::tr("Transform"));
    fields.addChoice(
        {QStringLiteral("hadamard"), Text::tr("Hadamard rotation"),
            Text::tr("Every so many neighbors along a row are rotated into sums and differences of each "
                     "other before they are quantized, and back afterwards; spreads outliers"),
            {}, {}},
        sizes(), [](const FormatSpec& spec) { return transformOf(spec).hadamard; },
        [](FormatSpec spec, int size) {
            TransformSpec transform = transformOf(spec);
            transform.hadamard = size;
            if (size == 0)  // signs without a rotation change nothing
                transform.signSeed.reset();
            return withTransform(std::move(spec), transform);
        });
    const auto isRotated
        = [](const FormatSpec& spec) { return transformOf(spec).hadamard > 0 || transformOf(spec).signSeed; };
    fields.addSwitch(
        {QStringLiteral("randomSigns"), Text::tr("Random signs"),
            Text::tr("Every column gets a random sign before the rotation, so that no regular pattern of "
                     "the values survives it"),
            isRotated, {}},
        [](const FormatSpec& spec) { return transformOf(spec).signSeed.has_value(); },
        [](FormatSpec spec, bool on) {
            TransformSpec transform = transformOf(spec);
            transform.signSeed = on ? std::optional<std::uint32_t>(1) : std::nullopt;
            return withTransform(std::move(spec), transform);
        });
    fields.addSeed(
        {QStringLiteral("signSeed"), Text::tr("Sign seed"), Text::tr("The same seed gives the same random signs"),
            [](const FormatSpec& spec) { return transformOf(spec).signSeed.has_value(); }, {}},
        [](const FormatSpec& spec) { return transformOf(spec).signSeed; },
        [](FormatSpec spec, std::uint32_t seed) {
            TransformSpec transform = transformOf(spec);
            transform.signSeed = seed;
            return withTransform(std::move(spec), transform);
        });
    fields.addSwitch(
        {QStringLiteral("sortColumns"), Text::tr("Sort columns"),
            Text::tr("Columns are sorted by their norm, so that blocks hold values of similar size "
                     "(K-sort); they are put back afterwards"),
            {}, {}},
        [](const FormatSpec& spec) { return transformOf(spec).sortColumns; },
        [](FormatSpec spec, bool on) {
            TransformSpec transform = transformOf(spec);
            transform.sortColumns = on;
            return withTransform(std::move(spec), transform);
        });
}

}  // namespace nanoscope
