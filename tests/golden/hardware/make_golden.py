#!/usr/bin/env python3
"""Writes hardware.json: what the executable formulas beside this file give, for tests/core/tst_hardware_*.cpp.
Run in this folder: python3 make_golden.py (standard library only)."""
import contextlib, csv, io, json, re, sys
sys.dont_write_bytecode = True
import analytic, intfp_model, repro, sysmodel, sysmodel2

POINTS = json.load(open('../../../resources/hardware/synthesized.json'))['points']

def unit(point):
    if point.get('acc') or point.get('reg'):
        return analytic.total(point)[1]
    return {k: v for k, v in analytic.dot(point, True).items() if k != 'S'}

def primitives():
    rows = [['mul', [p, q], analytic.mul(p, q)] for p in range(1, 13) for q in range(1, 13)]
    rows += [['shl', [w, s, o], analytic.shl(w, s, o)] for w in (1, 2, 4, 6, 9) for s in (0, 1, 2, 4, 5, 12, 28) for o in (w, w + 3, w + s)]
    rows += [['shr', [w, b, o], analytic.shr(w, b, o)] for w in (2, 6, 8, 22) for b in (1, 3, 5, 6) for o in (16, 24, 28)]
    rows += [['tree', [n, s], analytic.tree(n, s)] for n in (4, 64, 320, 2048) for s in (5, 13, 30)]
    rows += [['acc', [s], analytic.fp32acc(s)] for s in range(8, 45)]
    rows += [['maxtree', [k, b], analytic.maxtree(k, b)] for k in (1, 8, 32) for b in (3, 5, 6)]
    return rows

def schedules():
    rows = []
    for model in ('llama3_8b', 'opt_1b3', 'falcon_7b'):
        for _, N, K in sysmodel.MODELS[model]['blk']:
            for M in (1, 8, 100, 2048):
                for bw, ba in ((4.25, 4.25), (4.34375, 16), (16, 16)):
                    for kb in ((144, 144, 36), (16, 4096, 8), (2, 2, 1)):
                        wb, ab, ob = (x * 1024 for x in kb)
                        w, a, o, _ = sysmodel2.traffic(M, N, K, bw, ba, 16, wb, ab, ob, 4, 8)
                        rows.append(dict(M=M, N=N, K=K, bw=bw, ba=ba, kb=kb, cycles=sysmodel2.cycles(M, N, K, 4, 8, 32, 2), bytes=[w, a, o]))
    return rows[::4]

def systems():
    """One block of Llama-3-8B as sysmodel2 prints it: cycles, bytes, DRAM and SRAM energy in pJ."""
    rows = []
    for M in (2048, 1):
        for name, (bw, ba, _, _) in sysmodel2.F.items():
            cycles = total = 0
            dram = sram = 0.0
            for _, N, K in sysmodel.MODELS['llama3_8b']['blk']:
                c = sysmodel2.cycles(M, N, K, 4, 8, 32)
                w, x, o, _ = sysmodel2.traffic(M, N, K, bw, ba, 16, 144 * 1024, 144 * 1024, 36 * 1024, 4, 8)
                t = w + x + o
                cycles += max(c, t / (64e9 / 500e6))
                total += t
                dram += t * 8 * 5.0
                sram += M * N * K * (bw / min(4, M) + ba / 8) * sysmodel2.sram_pj(144) + t * 8 * sysmodel2.sram_pj(144, wr=True)
            rows.append(dict(name=name, M=M, bw=bw, ba=ba, cycles=cycles, bytes=total, dram_pj=dram, sram_pj=sram))
    return rows

def bitmod():
    models = ['opt_1b3', 'phi_2', 'yi_6b', 'llama2_7b', 'llama2_13b', 'llama3_8b']
    rows = []
    for m in models:
        for gen in (False, True):
            for ip, wp, dims, dp, lat in ((16, 16, (64, 12) if gen else (32, 24), 1, 1), (16, 6.0625, (64, 16) if gen else (32, 32), 4, 3), (16, 3.0625, (72, 16), 4, 2)):
                r = repro.run(m, gen, wp, dims, dp, lat)
                rows.append(dict(model=m, generative=gen, bits=wp, dims=dims, lanes=dp, latency=lat, cycles=r['cycles'], dram_pj=r['dram_pJ']))
    return rows

def local_at_return(function, name):
    """A local variable of a function that only prints, in full precision."""
    found = []
    def watch(frame, event, _):
        if event == 'return' and frame.f_code is function.__code__:
            found.append(frame.f_locals[name])
    sys.setprofile(watch)
    try:
        printed(function)
    finally:
        sys.setprofile(None)
    return found[0]

def printed(function):
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        function()
    return text.getvalue()

if __name__ == '__main__':
    lines = printed(repro.bitmod)
    ratios = [[float(x) for x in re.findall(r'(?:FP16|ANT|OliVe) ([0-9.]+)', line)] for line in lines.splitlines()[:2]]
    m2 = local_at_return(repro.m2xfp, 'out')
    golden = dict(
        units={p['name']: unit(p['point']) for p in POINTS},
        primitives=primitives(), schedules=schedules(), systems=systems(), bitmod=bitmod(),
        bitmod_ratios=dict(discriminative=ratios[0], generative=ratios[1]),
        m2xfp_energies=m2,
        params={m: sysmodel.params(m) for m in sysmodel.MODELS},
        intfp={n: intfp_model.total(*t)[0] for n, t in {'MXFP8': (4, 3, 32, 'e8m0'), 'MXINT8': (0, 7, 32, 'e8m0'), 'NVFP4': (2, 1, 16, 'e4m3'), 'NVINT4': (0, 3, 16, 'e4m3')}.items()})
    text = json.dumps(golden, separators=(',', ':'))
    open('hardware.json', 'w').write(re.sub(r'(?<=[\]}]),(?=[\[{"])', ',\n', text) + '\n')
