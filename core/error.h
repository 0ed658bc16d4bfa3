#pragma once

#include <exception>
#include <string>

namespace nanoscope {

/// What kind of failure an Error is; the command line maps it to its exit code.
enum class ErrorKind {
    Data,    ///< a file, tensor or run failed (exit code 1)
    Refused  ///< an unknown name or a refused value in a request (exit code 2)
};

/// The one error that core throws: where it happened, what is wrong and what the user can do about it.
class Error : public std::exception {
public:
    /// @param where   file, tensor or field, e.g. "weights.h5: layers.0"; may be empty
    /// @param what    what is wrong, without a final full stop
    /// @param remedy  what to do about it; may be empty
    Error(std::string where, std::string what, std::string remedy = {}, ErrorKind kind = ErrorKind::Data);

    [[nodiscard]] const std::string& where() const noexcept { return m_where; }
    [[nodiscard]] const std::string& problem() const noexcept { return m_problem; }
    [[nodiscard]] const std::string& remedy() const noexcept { return m_remedy; }
    [[nodiscard]] ErrorKind kind() const noexcept { return m_kind; }

    /// One line: `where: what is wrong; what to do`. Control characters are shown as `?`.
    [[nodiscard]] const char* what() const noexcept override { return m_line.c_str(); }

private:
    std::string m_where;
    std::string m_problem;
    std::string m_remedy;
    ErrorKind m_kind;
    std::string m_line;
};

/// Thrown by a long operation that was asked to stop; not a failure, so not an Error.
class Cancelled : public std::exception {
public:
    [[nodiscard]] const char* what() const noexcept override { return "cancelled"; }
};

}  // namespace nanoscope
