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
    before = _resident_mb()
    begun = time.process_time()
    arrays = read_arrays(path, seal=seal)
    phrases = stored(arrays, "labels", read_texts(arrays, "vocabulary"))
    matcher_of(Normaliser(), phrases, {}, "skill", kernels=None).find(_TEXT)
    seconds = time.process_time() - begun
    after = _resident_mb()
    return {
        "seconds": round(seconds, 3),
        "memory_mb": round(after - before, 1),
        "process_mb": round(after, 1),
        "file_mb": round(path.stat().st_size / 1024**2, 1),
    }


def _resident_mb() -> float:
    """Memory of this process, shared pages included; where the system does not tell, the peak."""
    status = Path("/proc/self/statm")
    if status.is_file():
        return int(status.read_text("ascii").split()[1]) * resource.getpagesize() / 1024**2
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
