#pragma once

#include "core/tensor.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace nanoscope {

/// Called between pieces with the bytes read so far and in all: on any thread that reads, one call at a time.
using ReadProgress = std::function<void(std::uint64_t bytesDone, std::uint64_t bytesTotal)>;

/// How to read a tensor beyond its name.
struct ReadOptions {
    bool asBfloat16 = false;  ///< take a uint16 dataset as bfloat16 (`--as bf16`)
    ReadProgress progress;    ///< may be empty
    std::stop_token stop;     ///< asked between pieces; a stop throws Cancelled
    unsigned threads = 0;     ///< most threads to read and convert on; 0: as many as there are cores
};

/// One open file of tensors. Not thread-safe: use from one I/O lane.
class TensorSource {
public:
    virtual ~TensorSource() = default;

    /// Every dataset in the file, in path order; those that cannot be explored carry a reason.
    [[nodiscard]] virtual const std::vector<TensorInfo>& list() const = 0;

    /// What the file says of itself: attributes of the root group, or the metadata of its header. Numbers and booleans
    /// as text that reads back to the same value; other kinds are left out.
    /// @throws Error when they cannot be read
    [[nodiscard]] virtual std::map<std::string, std::string> attributes() const = 0;

    /// Reads one tensor whole, piece by piece.
    /// @throws Error naming file and tensor when it does not exist, is not explorable or cannot be read
    /// @throws Cancelled when options.stop was requested
    [[nodiscard]] virtual Tensor read(const std::string& name, const ReadOptions& options) const = 0;
};

/// Opens a file by its content, not by its ending. HDF5 and safetensors.
/// @throws Error when the file does not exist, is a directory, or is of no known kind
[[nodiscard]] std::unique_ptr<TensorSource> openTensorSource(const std::filesystem::path& path);

}  // namespace nanoscope
