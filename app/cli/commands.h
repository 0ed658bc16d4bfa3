#pragma once

#include "app/cli/requests.h"

namespace nanoscope::cli {

/// @name What each command does
/// Results go to standard output or the file asked for. A failure throws Error, an interruption Cancelled.
/// @{
void run(const TextRequest& request);
void run(const FormatsRequest& request);
void run(const FormatRequest& request);
void run(const ListRequest& request);
void run(const ReportRequest& request);
void run(const CastRequest& request);
void run(const DecodeRequest& request);
void run(const ExplainRequest& request);
void run(const CostRequest& request);
void run(const PerplexityRequest& request);
void run(const SweepRequest& request);
void run(const BenchRequest& request);
/// @}

}  // namespace nanoscope::cli
