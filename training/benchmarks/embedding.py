"""A sentence-embedding model as a peer: cosine of vectors of whole texts.

The model is a folder on this machine and is never downloaded. The package that reads it is no
dependency of the product: where it is missing the peer is left out, and that is said.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from matching.errors import InputError
from training.benchmarks.judged import JudgedSet
from training.benchmarks.systems import whole_text

Array = npt.NDArray[np.float64]

_AT_ONCE = 64
LEFT_OUT = (
    "The embedding peer is left out: it needs the package sentence-transformers, which is not "
    "installed."
)


class Encoder(Protocol):
    """What turns texts into vectors, a row each; texts longer than it can read are cut."""

    def encode(self, sentences: list[str], **options: Any) -> npt.NDArray[Any]:
        """Vectors of texts."""
        ...


def load_encoder(folder: Path) -> Encoder | None:
    """The model in a folder, None where sentence-transformers is not installed.

    Raises
    ------
    InputError
        When the folder is not there, or holds no model that can be loaded.
    """
    if not folder.is_dir():
        raise InputError(f"--embedding {folder}: no such folder; name one with a saved model.")
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        return None
    try:
        encoder: Encoder = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise InputError(
            f"--embedding {folder}: holds no model that can be read: {error}"
        ) from error
    return encoder


def embedded(encoder: Encoder, judged: JudgedSet) -> Array:
    """Cosine of the vectors of each vacancy (rows) with those of each person."""
    asked = _vectors(encoder, [whole_text(record) for record in judged.vacancies])
    people = _vectors(encoder, [record.text for record in judged.persons])
    return asked @ people.T


def _vectors(encoder: Encoder, texts: Sequence[str]) -> Array:
    found = encoder.encode(list(texts), batch_size=_AT_ONCE, show_progress_bar=False)
    vectors = np.asarray(found, dtype=float)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=float)
