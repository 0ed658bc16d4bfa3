#pragma once

#include "core/analysis/block_trace.h"

#include <QString>

#include <vector>

namespace nanoscope {

/// One line of the derivation of an element.
struct InspectorStep {
    enum class Kind {
        Plain,
        Bits,    ///< `value` is a code, to be shown by field
        Result,  ///< a result, shown bold
        Warning  ///< something the reader should not miss
    };

    QString id;     ///< stable name for tests: "value", "scale", ...
    QString label;  ///< what it is
    QString value;
    Kind kind = Kind::Plain;
};

/// How an element of a block came to its code and to its decoded value, step by step.
/// @param element  index into trace.elements; must be valid
[[nodiscard]] std::vector<InspectorStep> inspectorSteps(const BlockTrace& trace, int element);

}  // namespace nanoscope
