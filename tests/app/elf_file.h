#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QFile>
#include <QString>

#include <cstring>
#include <elf.h>
#include <optional>
#include <stdexcept>
#include <vector>

/// Reads the dynamic section of a 64-bit program of this machine.
namespace elftest {

namespace detail {

template <typename Value> Value valueAt(const QByteArray& bytes, std::uint64_t offset)
{
    const auto size = static_cast<std::uint64_t>(bytes.size());
    if (offset > size || size - offset < sizeof(Value))
        throw std::runtime_error("the program's ELF structures lead outside the file");
    Value value;
    std::memcpy(&value, bytes.constData() + offset, sizeof(Value));
    return value;
}

inline std::vector<Elf64_Phdr> segments(const QByteArray& bytes)
{
    const auto header = valueAt<Elf64_Ehdr>(bytes, 0);
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64)
        throw std::runtime_error("not a 64-bit ELF file");
    std::vector<Elf64_Phdr> list;
    for (std::uint64_t i = 0; i < header.e_phnum; ++i)
        list.push_back(valueAt<Elf64_Phdr>(bytes, header.e_phoff + i * header.e_phentsize));
    return list;
}

/// Where in the file the loader takes this address from.
inline std::uint64_t fileOffset(const std::vector<Elf64_Phdr>& segments, std::uint64_t address)
{
    for (const Elf64_Phdr& segment : segments) {
        if (segment.p_type == PT_LOAD && address >= segment.p_vaddr && address < segment.p_vaddr + segment.p_filesz)
            return address - segment.p_vaddr + segment.p_offset;
    }
    throw std::runtime_error("an address of the program is in no segment");
}

}  // namespace detail

/// Names of the shared libraries that the program asks for (DT_NEEDED).
inline QByteArrayList neededLibraries(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("the program cannot be read");
    const QByteArray bytes = file.readAll();
    const std::vector<Elf64_Phdr> segments = detail::segments(bytes);

    std::vector<std::uint64_t> nameOffsets;
    std::optional<std::uint64_t> names;
    for (const Elf64_Phdr& segment : segments) {
        if (segment.p_type != PT_DYNAMIC)
            continue;
        for (std::uint64_t at = 0; at + sizeof(Elf64_Dyn) <= segment.p_filesz; at += sizeof(Elf64_Dyn)) {
            const auto entry = detail::valueAt<Elf64_Dyn>(bytes, segment.p_offset + at);
            if (entry.d_tag == DT_NEEDED)
                nameOffsets.push_back(entry.d_un.d_val);
            else if (entry.d_tag == DT_STRTAB)
                names = detail::fileOffset(segments, entry.d_un.d_ptr);
        }
    }
    QByteArrayList libraries;
    for (const std::uint64_t offset : nameOffsets)
        libraries.append(QByteArray(bytes.constData() + names.value() + offset));
    return libraries;
}

}  // namespace elftest
