#pragma once

#include "widgets/format_fields.h"

#include <cstddef>
#include <functional>

namespace nanoscope {

/// Adds the fields of one codebook, one kind after the other; those of the second book on carry its number.
class BookFields {
public:
    BookFields(FormatFields& fields, std::size_t index)
        : m_fields(fields)
        , m_index(index)
    {
    }

    void add();

private:
    /// A question to the codebook.
    using BookTest = std::function<bool(const FormatSpec&, const ElementBook&)>;

    [[nodiscard]] FieldInfo info(
        const char* id, const QString& label, const QString& tip, BookTest matters, BookTest isPossible = {}) const;

    /// Access to a member of the codebook, for the fields named `...At`.
    template <typename Member> auto at(Member ElementBook::*member) const
    {
        return [ index = m_index, member ](auto& spec) -> auto&
        {
            return spec.elements[index].*member;
        };
    }

    /// An edit of the codebook.
    template <typename Value, typename Write> FormatFields::Set<Value> set(Write write) const
    {
        return [index = m_index, write](FormatSpec spec, Value value) {
            write(spec.elements[index], value);
            return spec;
        };
    }

    template <typename Value, typename Read> FormatFields::Get<Value> get(Read read) const
    {
        return [index = m_index, read](const FormatSpec& spec) -> Value { return read(spec.elements[index]); };
    }

    void addKind();
    void addFloat();
    void addInteger();
    void addStoredCode();
    void addPosit();
    void addTable();
    void addRealNumbers();
    void addRecycle();

    FormatFields& m_fields;
    std::size_t m_index;
};

}  // namespace nanoscope
