#pragma once

#include "core/tensor.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace nanoscope::cli {

/// How a result is written to standard output.
enum class OutputStyle { Table, Json };

/// A tensor of a file and how it is to be looked at.
struct TensorRequest {
    std::filesystem::path file;
    std::string tensor;
    std::optional<int> axis;  ///< replaces geometry.axis of every format
    std::optional<Shape> reshape;
    bool asBfloat16 = false;  ///< take uint16 datasets as bfloat16
};

struct FormatsRequest {
    OutputStyle style = OutputStyle::Table;
};

struct FormatRequest {
    std::string format;
    OutputStyle style = OutputStyle::Table;
};

struct ListRequest {
    std::filesystem::path file;
    OutputStyle style = OutputStyle::Table;
};

struct ReportRequest {
    TensorRequest input;
    std::vector<std::string> formats;
    unsigned threads = 0;  ///< 0: as many as there are cores
    OutputStyle style = OutputStyle::Table;
};

struct CastRequest {
    TensorRequest input;
    std::string format;
    std::filesystem::path output;
    unsigned threads = 0;
};

struct DecodeRequest {
    std::filesystem::path file;
    std::filesystem::path output;
    unsigned threads = 0;
};

struct ExplainRequest {
    TensorRequest input;
    std::string format;
    std::uint64_t block = 0;
    unsigned threads = 0;
    OutputStyle style = OutputStyle::Table;
};

struct CostRequest {
    std::vector<std::string> formats;
    std::string activations;              ///< empty: as the weights
    std::string workload = "llama-3-8b";  ///< name or .json file
    std::string accelerator = "m2xfp";    ///< name or .json file
    std::vector<std::string> settings;    ///< PATH=VALUE, in order
    OutputStyle style = OutputStyle::Table;
};

struct PerplexityRequest {
    std::vector<std::string> formats;
    std::filesystem::path model;   ///< empty: the bundled one
    std::filesystem::path tokens;  ///< empty: the bundled ones
    std::size_t limit = 0;         ///< tokens to predict at most; 0: all
    std::string activations;       ///< empty: as they are
    std::string keyValues;         ///< empty: as they are
    bool embedding = false;
    bool head = false;
    std::string layers;               ///< pattern of names; empty: all linear layers
    std::filesystem::path perTensor;  ///< JSON file of names with formats; empty: none
    bool withGridSpread = true;
    std::filesystem::path calibration;  ///< inputs of the linear layers; empty: none, or the bundled ones where needed
    std::string method;                 ///< how codes are chosen; empty: direct
    bool biasCorrection = false;
    bool sensitivity = false;  ///< the loss change of single layers, too
    unsigned threads = 0;      ///< 0: as many as there are cores
    OutputStyle style = OutputStyle::Table;
};

struct SweepRequest {
    std::filesystem::path file;
    std::vector<std::string> formats;  ///< empty: those that are compared most often
    std::vector<std::string> tensors;  ///< patterns of names; empty: all that can be explored
    std::optional<int> axis;           ///< replaces geometry.axis of every format
    std::filesystem::path output;      ///< .csv or .json; empty: standard output
    unsigned threads = 0;              ///< 0: as many as there are cores
    OutputStyle style = OutputStyle::Table;
};

struct BenchRequest {
    std::uint64_t elements = std::uint64_t{64} << 20;  ///< of the tensor that kernels are measured on
    OutputStyle style = OutputStyle::Table;
};

/// A text to print, which is all that `--help` and `--version` ask for.
struct TextRequest {
    std::string text;
};

/// What a command line asks for.
using Request = std::variant<TextRequest, FormatsRequest, FormatRequest, ListRequest, ReportRequest, CastRequest,
    DecodeRequest, ExplainRequest, CostRequest, PerplexityRequest, SweepRequest, BenchRequest>;

}  // namespace nanoscope::cli
