"""What an index of labels costs a new process: seconds until the first text is read, and memory."""

import multiprocessing
import resource
import time
from collections.abc import Mapping
from pathlib import Path

from matching.extraction.container import read_arrays
from matching.extraction.matcher import matcher_of
from matching.extraction.phrases import read_texts, stored
from matching.normalisation import Normaliser

_TEXT = "Addetta alle pulizie, gestione del magazzino e preparazione degli ordini."


def loaded_elsewhere(path: Path, *, seal: str) -> Mapping[str, float]:
    """Load an index in a process of its own, after what it imports, and read one sentence."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(load, (path, seal))


def load(path: Path, seal: str) -> Mapping[str, float]:
    """Load an index here and read one sentence."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    arrays = read_arrays(path, seal=seal)
    phrases = stored(arrays, "labels", read_texts(arrays, "vocabulary"))
    matcher_of(Normaliser(), phrases, {}, "skill", kernels=None).find(_TEXT)
    seconds = time.process_time() - begun
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "seconds": round(seconds, 3),
        "memory_mb": round((after - before) / 1024, 1),
        "process_mb": round(after / 1024, 1),
        "file_mb": round(path.stat().st_size / 1024**2, 1),
    }
