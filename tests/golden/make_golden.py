#!/usr/bin/env python3
"""Makes mx_family.h5: what ref_mx.py says of every preset on data chosen to be difficult. README.md describes the file.

    make_golden.py [OUT.h5]

Reads data/real_weights.h5; everything else has fixed seeds. Needs numpy and h5py.
"""
import pathlib
import sys
import warnings

import h5py
import numpy as np

import ref_mx

HERE = pathlib.Path(__file__).resolve().parent
REAL_WEIGHTS = HERE.parents[1] / "data" / "real_weights.h5"
FLT_MAX = float(np.finfo(np.float32).max)
COMPACT_BYTES = 512          # smaller datasets lie in their object header; a filtered chunk would cost more than it saves


def random(seed):
    return np.random.Generator(np.random.PCG64(seed))


# ------------------------------------------------------------------------------------------------- inputs
def midpoints(levels, gain, seed):
    """Values midway between levels, some on them, at powers of two times `gain`; every 16 share one power of two."""
    r = random(seed)
    levels = np.asarray(levels, float)
    pool = np.concatenate([(levels[1:] + levels[:-1]) / 2] * 3 + [levels])
    x = r.choice(pool, (4, 128)) * r.choice([-1.0, 1.0], (4, 128))
    x[:, ::16] = levels[-1]
    return x * gain * 2.0 ** np.repeat(r.integers(-9, 9, (4, 8)), 16, axis=1)


def block_maxima(maxima, seed):
    """One row for each maximum: 64 smaller values, and the maximum once in every 32."""
    r = random(seed)
    x = r.uniform(-0.95, 0.95, (len(maxima), 64)) * np.asarray(maxima, float)[:, None]
    x[:, 9], x[:, 50] = maxima, -np.asarray(maxima, float)
    return x


def around(values):
    """Each value as float32 with its two neighbours."""
    v = np.asarray(values, np.float32)
    return np.stack([np.nextafter(v, np.float32(0)), v, np.nextafter(v, np.float32(np.inf))], axis=1).ravel()


def near_float_max():
    r = random(31)
    x = r.uniform(-1, 1, (5, 64)) * FLT_MAX
    x[0, 3], x[0, 40] = FLT_MAX, -FLT_MAX
    x[1] = FLT_MAX
    x[2] = r.standard_normal(64)
    x[2, 20] = -FLT_MAX
    x[3, ::7] = np.nextafter(np.float32(FLT_MAX), np.float32(0))
    x[4] *= 2.0 ** -r.integers(0, 12, 64).astype(float)
    return x


def subnormals():
    r = random(32)
    x = r.integers(-2 ** 22, 2 ** 22, (4, 96)) * 2.0 ** -149
    x[1] = r.integers(-40, 41, 96) * 2.0 ** -149
    x[2] *= 2.0 ** -r.integers(0, 20, 96).astype(float)
    return x


def subnormals_mixed():
    r = random(33)
    x = r.standard_normal((4, 96)) * 2.0 ** -126
    x[1, ::3] *= 2.0 ** -20
    x[2] *= 2.0 ** -r.integers(0, 22, 96).astype(float)
    x[3, 64:] = r.standard_normal(32)
    return x


def zeros_mixed():
    r = random(34)
    x = r.standard_normal((6, 72))
    x[0] = 0.0
    x[1] = -0.0
    x[2, ::2] = -0.0
    x[3, :32] = 0.0
    x[4, 8:] = -0.0
    x[5, r.random(72) < 0.7] = 0.0
    return x


def non_finite():
    r = random(35)
    x = r.standard_normal((7, 80))
    x[1, 3] = np.nan
    x[2, 79] = np.inf
    x[3, 20], x[3, 21] = -np.inf, np.nan
    x[4] = np.nan
    x[5, 32:64] = 0.0
    x[5, 40] = np.nan
    return x


def giant_outlier():
    r = random(36)
    x = r.standard_normal((6, 64))
    for row, size in enumerate([30.0, 1e3, 1e5, 1e8, 1e20, 1e30]):
        x[row, r.integers(0, 32)] = size
    return x


def inputs():
    with h5py.File(REAL_WEIGHTS, "r") as f:
        real = {
            "real_pose_conv2d_35": f["pose/conv2d_35"][96:104, 128:288],
            "real_pose_conv2d_24": f["pose/conv2d_24"][400:405, :],
            "real_silero_weight_hh": f["silero/weight_hh"][60:66, :],
            "real_svtr_fc1": f["svtr/block0/fc1"][17:22, :],
            "real_svtr_outlier": f["svtr/conv2d_184_outlier"][0:0],
        }
        whole = f["svtr/conv2d_184_outlier"][()]
    row, column = np.unravel_index(np.abs(whole).argmax(), whole.shape)
    row, column = min(row, len(whole) - 4), min(column // 32 * 32, whole.shape[1] - 128)
    real["real_svtr_outlier"] = whole[row:row + 4, column:column + 128]

    two = np.sqrt(2.0)
    made = {
        "gauss": random(1).standard_normal((6, 128)),
        "student_t5": random(2).standard_t(5, (6, 128)),
        "laplace": random(3).laplace(size=(5, 128)),
        "uniform": random(4).uniform(-3, 3, (5, 128)),
        "ties_quarter": random(5).integers(-12, 13, (8, 128)) / 4,
        "ties_eighth": random(6).integers(-12, 13, (8, 128)) / 8,
        "magnitudes_40_binades": random(7).standard_normal((6, 128)) * 2.0 ** random(8).integers(-20, 21, (6, 128)),
        "rows_of_40_binades": random(9).standard_normal((8, 64)) * 2.0 ** np.linspace(-20, 20, 8).round()[:, None],
        "subnormals": subnormals(),
        "subnormals_mixed": subnormals_mixed(),
        "subnormals_tiny": random(26).integers(-40, 41, (3, 48)) * 2.0 ** -149,     # the tensor scale rounds to 0
        "near_float_max": near_float_max(),
        "tail_45": random(10).standard_t(4, (5, 45)),
        "tail_33": random(11).standard_normal((5, 33)),
        "tail_7": random(12).standard_normal((5, 7)),
        "tail_1": random(13).standard_normal((6, 1)),
        "rank_1": random(14).laplace(size=200),
        "zeros": np.concatenate([np.zeros((1, 40)), np.full((1, 40), -0.0)]),
        "zeros_mixed": zeros_mixed(),
        "single_element": np.array([0.37]),
        "single_zero": np.array([-0.0]),
        "non_finite": non_finite(),
        "constant": np.repeat([[0.75], [-1.0], [3.3], [1e-6], [-448.0], [7.0]], 48, axis=1),
        "powers_of_two": random(15).choice([-1.0, 1.0], (5, 96)) * 2.0 ** random(16).integers(-8, 9, (5, 96)),
        "midpoints_e2m1": midpoints(ref_mx.E2M1, 1.0, 17),
        "midpoints_e2m1_nano": midpoints(ref_mx.E2M1, 1.25, 18),
        "midpoints_e2m3": midpoints(ref_mx.E2M3, 1.0, 19),
        "midpoints_e2m3_nano": midpoints(ref_mx.E2M3, 1.25, 20),
        "midpoints_bfp4": midpoints(np.arange(8), 1.0, 21),
        "midpoints_bfp4_nano": midpoints(np.arange(8), 1.25, 22),
        "giant_outlier": giant_outlier(),
        "maximum_at_power_of_two": block_maxima(around([2.0 ** -7, 1.0, 4.0]), 23),
        "maximum_at_rule_threshold": block_maxima(around([6.0 / two, 4.0 * two, 6.0, 7.0, 7.5]), 24),
        "maximum_of_wide_books": block_maxima(around([448.0, 480.0, 57344.0, 1.984375]), 25),
    }
    return {name: np.asarray(x).astype(np.float32) for name, x in {**real, **made}.items()}


# ------------------------------------------------------------------------------------------------- the reference
def cost_in_order(d, objective, axis):
    """ref_mx.cost with the elements added one by one."""
    assert objective == "mse"
    return np.take(np.cumsum(d * d, axis=axis), -1, axis=axis)


def run(x, preset):
    """The reference's result and details. Refuses data on which a choice hangs on the order of a sum."""
    result = ref_mx.quantise(x, preset, info=True)
    theirs = ref_mx.cost
    ref_mx.cost = cost_in_order
    try:
        again = ref_mx.quantise(x, preset, info=True)
    finally:
        ref_mx.cost = theirs
    same = np.array_equal(result[0], again[0], equal_nan=True)
    same = same and np.array_equal(result[1]["scale"], again[1]["scale"])
    same = same and np.array_equal(result[1]["sub_pick"], again[1]["sub_pick"])
    same = same and all(np.array_equal(v, again[1]["pick"][k]) for k, v in result[1]["pick"].items())
    assert same, "the order of a sum decides a choice; take other data"
    return result


def to_float32(y):
    """Rounded once; finite results beyond the float maximum become the maximum."""
    assert not np.isinf(y).any()
    return np.clip(y, -FLT_MAX, FLT_MAX).astype(np.float32)


class Blocks:
    """A case cut into blocks: [rows, blocks, k] padded with NaN behind the row's end, and which blocks count."""

    def __init__(self, x, preset):
        p = ref_mx.merged(preset)
        self.k, self.sub = p["geometry"]["block"], p["geometry"]["sub"]
        x = np.atleast_2d(x)
        self.rows, self.columns = x.shape
        self.per_row = -(-self.columns // self.k)
        self.inside = self.cut(np.ones(x.shape, bool), False)
        self.x = self.cut(x, 0.0)
        self.good = np.isfinite(self.x).all(2)

    def cut(self, y, fill):
        y = np.atleast_2d(y)
        out = np.full((self.rows, self.per_row * self.k), fill, y.dtype)
        out[:, :self.columns] = y
        return out.reshape(self.rows, self.per_row, self.k)


def codec_scales(preset, details, blocks):
    """Block scales before the tensor scale, NaN for blocks with NaN or infinity; None where they cannot be told.

    The reference returns scale times tensor scale. With a tensor scale, the scale is the one value of the codec whose
    product (rounded to float32 in the orders that do so) is what the reference returned.
    """
    p = ref_mx.merged(preset)
    if p["scale"]["split_sign"]:
        return None
    scale = details["scale"].reshape(blocks.rows, blocks.per_row)
    if p["tensor_scale"]:
        values = ref_mx.Codec(p["scale"]["codec"]).table
        products = values * details["tensor_scale"]
        if p["arith"] not in ("te", "te_fold", "torchao"):
            products = products.astype(np.float32).astype(np.float64)
        hit = scale[:, :, None] == products
        if (hit.sum(2)[blocks.good] != 1).any():
            return None
        scale = values[hit.argmax(2)]
    # The project stores the smallest scale for an all-zero block unless the preset says one.
    zero = blocks.good & (blocks.x == 0).all(2)
    codec = ref_mx.Codec(p["scale"]["codec"])
    smallest = 2.0 ** codec.pow2_range()[0] if codec.is_pow2() else 2.0 ** -127 if codec.wide is not None else 0.0
    smallest = 1.0 if p["scale"]["zero"] == "one" else p["scale"]["min"] or smallest
    if (scale[zero] != smallest).any():
        return None
    return np.where(blocks.good, scale, np.nan)


def choices(preset, details, blocks):
    """What the search picked, only for what the preset searches."""
    p = ref_mx.merged(preset)
    if p["scale"]["split_sign"]:
        return {}
    out = {}
    if len(p["scale"]["offsets"]) > 1:
        out["offset"] = details["pick"]["offset"]
    if len(p["scale"]["targets"] or []) > 1:
        out["target"] = details["pick"]["target"]
    if p["chooser"] and p["chooser"]["rule"] == "search":
        assert p["chooser"]["unit"] == "block"
        out["book"] = details["pick"]["book"]
    out = {name: v.reshape(blocks.rows, blocks.per_row).astype(np.uint8) for name, v in out.items()}
    if p["micro"] and p["micro"]["rule"] == "search":
        if p["micro"]["unit"] == "block":
            micro = details["pick"]["micro"].reshape(blocks.rows, blocks.per_row)
        else:
            units = -(-blocks.columns // blocks.sub)     # the padding's subgroups do not exist
            micro = details["sub_pick"][:, :, 1].reshape(blocks.rows, -1)[:, :units]
        out["micro"] = micro.astype(np.uint8)
    return out


# ------------------------------------------------------------------------------------------------- figures
FIGURES = ["elements", "excluded", "mse", "nmse", "sqnr_db", "mae", "max_abs", "bias", "cosine", "gain", "zero_fraction",
           "underflow_fraction", "block_max_relative_error", "block_max_error_share", "structural", "tensor",
           "block_mean", "block_expected", "headroom_mean", "entropy_bits"]
FIGURE_PRESETS = ["NxFP4", "NxFP4_NM", "NxFP4_CR", "MXFP4", "NVFP4", "M2XFP_weight", "M2XFP_act", "MXINT8_asym",
                  "AMXFP4_pot", "MXFP8_E4M3"]
FIGURE_CASES = ["real_pose_conv2d_35", "student_t5", "ties_quarter", "tail_45", "non_finite", "zeros_mixed"]


def error_figures(blocks, dequantized):
    """From the float32 results, in double, over the elements of blocks without NaN and infinity."""
    use = blocks.inside & blocks.good[:, :, None]
    w, d = blocks.x.astype(np.float64), blocks.cut(dequantized, np.float32(0)).astype(np.float64)
    error = np.where(use, d - w, 0.0)
    first = np.abs(np.where(use, w, 0.0)).argmax(2)[:, :, None]          # the first of the largest
    largest = np.take_along_axis(w, first, 2)[:, :, 0]
    its_error = np.take_along_axis(error, first, 2)[:, :, 0]
    live = blocks.good & (largest != 0)
    w, d, e = w[use], d[use], error[use]
    f = {"elements": blocks.rows * blocks.columns, "excluded": blocks.rows * blocks.columns - len(w)}
    f["mse"], f["mae"], f["max_abs"], f["bias"] = (e * e).mean(), np.abs(e).mean(), np.abs(e).max(), e.mean()
    f["nmse"] = (e * e).sum() / (w * w).sum()
    f["sqnr_db"] = -10 * np.log10(f["nmse"]) if f["nmse"] > 0 else np.nan
    f["cosine"] = (w * d).sum() / np.sqrt((w * w).sum() * (d * d).sum())
    f["gain"] = (w * d).sum() / (w * w).sum()
    f["zero_fraction"], f["underflow_fraction"] = (d == 0).mean(), ((d == 0) & (w != 0)).mean()
    f["block_max_relative_error"] = np.abs(its_error[live] / largest[live]).mean()
    f["block_max_error_share"] = (its_error[live] ** 2).sum() / (e * e).sum() if f["mse"] > 0 else np.nan
    return f


def vacancy_figures(preset, blocks, y, details):
    """For presets with one codebook and no exception; levels from the reference's double result."""
    p = ref_mx.merged(preset)
    if len(p["elements"]) > 1 or p["special"] or p["scale"]["split_sign"]:
        return {}
    if p["micro"] and p["micro"]["unit"] == "sub":
        return {}
    element = p["elements"][0]
    levels = ref_mx.Book(element).levels()
    bits = element["bits"] if element["kind"] == "int" else 1 + element["e"] + element["m"]
    scale = details["scale"].copy()
    if p["micro"]:
        scale = scale * np.array(p["micro"]["grid"])[details["pick"]["micro"]]
    scale = scale.reshape(blocks.rows, blocks.per_row)
    scaled = blocks.cut(y, 0.0) / np.where(scale > 0, scale, 1.0)[:, :, None]
    level = np.abs(np.where(np.isnan(scaled), 0.0, scaled)[..., None] - levels).argmin(3)
    rows, columns = np.nonzero(blocks.good)
    used = [level[r, c][blocks.inside[r, c]] for r, c in zip(rows, columns)]
    for r, c in zip(rows, columns):                                      # exact, so that no level is guessed
        back = levels[level[r, c]] * scale[r, c]
        assert (np.abs(back - blocks.cut(y, 0.0)[r, c]) <= 1e-12 * np.abs(back)).all()
    counts = np.bincount(np.concatenate(used), minlength=len(levels))
    share = counts / counts.sum()
    entropy = -(share[share > 0] * np.log2(share[share > 0])).sum()
    return {
        "structural": 2 ** bits - len(levels),                           # each other code has a level of its own
        "tensor": (counts == 0).sum(),
        "block_mean": np.mean([len(levels) - len(np.unique(u)) for u in used]),
        "block_expected": np.mean([((1 - share) ** len(u)).sum() for u in used]),
        "headroom_mean": np.mean([len(levels) - 1 - u.max() + u.min() for u in used]),
        "entropy_bits": entropy,
    }


# ------------------------------------------------------------------------------------------------- the file
def without_times(kind):
    """Nothing in the file carries the time, so that its bytes depend on its content only."""
    plist = h5py.h5p.create(kind)
    plist.set_obj_track_times(False)
    return plist


def create_file(path):
    access = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    access.set_libver_bounds(h5py.h5f.LIBVER_V110, h5py.h5f.LIBVER_V110)
    return h5py.File(h5py.h5f.create(bytes(path), h5py.h5f.ACC_TRUNC, without_times(h5py.h5p.FILE_CREATE), access))


def group_in(parent, path):
    """The group, made if need be."""
    for name in path.split("/"):
        if name not in parent:
            h5py.h5g.create(parent.id, name.encode(), gcpl=without_times(h5py.h5p.GROUP_CREATE))
        parent = parent[name]
    return parent


def write(group, name, data, written):
    """Writes a dataset; one with the same content as an earlier one becomes a second name of it."""
    data = np.ascontiguousarray(data)
    key = data.dtype.str, data.shape, data.tobytes()
    if key in written:
        group[name] = group.file[written[key]]
        return
    written[key] = f"{group.name}/{name}"
    if data.nbytes > COMPACT_BYTES:
        group.create_dataset(name, data=data, chunks=data.shape, compression="gzip", compression_opts=9, shuffle=True,
                             track_times=False)
        return
    plist = without_times(h5py.h5p.DATASET_CREATE)
    plist.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple(data.shape)
    h5py.h5d.create(group.id, name.encode(), h5py.h5t.py_create(data.dtype), space, plist).write(
        h5py.h5s.ALL, h5py.h5s.ALL, data)


def main():
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "mx_family.h5"
    cases = inputs()
    written, without_scales, warned = {}, {}, {}
    with create_file(target) as f:
        f.attrs["reference"] = "ref_mx.py"
        f.attrs["numpy"] = np.__version__
        groups = {name: group_in(f, name) for name in ("inputs", "expected", "scales", "choices", "figures")}
        groups["figures"].attrs["names"] = ",".join(FIGURES)
        for case, x in cases.items():
            write(groups["inputs"], case, x, written)
        for name, preset in ref_mx.PRESETS.items():
            for case, x in cases.items():
                with warnings.catch_warnings(record=True) as caught:
                    warnings.simplefilter("always")
                    y, details = run(x, preset)
                for w in caught:
                    warned.setdefault((name, str(w.message)), []).append(case)
                dequantized = to_float32(y)
                blocks = Blocks(x, preset)
                bad = ~(blocks.good[:, :, None] & blocks.inside)[blocks.inside].reshape(x.shape)
                assert np.array_equal(np.isnan(dequantized), bad), (name, case)
                write(group_in(groups["expected"], name), case, dequantized, written)
                scales = codec_scales(preset, details, blocks)
                if scales is None:
                    without_scales.setdefault(name, []).append(case)
                else:
                    write(group_in(groups["scales"], name), case, scales, written)
                for choice, picked in choices(preset, details, blocks).items():
                    write(group_in(groups["choices"], f"{name}/{case}"), choice, picked, written)
                if name in FIGURE_PRESETS and case in FIGURE_CASES:
                    figures = {**error_figures(blocks, dequantized), **vacancy_figures(preset, blocks, y, details)}
                    values = np.array([figures.get(key, np.nan) for key in FIGURES], np.float64)
                    write(group_in(groups["figures"], name), case, values, written)
    print(f"{target.name}: {target.stat().st_size} bytes, {len(ref_mx.PRESETS)} presets, {len(cases)} cases")
    for name, names in without_scales.items():
        print(f"no scales: {name}: {'all' if len(names) == len(cases) else ' '.join(names)}")
    for (name, message), names in warned.items():
        print(f"numpy warns: {name}: {message}: {' '.join(sorted(set(names)))}")


if __name__ == "__main__":
    main()
