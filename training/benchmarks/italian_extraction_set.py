"""The project's Italian extraction set: documents with the concepts a careful reader finds in them.

The form is described in ``data/gold/extraction/README.md``. Beside the folder of the set,
``boilerplate/documents.jsonl`` may hold texts in which nothing may be found.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from matching.domain import DocumentKind
from matching.errors import InputError

_COLUMNS = ("document", "kind", "uri", "also", "evidence", "main")
_SECOND = "second_annotations.tsv"
_BOILERPLATE = "boilerplate"


class Split(StrEnum):
    """Which half is measured."""

    DEV = "dev"
    TEST = "test"
    ALL = "all"

    @property
    def halves(self) -> tuple[str, ...]:
        """The names of the halves."""
        return ("dev", "test") if self is Split.ALL else (str(self),)


class RowKind(StrEnum):
    """What a row annotates."""

    SKILL = "skill"
    OCCUPATION = "occupation"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRow:
    """One annotated concept; any URI of ``accepted``, which holds ``uri``, is right."""

    kind: RowKind
    uri: str
    accepted: frozenset[str]
    evidence: str = field(repr=False)
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """A text and what is to be found in it.

    ``second`` are the rows of another annotator, None where nobody else read the document. No
    content is in its ``repr``, so that no error shows what is never to be looked at.
    """

    id: str
    kind: DocumentKind
    text: str = field(repr=False)
    rows: tuple[GoldRow, ...] = field(default=(), repr=False)
    second: tuple[GoldRow, ...] | None = field(default=None, repr=False)

    def of(self, kind: RowKind) -> tuple[GoldRow, ...]:
        """The rows of a kind."""
        return tuple(row for row in self.rows if row.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSet:
    """The documents of a split, and the texts of it in which nothing may be found.

    ``boilerplate`` is None where there is no such file; ``files`` maps each file read to its
    SHA-256.
    """

    split: Split
    documents: tuple[GoldDocument, ...]
    boilerplate: tuple[GoldDocument, ...] | None
    files: Mapping[str, str]


def read_gold(folder: Path, split: Split) -> GoldSet:
    """The documents of a split. Annotations and texts of the other half are left unread.

    Raises
    ------
    InputError
        Naming file and line, never the content: a file that cannot be read, a field or column
        missing or of another form, an identifier or a row given twice, a row about a document
        that is not there, evidence that is not in the text.
    """
    texts: dict[str, GoldDocument] = {}
    rows: dict[str, list[GoldRow]] = {}
    files: dict[str, str] = {}
    for half in split.halves:
        name = f"{half}/documents.jsonl"
        files[name] = _digest(folder / name)
        here = {document.id: document for document in _documents(folder / name)}
        if both := sorted(set(here) & set(texts)):
            raise InputError(f"{folder / name}: {both[0]!r} is in the other half, too.")
        texts |= here
        name = f"{half}/annotations.tsv"
        files[name] = _digest(folder / name)
        rows |= _annotations(folder / name, here, others=False)
    second: Mapping[str, list[GoldRow]] = {}
    if (folder / _SECOND).is_file():
        files[_SECOND] = _digest(folder / _SECOND)
        second = _annotations(folder / _SECOND, texts, others=True)
    path = folder.parent / _BOILERPLATE / "documents.jsonl"
    boilerplate: tuple[GoldDocument, ...] | None = None
    if path.is_file():
        files[f"{_BOILERPLATE}/{path.name}"] = _digest(path)
        boilerplate = tuple(_documents(path, halves=split.halves))
    return GoldSet(
        split=split,
        documents=tuple(
            GoldDocument(
                id=document.id,
                kind=document.kind,
                text=document.text,
                rows=tuple(rows.get(document.id, ())),
                second=tuple(second[document.id]) if document.id in second else None,
            )
            for document in texts.values()
        ),
        boilerplate=boilerplate,
        files=files,
    )


def read_documents(folder: Path) -> tuple[GoldDocument, ...]:
    """The annotated documents of one folder, whichever part of the set it is.

    Raises
    ------
    InputError
        As :func:`read_gold`.
    """
    texts = {document.id: document for document in _documents(folder / "documents.jsonl")}
    rows = _annotations(folder / "annotations.tsv", texts, others=False)
    return tuple(replace(text, rows=tuple(rows.get(text.id, ()))) for text in texts.values())


def read_boilerplate(folder: Path) -> tuple[GoldDocument, ...]:
    """The texts for development in which nothing may be found; those of the test are left out.

    Raises
    ------
    InputError
        As :func:`read_gold`.
    """
    paths = sorted(folder.glob("*.jsonl"))
    return tuple(text for path in paths for text in _documents(path, halves=("dev",)))


def _documents(path: Path, *, halves: Sequence[str] | None = None) -> Iterator[GoldDocument]:
    """Yield the texts of a file; with ``halves`` only those whose ``split`` is among them."""
    seen: set[str] = set()
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        row = _object(where, line)
        if halves is not None and row.get("split") not in ("dev", "test"):
            raise InputError(f"{where}: split must be dev or test.")
        if halves is not None and row["split"] not in halves:
            continue
        values = [row.get(name) for name in ("id", "kind", "text")]
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise InputError(f"{where}: id, kind and text must be texts that are not blank.")
        if row["kind"] not in set(DocumentKind):
            raise InputError(f"{where}: kind {row['kind']!r} is none of {', '.join(DocumentKind)}.")
        if row["id"] in seen:
            raise InputError(f"{where}: id {row['id']!r} is given twice.")
        seen.add(row["id"])
        yield GoldDocument(id=row["id"], kind=DocumentKind(row["kind"]), text=row["text"])


def _object(where: str, line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where}: not JSON ({error.msg}).") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: a JSON object is needed.")
    return row


def _annotations(
    path: Path, texts: Mapping[str, GoldDocument], *, others: bool
) -> dict[str, list[GoldRow]]:
    """Return the rows of a file by document; ``others``: it may speak of documents elsewhere."""
    table = csv.DictReader(
        io.StringIO(_text(path), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    if missing := [name for name in _COLUMNS if name not in (table.fieldnames or ())]:
        raise InputError(f"{path}: no column {', '.join(missing)} in the header.")
    found: dict[str, list[GoldRow]] = {}
    for values in table:
        where = f"{path}, line {table.line_num}"
        document = texts.get(values["document"])
        if document is None and others:
            continue
        if document is None:
            raise InputError(f"{where}: there is no document {values['document']!r}.")
        row = _row(where, values, document.text)
        rows = found.setdefault(document.id, [])
        if any(row.uri == other.uri and row.kind is other.kind for other in rows):
            raise InputError(f"{where}: a row of this document and concept is already there.")
        rows.append(row)
    return found


def _row(where: str, values: Mapping[str, str | None], text: str) -> GoldRow:
    kind, uri, also, evidence, main = (values[name] for name in _COLUMNS[1:])
    if kind is None or uri is None or also is None or evidence is None or main is None:
        raise InputError(f"{where}: fewer fields than the header.")
    if kind not in set(RowKind):
        raise InputError(f"{where}: kind {kind!r} is none of {', '.join(RowKind)}.")
    if main not in ("", "1") or (main and kind != RowKind.OCCUPATION):
        raise InputError(f"{where}: main must be 1, on an occupation, or empty.")
    if not uri or " " in uri:
        raise InputError(f"{where}: uri must be one URI; further ones go into also.")
    if not evidence.strip() or evidence not in text:
        raise InputError(f"{where}: the evidence is not in the text of the document.")
    return GoldRow(
        kind=RowKind(kind),
        uri=uri,
        accepted=frozenset((uri, *also.split())),
        evidence=evidence,
        main=main == "1",
    )


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}.") from error


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
