#pragma once

#include <span>
#include <string_view>

namespace nanoscope {

/// A bundled lesson as its file has it.
struct LessonFile {
    std::string_view name;  ///< of the file, without its ending
    std::string_view text;  ///< JSON
};

/// resources/lessons/*.json in the order of their names.
[[nodiscard]] std::span<const LessonFile> lessonFiles();

}  // namespace nanoscope
