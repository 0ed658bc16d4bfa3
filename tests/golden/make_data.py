#!/usr/bin/env python3
"""Makes data/real_weights.h5 and data/synthetic.h5.

    make_data.py SOURCE.h5 [DATA_FOLDER]

SOURCE.h5 holds the trained matrices that data/README.md lists; they are copied with their types and attributes.
The synthetic file needs no input: seeds are fixed. Needs numpy and h5py.
"""
import pathlib
import sys

import h5py
import numpy as np

FILTERS = {"compression": "gzip", "compression_opts": 9, "shuffle": True, "track_times": False}
FLT_MAX = float(np.finfo(np.float32).max)


def copy_real_weights(source, target):
    with h5py.File(source, "r") as src, h5py.File(target, "w", libver=("earliest", "v110")) as dst:
        for key, value in src.attrs.items():
            dst.attrs[key] = value

        def copy(name, node):
            if not isinstance(node, h5py.Dataset):
                new = dst.require_group(name)
            else:
                new = dst.create_dataset(name, data=node[()], dtype=node.dtype, chunks=node.shape, **FILTERS)
            for key, value in node.attrs.items():
                new.attrs[key] = value

        src.visititems(copy)


def random(seed):
    return np.random.Generator(np.random.PCG64(seed))


def language_model_like():
    """Rows of different size, tails heavier than Gaussian, rare outliers, and four input channels that stand out."""
    r = random(5)
    w = 0.02 * r.standard_t(8, (512, 512))
    w *= np.exp(0.3 * r.standard_normal((512, 1)))
    w[r.random((512, 512)) < 0.001] *= 6.0
    w[:, r.choice(512, 4, replace=False)] *= 5.0
    return w


def outlier_columns():
    """Input channels of very different size, large ones anywhere: what sorting them helps."""
    w = random(7).standard_normal((256, 512))
    return w * np.exp(0.8 * random(8).standard_normal(512))


def edge_cases():
    """One block of 32 per row; every row is a case of its own."""
    r = random(6)
    w = np.zeros((16, 32), np.float32)
    w[1] = -0.0
    w[2, ::2] = -0.0
    w[2, 5] = 1.0
    w[3] = r.integers(-2000, 2000, 32) * 2.0 ** -149           # subnormals
    w[4, 7] = 2.0 ** -149                                      # the smallest of them
    w[5] = r.standard_normal(32) * 2.0 ** -126                 # both sides of the normal range
    w[6] = r.uniform(-1, 1, 32) * FLT_MAX
    w[6, 0], w[6, 1] = FLT_MAX, -FLT_MAX
    w[7] = r.standard_normal(32)
    w[7, 11] = np.nan
    w[8] = r.standard_normal(32)
    w[8, 3] = np.inf
    w[9] = r.standard_normal(32)
    w[9, 0] = -np.inf
    w[9, 31] = np.nan
    w[10] = 0.75                                               # a constant block
    w[11] = 2.0 ** np.arange(-16, 16)                          # powers of two
    w[12] = np.resize([0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5.0, -4.0], 32)   # midpoints between levels of E2M1
    w[13] = r.standard_normal(32) * 1e-3
    w[13, 20] = 1e4                                            # one outlier
    w[14] = r.standard_normal(32) * 2.0 ** r.integers(-20, 20, 32).astype(float)
    w[15] = np.nextafter(np.float32(4.0), np.float32(0.0))     # just below a power of two
    return w


def write_synthetic(target):
    shape = (512, 256)
    block = np.array([[0.3, -1.1, 2.2, -3.6, 5.1, 7.3, -0.05, 0.8]])
    tensors = [
        ("gaussian", random(1).standard_normal(shape), "standard normal"),
        ("student_t5", random(2).standard_t(5, shape), "Student's t with 5 degrees of freedom: heavy tails"),
        ("laplace", random(3).laplace(size=shape), "Laplace with scale 1"),
        ("uniform", random(4).uniform(-1, 1, shape), "uniform between -1 and 1"),
        ("language_model_like", language_model_like(),
         "[out, in]: Student's t with 8 degrees of freedom, rows of log-normal size, 0.1 % of the values times 6, "
         "4 columns times 5"),
        ("outlier_columns", outlier_columns(), "[out, in]: standard normal, each column times a log-normal size"),
        ("block_by_hand", block, "one short block, small enough to quantize by hand"),
        ("edge_cases", edge_cases(),
         "one case per row: zeros, negative zeros, subnormals, values near the float maximum, NaN, infinity, a constant, "
         "powers of two, midpoints, an outlier, 40 binades, just below a power of two"),
    ]
    with h5py.File(target, "w", libver=("earliest", "v110")) as f:
        f.attrs["description"] = "Made-up tensors for teaching and tests; made by tests/golden/make_data.py"
        for name, values, description in tensors:
            data = values.astype(np.float32)
            f.create_dataset(name, data=data, **FILTERS).attrs["description"] = description
        lines = ["Tensors with a known distribution, all float32.", "Blocks run along the last axis.",
                 "This dataset holds text, so it cannot be explored as a tensor."]
        notes = f.create_dataset("notes", data=lines, dtype=h5py.string_dtype(), track_times=False)
        notes.attrs["description"] = "what this file holds, as text"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    here = pathlib.Path(__file__).resolve().parents[2] / "data"
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else here
    copy_real_weights(sys.argv[1], folder / "real_weights.h5")
    write_synthetic(folder / "synthetic.h5")


if __name__ == "__main__":
    main()
