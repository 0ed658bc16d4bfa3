#pragma once

#include <nlohmann/json.hpp>

#include <QFile>

/// What the executable formulas gave (tests/golden/hardware/make_golden.py).
inline nlohmann::json hardwareGolden()
{
    QFile file(QStringLiteral(NANOSCOPE_TEST_DATA "/hardware/hardware.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("hardware.json cannot be read");
    return nlohmann::json::parse(file.readAll().toStdString());
}

/// Whether two figures agree to `relative`, an absolute 1e-9 aside.
inline bool agree(double a, double b, double relative)
{
    return std::abs(a - b) <= relative * std::abs(b) + 1e-9;
}
