#!/usr/bin/env python3
"""Makes catalogue.h5: what ref_catalogue.py says of its presets, and its figures of quality (see README.md).

    make_catalogue.py [OUT.h5]

Reads data/real_weights.h5; everything else has fixed seeds. Needs numpy and h5py.
"""
import pathlib
import sys
import warnings

import h5py
import numpy as np

import ref_catalogue as ref
from make_golden import HERE, REAL_WEIGHTS, create_file, group_in, random, to_float32, write

GGUF = set(ref.GGUF)
WHOLE_BLOCKS = GGUF | {"MX_OPAL", "MicroScopiQ"}         # the reference wants rows of whole blocks for these
NO_ZERO_ROWS = {"OliVe", "LLM_FP4"}                      # and divides by a row's size for these


# ------------------------------------------------------------------------------------------------- inputs
def language_model_like(rows, columns, seed):
    """Rows of different size, heavy tails, rare outliers and four columns that stand out."""
    r = random(seed)
    w = r.standard_t(8, (rows, columns)) * 0.02 * np.exp(0.25 * r.standard_normal((rows, 1)))
    w[r.random(w.shape) < 0.001] *= 6
    w[:, r.integers(0, columns, 4)] *= 3
    return w


def ties():
    """Multiples of 1/32 under block maxima that make many scales exact, so that quotients fall between levels."""
    r = random(108)
    x = r.integers(-56, 57, (8, 256)) / 32
    maxima = [1.75, 1.5, 2.0, 1.875, 1.0, 3.5, 127 / 64, 3.0]
    for row, largest in enumerate(maxima):
        x[row] = np.clip(x[row], -largest, largest)
        x[row, ::32], x[row, 17::32] = largest, -largest
    x[2, 17::32] = -1.75                                 # the positive extreme alone
    x[4, ::32] = 0.875                                   # the negative one
    return x


def zeros():
    r = random(109)
    x = r.standard_normal((4, 256)) * 0.02
    x[0] = 0.0
    x[1, :160] = -0.0
    x[2, r.random(256) < 0.7] = 0.0
    x[3, 32:64] = 0.0
    return x


def real_excerpts():
    with h5py.File(REAL_WEIGHTS, "r") as f:
        whole = f["svtr/conv2d_184_outlier"][()]
        row = min(int(np.unravel_index(np.abs(whole).argmax(), whole.shape)[0]), len(whole) - 2)
        column = 0 if np.unravel_index(np.abs(whole).argmax(), whole.shape)[1] < 256 else whole.shape[1] - 256
        return {
            "real_pose_conv2d_35": f["pose/conv2d_35"][96:100, 128:640],
            "real_silero_weight_hh": f["silero/weight_hh"][60:68, :].reshape(4, 256),
            "real_svtr_outlier": whole[row:row + 2, column:column + 256],
        }


def inputs():
    made = {
        "gauss": random(101).standard_normal((4, 512)) * 0.02,
        "student_t5": random(102).standard_t(5, (4, 512)) * 0.02,
        "language_model_like": language_model_like(4, 512, 103),
        "ties": ties(),
        "zeros": zeros(),
        "constant": np.repeat([[0.3], [-0.75], [1e-3], [2.0]], 256, axis=1),
        "tail_300": random(104).standard_t(5, (4, 300)) * 0.02,
        "tail_45": random(105).standard_normal((3, 45)),
        "magnitudes_small": random(106).standard_normal((4, 256)) * np.array([[1e-9], [1e-7], [1e-5], [1e-3]]),
        "tiny": random(110).standard_normal((4, 256)) * 1e-6,
        "magnitudes_large": random(107).standard_normal((4, 256)) * np.array([[1e1], [1e3], [1e6], [1e9]]),
    }
    return {name: np.asarray(x).astype(np.float32) for name, x in {**real_excerpts(), **made}.items()}


def is_defined(preset, case):
    """Whether the reference says what this preset makes of this case."""
    if preset in WHOLE_BLOCKS and case.startswith("tail"):
        return False
    if preset in GGUF and case == "magnitudes_large":    # beyond what an FP16 scale holds
        return False
    if preset in NO_ZERO_ROWS and case == "zeros":
        return False
    return not (preset == "OliVe" and case == "tail_45")  # pairs


# ------------------------------------------------------------------------------------------------- figures of quality
FP4 = np.concatenate([-ref.E2M1[:0:-1], ref.E2M1])
FP3 = np.array(ref.BITMOD["fp3"], float)
CLIPS = np.arange(50, 101, 2) / 100
RANGES = np.arange(10, 101, 2) / 100


def minifloat(e, m):
    return np.unique(ref.minifloat_table(e, m) + 0.0)


def double_rounding(w, low, rule):
    codes = ref.q_int(w, 8, 128, kind="full")
    steps = 2.0 ** (8 - low)
    c = ref.blk(codes.code, 128) / steps
    c = np.clip(np.rint(c) if rule == "round" else np.floor(c), -2 ** (low - 1), 2 ** (low - 1) - 1)
    return (c * steps * codes.scale).reshape(w.shape)


def power_of_two_scale(w, rounding):
    x = ref.blk(w, 128)
    s = 2.0 ** rounding(np.log2(np.abs(x).max(1, keepdims=True) / 7))
    return (np.clip(np.rint(x / s), -7, 7) * s).reshape(w.shape)


def best_range(w, cast):
    """The clip ratio of the whole tensor with the least squared error."""
    tried = [cast(w, r * np.abs(w).max()) for r in RANGES]
    return min(tried, key=lambda d: ((d - w) ** 2).sum())


def sorted_columns(w, block):
    order = ref.ksort(w)
    d = np.empty_like(w)
    d[:, order] = ref.q_bfp(w[:, order], 4, block).deq
    return d


def int8_range(w, m):
    return np.clip(np.rint(w / m * 127), -128, 127) * m / 127


def float_range(e):
    return lambda w, m: ref.minifloat_round(w, e, 7 - e, maxval=m)


# The project's preset, and what the catalogue of formats calls for its row of the table of section 10.
TABLE = {
    "INT4_g128": lambda w: ref.q_int(w, 4, 128).deq,
    "INT4_g128_clip": lambda w: ref.q_table(w, ref.int_levels(4, "sym"), 128, search=CLIPS).deq,
    "INT4_g128_asym": lambda w: ref.q_int_asym(w, 4, 128).deq,
    "INT4_g32": lambda w: ref.q_int(w, 4, 32).deq,
    "INT4_g32_clip": lambda w: ref.q_table(w, ref.int_levels(4, "sym"), 32, search=CLIPS).deq,
    "INT4_g32_asym": lambda w: ref.q_int_asym(w, 4, 32).deq,
    "FP4_g128": lambda w: ref.q_table(w, FP4, 128).deq,
    "FP4_g128_clip": lambda w: ref.q_table(w, FP4, 128, search=CLIPS).deq,
    "FP4_g32": lambda w: ref.q_table(w, FP4, 32).deq,
    "FP4_g32_clip": lambda w: ref.q_table(w, FP4, 32, search=CLIPS).deq,
    "FLUTE_NF4": lambda w: ref.q_table(w, ref.NF4, 128).deq,
    "FLUTE_NF3": lambda w: ref.q_table(w, ref.nf_levels(3), 128).deq,
    "NF4": lambda w: ref.q_nf4(w).deq,
    "AF4": lambda w: ref.q_table(w, ref.AF4_64, 64).deq,
    "BNB_FP4": lambda w: ref.q_table(w, np.unique(np.concatenate([ref.BNB_FP4, -ref.BNB_FP4])), 64).deq,
    "flint4": lambda w: ref.q_table(w, ref.flint_levels(4), 128).deq,
    "PoT4": lambda w: ref.q_table(w, ref.pot_levels(4), 128).deq,
    "BitMoD4": lambda w: ref.q_bitmod(w, 4, 128).deq,
    "BitMoD4_ER": lambda w: ref.q_bitmod(w, 4, 128, "er").deq,
    "BitMoD4_EA": lambda w: ref.q_bitmod(w, 4, 128, "ea").deq,
    "BitMoD3": lambda w: ref.q_bitmod(w, 3).deq,
    "BitMoD3_ER": lambda w: ref.q_bitmod(w, 3, which="er").deq,
    "BitMoD3_EA": lambda w: ref.q_bitmod(w, 3, which="ea").deq,
    "BFP12": lambda w: ref.q_bfp(w, 4, 128).deq,
    "BFP4": lambda w: ref.q_bfp(w, 4, 32).deq,
    "BFP4_sorted": lambda w: sorted_columns(w, 32),
    "BFP4_g64_sorted": lambda w: sorted_columns(w, 64),
    "BFP4_g128_sorted": lambda w: sorted_columns(w, 128),
    "RaZeR_NV_weight": lambda w: ref.q_razer_nv(w).deq,
    "RaZeR_NV_act": lambda w: ref.q_razer_nv(w, 16, (-5, 5), "e4m3").deq,
    "SqueezeLLM_4": lambda w: ref.q_squeezellm(w, 4).deq,
    "SqueezeLLM_3": lambda w: ref.q_squeezellm(w, 3).deq,
    "SqueezeLLM_3_sparse": lambda w: ref.q_squeezellm(w, 3, mask=ref.dense_and_sparse(w, frac=0.0045)[0]).deq,
    "OliVe": lambda w: ref.q_olive(w).deq,
    "MX_OPAL": lambda w: ref.q_opal(w, 4).deq,
    "MX_OPAL_n0": lambda w: ref.q_opal(w, 4, 128, 0).deq,
    "ZeroQuant42_FP6": lambda w: ref.q_table(w, minifloat(3, 2)).deq,
    "FP6_E2M3_channel": lambda w: ref.q_table(w, minifloat(2, 3)).deq,
    "FP6_E2M3_g128": lambda w: ref.q_table(w, minifloat(2, 3), 128).deq,
    "INT6_channel": lambda w: ref.q_int(w, 6).deq,
    "INT6_g128": lambda w: ref.q_int(w, 6, 128).deq,
    "INT3_g128": lambda w: ref.q_int(w, 3, 128).deq,
    "INT3_g128_asym": lambda w: ref.q_int_asym(w, 3, 128).deq,
    "FP3_g128": lambda w: ref.q_table(w, FP3, 128).deq,
    "INT2_g64_minimum": lambda w: ref.q_affine(w, 2, 64).deq,
    "INT2_g16_minimum": lambda w: ref.q_affine(w, 2, 16).deq,
    "TwoBit_4bit_groups": lambda w: ref.q_mixed_groups(w).deq,
    "Bipolar_INT2": lambda w: ref.q_table(w, ref.int_levels(2, "bipolar"), 64, search=np.arange(30, 101, 2) / 100).deq,
    "FDB": lambda w: ref.q_table(w, [-1, 0, 1, 2.0], 64, scale_to=2, bits=2, search=np.arange(30, 160, 4) / 100).deq,
    "Ternary_absmean": lambda w: ref.q_ternary_absmean(w.reshape(1, -1)).deq.reshape(w.shape),
    "TWN": lambda w: ref.q_ternary_twn(w).deq,
    "Binary_row": lambda w: ref.q_binary(w).deq,
    "Fairy2i_1": lambda w: ref.q_fairy2i(w, 1).deq,
    "Fairy2i_2": lambda w: ref.q_fairy2i(w, 2).deq,
    "Fairy2i_3": lambda w: ref.q_fairy2i(w, 3).deq,
    "DoubleRounding_6": lambda w: double_rounding(w, 6, "round"),
    "DoubleRounding_4": lambda w: double_rounding(w, 4, "round"),
    "DoubleRounding_3": lambda w: double_rounding(w, 3, "round"),
    "DoubleRounding_2": lambda w: double_rounding(w, 2, "round"),
    "AdaBits_4": lambda w: double_rounding(w, 4, "floor"),
    "PMPD_3": lambda w: double_rounding(w, 3, "floor"),
    "PMPD_2": lambda w: double_rounding(w, 2, "floor"),
    "INT4_g128_pot_floor": lambda w: power_of_two_scale(w, np.floor),
    "INT4_g128_pot_ceil": lambda w: power_of_two_scale(w, np.ceil),
    "INT4_g128_pot_nearest": lambda w: power_of_two_scale(w, np.rint),
    "ShiftQuant": lambda w: ref.q_shiftquant(w).deq,
    "INT8_tensor_clip": lambda w: best_range(w, int8_range),
    "FP8_E5M2_tensor": lambda w: best_range(w, float_range(5)),
    "FP8_E4M3_tensor": lambda w: best_range(w, float_range(4)),
    "FP8_E3M4_tensor": lambda w: best_range(w, float_range(3)),
    "FP8_E2M5_tensor": lambda w: best_range(w, float_range(2)),
    "INT4_2of4": lambda w: ref.q_int(ref.nm_prune(w, 2, 4)[0], 4, 128).deq,
    "INT4_1of4": lambda w: ref.q_int(ref.nm_prune(w, 1, 4)[0], 4, 128).deq,
}


def rotated(w, block, size, quantized):
    y, back = ref.rht(w, size, np.random.default_rng(3))
    return back(quantized(y, block))


def int4(w, block):
    return ref.q_int(w, 4, block).deq


def fp4(w, block):
    return ref.q_table(w, FP4, block).deq


# What a rotation changes, in dB. The random signs are not the project's: only which side wins is comparable.
ROTATIONS = {
    "INT4_g16": ("INT4_g16_hadamard", int4, 16),
    "FP4_g16": ("FP4_g16_hadamard", fp4, 16),
    "INT4_g128": ("INT4_g128_hadamard", int4, 128),
    "FP4_g128": ("FP4_g128_hadamard", fp4, 128),
}


def table_inputs():
    columns = random(204).standard_normal((16, 1024)) * np.exp(0.8 * random(205).standard_normal(1024))
    made = {
        "gauss": random(201).standard_normal((16, 1024)) * 0.02,
        "t5": random(202).standard_t(5, (16, 1024)) * 0.02,
        "llmlike": language_model_like(16, 1024, 203),
        "columns": columns,
    }
    return {name: x.astype(np.float32) for name, x in made.items()}


def write_table(f, written):
    tensors = {name: x.astype(np.float64) for name, x in table_inputs().items()}
    for name, x in table_inputs().items():
        write(group_in(f, "table/inputs"), name, x, written)
    names = list(tensors)
    for preset, quantized in TABLE.items():
        values = np.array([round(ref.sqnr(w, quantized(w)), 6) for w in tensors.values()])
        write(group_in(f, "table/sqnr"), preset, values, written)
    for plain, (preset, quantized, n) in ROTATIONS.items():
        gain = [ref.sqnr(w, rotated(w, n, n, quantized)) - ref.sqnr(w, quantized(w, n)) for w in tensors.values()]
        write(group_in(f, "table/rotation"), preset, np.round(gain, 6), written)
        f["table/rotation"].attrs[preset] = plain
    f["table"].attrs["tensors"] = ",".join(names)


def main():
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "catalogue.h5"
    cases = inputs()
    written = {}
    with create_file(target) as f:
        f.attrs["reference"] = "ref_catalogue.py"
        f.attrs["numpy"] = np.__version__
        for case, x in cases.items():
            write(group_in(f, "inputs"), case, x, written)
        for preset, (bits, quantized) in ref.PRESETS.items():
            if bits is not None:
                write(group_in(f, "bits"), preset, np.array([float(bits)]), written)
            for case, x in cases.items():
                if not is_defined(preset, case):
                    continue
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    warnings.filterwarnings("ignore", "overflow encountered in cast")     # FP16 saturates after it
                    y = np.asarray(quantized(x))
                assert y.shape == x.shape and np.isfinite(y).all(), (preset, case)
                write(group_in(f, f"expected/{preset}"), case, to_float32(y.astype(np.float64)), written)
        write_table(f, written)
    print(f"{target.name}: {target.stat().st_size} bytes, {len(ref.PRESETS)} presets, {len(cases)} cases")


if __name__ == "__main__":
    main()
