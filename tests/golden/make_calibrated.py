#!/usr/bin/env python3
"""Makes calibrated.h5: what ref_catalogue.py makes of small layers with their inputs (see README.md).

    make_calibrated.py [OUT.h5]

Fixed seeds only. Needs numpy and h5py.
"""
import sys

import numpy as np

import ref_catalogue as ref
from make_golden import HERE, create_file, random


def layer(outputs, inputs, samples, seed, dead=()):
    """Weights and correlated inputs of very different size; some inputs are always 0."""
    r = random(seed)
    x = r.standard_normal((samples, inputs)) @ (np.eye(inputs) + 0.2 * r.standard_normal((inputs, inputs)))
    x = x * np.exp(0.7 * r.standard_normal(inputs)) + 0.3
    x[:, list(dead)] = 0.0
    w = r.standard_normal((outputs, inputs))
    return w.astype(np.float32).astype(float), x.astype(np.float32).astype(float)


def gptq_case(group, w, x):
    """Three bits under one scale per row, fixed beforehand."""
    h = ref.hessian(x)
    s = np.abs(w).max(1) / 3
    quantize = lambda j, column: np.clip(np.rint(column / s), -4, 3) * s
    group["weights"], group["samples"], group["scales"] = w, x.astype(np.float32), s
    group["columns"] = ref.gptq(w, h, quantize)
    group["act_order"] = ref.gptq(w, h, quantize, order=np.argsort(-np.diag(h), kind="stable"))
    nearest = np.stack([quantize(j, w[:, j]) for j in range(w.shape[1])], 1)
    group["errors"] = np.array([np.sqrt(ref.output_mse(w, nearest, h) / ref.output_mse(w, 0 * w, h)),
                                      np.linalg.norm(w - nearest) / np.linalg.norm(w)])
    group["nearest"] = nearest


def scale_cases(group, w, x):
    group["weights"], group["samples"] = w, x.astype(np.float32)
    for a in (0.0, 0.35, 0.5, 1.0):
        group[f"smooth/{a}"] = ref.smooth_scale(x, w, a)
    for t in (0.5, 2.0):
        _, _, bias, shift, scale = ref.os_plus(x, w, np.zeros(len(w)), t)
        group[f"os_plus/{t}/bias"], group[f"os_plus/{t}/shift"], group[f"os_plus/{t}/scale"] = bias, shift, scale


def decouple_cases(group, w, x):
    h = ref.hessian(x)
    group["weights"], group["samples"] = w, x.astype(np.float32)
    for bits in (2, 3):
        found = [ref.decoupleq(row, h, bits) for row in w]
        group[f"{bits}/loss"] = np.array([f[0] for f in found])
        group[f"{bits}/scale"] = np.array([f[1] for f in found])
        group[f"{bits}/offset"] = np.array([f[2] for f in found])
        group[f"{bits}/codes"] = np.stack([f[3] for f in found])


def main():
    target = sys.argv[1] if len(sys.argv) > 1 else HERE / "calibrated.h5"
    with create_file(target) as f:
        gptq_case(f.create_group("gptq/small"), *layer(6, 24, 200, 501, dead=(5,)))
        gptq_case(f.create_group("gptq/wide"), *layer(4, 150, 160, 502))
        scale_cases(f.create_group("scales"), *layer(8, 32, 64, 503))
        decouple_cases(f.create_group("decoupleq"), *layer(5, 32, 200, 504))


if __name__ == "__main__":
    main()
