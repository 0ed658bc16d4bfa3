#include "core/hardware/operand_notes.h"

namespace nanoscope::detail {

void addNotes(const FormatSpec& spec, Operand& operand)
{
    const auto note = [&operand](const char* text) { operand.notes.emplace_back(text); };
    const auto lacks = [&](const char* text) {
        operand.isWhole = false;
        note(text);
    };
    if (spec.encoder.id != EncoderId::Search)
        lacks("named encoder: its codebook is priced, its own decoder is not");
    if (spec.transform)
        note("the transform is not priced");
    if (spec.offset)
        lacks("the offset's correction sum is not priced");
    if (spec.prune)
        lacks("pruned elements take no memory but their multiplications are counted; the selection of the kept ones is "
              "not priced");
    if (spec.scale.splitSign)
        lacks("the second scale is stored, what tells positive from negative products is not priced");
    if (spec.geometry.axis == 0)
        lacks("blocks run across the dot product; they are priced as if they ran along it");
    if (operand.nanoBits > 0 || operand.hasCodeRecycling())
        note("no hardware of NanoMantissa, Adaptive Microexponent or Code Recycling is published; what they add to the "
             "datapath is this project's own design");
    else if (operand.adaptive && operand.selectorBits > 0)
        note(
            "the datapath for the choice between two readings of a block's codes is this project's own: no hardware of "
            "NxFP's Adaptive Microexponent is published, only the overhead of MXFFP's similar choice (VALIDATION.md, "
            "V12)");
    else if (operand.adaptive)
        note("the readings that a tensor can choose among are priced as one datapath that does them all, of this "
             "project's own design");
    if (operand.recycledSignificand > 0)
        note("the papers of BitMoD and RaZeR publish hardware for their special values; the datapath that is priced "
             "here is this project's own");
}

}  // namespace nanoscope::detail
