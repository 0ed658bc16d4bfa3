#include "core/io/safetensors_source.h"

#include "core/closest_name.h"
#include "core/error.h"
#include "core/fast/huge_pages.h"

#include <algorithm>
#include <memory>
#include <new>

namespace nanoscope {
namespace {

constexpr std::uint64_t kPieceElements = 1 << 18;  // between two looks at the stop

}  // namespace

SafetensorsSource::SafetensorsSource(const std::filesystem::path& path)
    : m_path(path.string())
    , m_file(path)
    , m_header(readSafetensorsHeader(m_file.bytes(), m_path))
{
    for (const SafetensorsTensor& tensor : m_header.tensors)
        m_list.push_back(tensor.info);
}

const SafetensorsTensor& SafetensorsSource::find(const std::string& name) const
{
    const auto found = std::find_if(m_header.tensors.begin(), m_header.tensors.end(),
        [&name](const SafetensorsTensor& tensor) { return tensor.info.name == name; });
    if (found != m_header.tensors.end())
        return *found;
    std::vector<std::string> names;
    for (const TensorInfo& info : m_list)
        names.push_back(info.name);
    const auto closest = closestName(name, names);
    const std::string listing = "`nanoscope-cli list " + m_path + "` shows its tensors";
    throw Error(
        m_path + ": " + name, "no such tensor", closest ? "did you mean " + *closest + "? " + listing : listing);
}

Tensor SafetensorsSource::read(const std::string& name, const ReadOptions& options) const
{
    const SafetensorsTensor& tensor = find(name);
    const std::string where = m_path + ": " + name;
    const bool isWords16 = options.asBfloat16 && tensor.info.dtype == "U16" && tensor.info.elements > 0;
    if (!tensor.encoding && !isWords16)
        throw Error(where, tensor.info.reason + " cannot be explored",
            tensor.info.dtype == "U16" ? "give --as bf16 if these are bfloat16 values" : "choose a tensor of floats");
    const ElementEncoding encoding
        = isWords16 ? ElementEncoding{ElementType::Bf16, std::endian::little} : *tensor.encoding;
    const ValueKind kind = valueKind(encoding.type);
    const std::uint64_t width = elementBytes(encoding.type);
    const std::span<const std::byte> raw = m_file.bytes().subspan(tensor.begin, tensor.bytes);
    TensorInfo info = tensor.info;
    info.dtype = elementTypeName(encoding.type);
    info.explorable = true;
    info.reason.clear();

    // Piece by piece, so that a stop is noticed.
    const auto inPieces = [&](const auto& decode) {
        for (std::uint64_t first = 0; first < info.elements; first += kPieceElements) {
            if (options.stop.stop_requested())
                throw Cancelled();
            if (!m_file.stillWhole())
                throw Error(where, "the file has become shorter while it was open", "open it again");
            const std::uint64_t count = std::min(kPieceElements, info.elements - first);
            decode(raw.subspan(first * width, count * width), first, count);
            if (options.progress)
                options.progress((first + count) * width, tensor.bytes);
        }
    };
    try {
        if (kind == ValueKind::Float32) {
            auto values = std::make_shared<std::vector<float>>(hugePageVector<float>(info.elements));
            inPieces([&](std::span<const std::byte> piece, std::uint64_t first, std::uint64_t count) {
                decodeElements(piece, encoding, std::span(*values).subspan(first, count));
            });
            return {m_path, std::move(info), TensorValues(std::move(values))};
        }
        auto words = std::make_shared<std::vector<std::uint16_t>>(hugePageVector<std::uint16_t>(info.elements));
        inPieces([&](std::span<const std::byte> piece, std::uint64_t first, std::uint64_t count) {
            decodeWords(piece, encoding.order, std::span(*words).subspan(first, count));
        });
        return {m_path, std::move(info), TensorValues(kind, std::move(words))};
    } catch (const std::bad_alloc&) {
        throw Error(where, "there is not enough memory to hold it", "close other programs, or choose a smaller tensor");
    }
}

}  // namespace nanoscope
