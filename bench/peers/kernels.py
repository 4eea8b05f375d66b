"""Gives a peer the same matrix kernels as our workers. To be imported before torch.

Debian's OpenBLAS chooses its kernels by a table of processor models, and takes those of 2004 for a model that is newer than the table.
A peer that ran on those would lose to anything.
"""
import os


def choose():
    if "OPENBLAS_CORETYPE" in os.environ or not os.path.exists("/proc/cpuinfo"):
        return
    with open("/proc/cpuinfo") as information:
        flags = next((set(line.split()) for line in information if line.startswith("flags")), set())
    if {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= flags:
        os.environ["OPENBLAS_CORETYPE"] = "SkylakeX"
    elif {"avx2", "fma"} <= flags:
        os.environ["OPENBLAS_CORETYPE"] = "Haswell"


choose()
