#include "core/error.h"

#include <utility>

namespace nanoscope {

Error::Error(std::string where, std::string what, std::string remedy, ErrorKind kind)
    : m_where(std::move(where))
    , m_problem(std::move(what))
    , m_remedy(std::move(remedy))
    , m_kind(kind)
{
    m_line = m_where.empty() ? m_problem : m_where + ": " + m_problem;
    if (!m_remedy.empty())
        m_line += "; " + m_remedy;
    for (char& c : m_line) {  // one line of text, whatever a name or a library message holds
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
        else if (byte < 0x20U || byte == 0x7FU)  // a NUL would end the text, an escape would steer the terminal
            c = '?';
    }
}

}  // namespace nanoscope
