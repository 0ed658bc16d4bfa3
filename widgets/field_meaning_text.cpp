#include "widgets/field_meaning_text.h"

#include <QCoreApplication>

#include <array>
#include <string_view>

namespace nanoscope {
namespace {

constexpr auto kContext = "nanoscope::FieldMeaningText";

/// What core/format/field_meanings.cpp and spec_parameters.cpp say.
constexpr std::array kMeanings{
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "axis of the tensor that blocks run along"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "elements that share a scale"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "elements that share a micro-scale"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "rows of the tensor that a block covers"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "a further codebook to choose from"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "name of the codebook"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "where the codebook's levels come from"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "exponent bits of an element"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "mantissa bits of an element"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "what the codes of the largest exponent stand for"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "exponent bias of an element, where it is not the usual one"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "whether the smallest exponent holds levels of its own"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "bits of an element code"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "exponent bits of a posit"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "step between levels, as a power of two"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "two's complement: one more negative level"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "levels at odd half steps, none at zero"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how many powers of two an element code is the sum of"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "what becomes of values beyond the last level"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "the wider stored code that these bits are read from"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "bits of the wider stored code"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how the wider stored code is cut down"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "the levels themselves, code by code"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "factor on every level"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "value that the scale maps a block's maximum to"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "what the otherwise wasted code of minus zero stands for"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how the level of the recycled code is found"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "sign of the recycled level"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "level that the recycled code stands for"),
    QT_TRANSLATE_NOOP(
        "nanoscope::FieldMeaningText", "whether each codebook gets a scale of its own or that of the first"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how the shared scale is stored"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how the shared scale follows from the block's maximum"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "figure of a block that its scale is made of"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "exponent offsets that are tried for every block"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "targets that are tried for every block"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "clip candidates that are tried for every block"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "what a clip candidate multiplies"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "smallest scale that is stored"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "largest scale that is stored"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "scale that a block of zeros stores"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText",
        "whether codes follow from the scale as stored or from the one before it was rounded"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "one scale for positive and one for other elements"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "one more scale for the whole tensor"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how the tensor's scale is stored"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "value that the tensor's scale maps its maximum to"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "figure of the tensor that its scale is made of"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "smallest scale of the tensor"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "exponent offsets that are tried for the tensor"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "clip ratios that are tried for the tensor"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "fixed exponent of the tensor's scale"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText",
        "a small scale beside the shared one (NanoMantissa, subgroup mantissa, microexponent)"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "what a micro-scale belongs to"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "bits of a micro-scale"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how a micro-scale is found"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "each block picks its codebook (Adaptive Microexponent)"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "what a codebook is picked for"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how the codebook is picked"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "stored bits of the choice"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "an offset stored beside the scale"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "integer code of zero, or a real minimum"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "the range is widened until it holds zero"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "elements that are stored more finely than their neighbors"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "which elements are exceptions"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "mantissa bits of the exception"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "bits that lower the exponent of the other elements"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how the other elements' exponent follows"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "metadata bits that refine the exception"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "finer levels of the exception"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "exceptions in a block"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "share of the tensor's elements that are exceptions"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "magnitude that makes a column an exception"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "the threshold is in multiples of the tensor's root mean square"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "a change of basis before quantization"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "size of the Hadamard rotation; 0 is none"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "seed of the random signs before the rotation"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "columns are sorted by their norm"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "N:M pruning"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "elements that are kept of each group"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "elements of a pruning group"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "blocks of several formats in one tensor"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "how a block gets its format"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "share of blocks that take the other format"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "limit beyond which blocks take the other format"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "the formats that are mixed"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "a further format that is mixed in"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "the procedure that finds the codes"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "bits of an ordinary element"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "standard deviations beyond which an element is an outlier"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "residual stages"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "order of the code bits in memory"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "what happens exactly between two levels"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "seed of random rounding; none rounds to the nearest level"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "error that a search makes small"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "order in which a search tries things; it decides ties"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "order and precision of the operations on scales"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "bits of an element code, sign included"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "block size in elements"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "bits of a shared microexponent"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "mantissa bits of a subgroup's scale"),
    QT_TRANSLATE_NOOP("nanoscope::FieldMeaningText", "NanoMantissa bits of the shared scale")};

QString translated(const std::string& meaning)
{
    for (const char* known : kMeanings)
        if (meaning == known)
            return QCoreApplication::translate(kContext, known);
    return QString::fromStdString(meaning);
}

/// Takes an ending away. @return false when the text has another
bool takeEnding(std::string& text, std::string_view ending)
{
    if (!text.ends_with(ending))
        return false;
    text.resize(text.size() - ending.size());
    return true;
}

}  // namespace

QString fieldMeaningText(std::string meaning)
{
    QString book;
    constexpr std::string_view kBook = " (codebook ";
    if (const std::size_t at = meaning.rfind(kBook); at != std::string::npos && meaning.ends_with(')')) {
        book = QString::fromStdString(meaning.substr(at + kBook.size(), meaning.size() - at - kBook.size() - 1));
        meaning.resize(at);
    }
    const bool keepsWidth = takeEnding(meaning, ", its width kept");
    QString text = translated(meaning);
    if (keepsWidth)
        text = QCoreApplication::translate("nanoscope::FieldMeaningText", "%1, its width kept").arg(text);
    if (!book.isEmpty())
        text = QCoreApplication::translate("nanoscope::FieldMeaningText", "%1 (codebook %2)").arg(text, book);
    return text;
}

}  // namespace nanoscope
