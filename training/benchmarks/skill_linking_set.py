"""Sentences with the skills that annotators found in them: the layout of HOUSE and TECH.

``<part>_<split>_annotations.csv`` with ``sentence`` and ``label`` (a row per annotated span), and
``skills_<language>_label.txt.gz``, all labels to choose from. Decorte and others 2022 (*Design of
Negative Sampling Strategies for Distantly Supervised Skill Extraction*).
"""

import csv
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.errors import InputError
from matching.linking.skill_forms import SkillEntry

_FILE = re.compile(r"(?P<part>[a-z]+)_(?P<split>test|validation)_annotations\.csv")
_LABELS = re.compile(r"skills_(?P<language>[a-z]{2})_label\.txt(?:\.gz)?")
_NO_LABEL = frozenset({"", "LABEL NOT PRESENT", "UNDERSPECIFIED"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the labels of its skills."""

    text: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceSet:
    """Sentences with at least one label, by part and split; ``files`` are the files' SHA-256.

    A part has at least one sentence.
    """

    language: str
    labels: tuple[str, ...]
    parts: Mapping[tuple[str, str], tuple[Sentence, ...]]
    files: Mapping[str, str]

    def parts_named(self, split: str) -> Mapping[str, tuple[Sentence, ...]]:
        """The parts of a split by name; none where the folder has no such split."""
        return {part: found for (part, name), found in self.parts.items() if name == split}

    def of_split(self, split: str) -> Mapping[str, tuple[Sentence, ...]]:
        """The parts of a split by name.

        Raises
        ------
        InputError
            When there is no such split.
        """
        found = self.parts_named(split)
        if not found:
            there = ", ".join(sorted({name for _, name in self.parts})) or "none at all"
            raise InputError(f"The set has no {split} sentences with a label; it has: {there}.")
        return found


def read_sentences(folder: Path) -> SentenceSet:
    """Read every annotation file of a folder, and the labels.

    Raises
    ------
    InputError
        Naming the folder or file: no annotations, no list of labels, a column that is missing, a
        file that cannot be read.
    """
    names = sorted(path.name for path in folder.glob("*")) if folder.is_dir() else []
    lists = [(name, match) for name in names if (match := _LABELS.fullmatch(name))]
    annotated = [(name, match) for name in names if (match := _FILE.fullmatch(name))]
    if not lists or not annotated:
        raise InputError(
            f"{folder}: no set of annotated sentences; it needs skills_<language>_label.txt.gz and "
            "<part>_test_annotations.csv or <part>_validation_annotations.csv."
        )
    label_file, found = lists[0]
    text = _text(folder / label_file)
    labels = tuple(line.strip() for line in text.splitlines() if line.strip())
    read = {(m["part"], m["split"]): _read(folder / name) for name, m in annotated}
    return SentenceSet(
        language=found["language"],
        labels=labels,
        parts={key: rows for key, rows in read.items() if rows},
        files={
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in (label_file, *(name for name, _ in annotated))
        },
    )


def _read(path: Path) -> tuple[Sentence, ...]:
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    if missing := {"sentence", "label"} - set(reader.fieldnames or ()):
        raise InputError(f"{path}: the column {sorted(missing)[0]!r} is missing.")
    labels: dict[str, set[str]] = {}
    for row in reader:
        label = (row["label"] or "").strip()
        labels.setdefault(row["sentence"], set()).update({label} - _NO_LABEL)
    return tuple(Sentence(text, frozenset(found)) for text, found in labels.items() if found)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}.") from error


def entries_of(labels: Sequence[str], known: Sequence[SkillEntry]) -> tuple[SkillEntry, ...]:
    """The skills of a list of labels, with all that a taxonomy knows of those it names.

    The published list leaves commas out of labels, so labels are compared without. A label that
    the taxonomy does not have is a skill with that label alone.
    """
    by_name = {_comparable(entry.labels[0]): entry for entry in known}
    found: list[SkillEntry] = []
    for label in labels:
        entry = by_name.get(_comparable(label))
        found.append(
            SkillEntry(uri=label, labels=(label,))
            if entry is None
            else SkillEntry(
                uri=label,
                labels=(label, *entry.labels[1:]),
                kind=entry.kind,
                essential=entry.essential,
                optional=entry.optional,
                own=entry.own,
            )
        )
    return tuple(found)


def _comparable(label: str) -> str:
    return " ".join(label.replace(",", " ").split())
