"""Sets of vacancies and persons with graded pairs, in the two layouts that are read.

``own``
    ``vacancies.jsonl`` and ``persons.jsonl`` in the form of ``valoriamo rank``, and
    ``judgements.tsv`` with ``vacancy_id person_id grade`` (grades from 0; 2 and above is good).
    ``judgements_second.tsv``, where it is there, is a second judge's reading of the same pairs.
``ferr``
    ``labels.csv`` with ``jd_id resume_id score`` (1 to 7), ``jd_terms.jsonl`` and
    ``resumes.jsonl.gz``: a vacancy is a list of terms, written here one per line.
"""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching.cli.records import TextRecord, read_records
from matching.errors import InputError

Grades = Mapping[str, Mapping[str, int]]

_OWN = ("vacancies.jsonl", "persons.jsonl", "judgements.tsv")
_SECOND = "judgements_second.tsv"
_FERR = ("labels.csv", "jd_terms.jsonl", "resumes.jsonl.gz")
_GOOD = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSet:
    """Vacancies, persons and the grades of their judged pairs.

    ``grades`` maps vacancy to person to grade, whole numbers from 0; ``second`` the same of
    another judge. ``good`` is the grade from which a pair counts as relevant, None where the
    set's own protocol names none. ``files`` maps each file read to its SHA-256.
    """

    layout: str
    vacancies: tuple[TextRecord, ...]
    persons: tuple[TextRecord, ...]
    grades: Grades
    second: Grades | None = None
    good: int | None = None
    files: Mapping[str, str]

    @property
    def pairs(self) -> int:
        """How many pairs are judged."""
        return sum(len(row) for row in self.grades.values())


def read_judged(folder: Path) -> JudgedSet:
    """The judged set in a folder, in whichever of the two layouts its files have.

    Raises
    ------
    InputError
        Naming the folder, file and line: files of neither layout, a file that cannot be read, a
        row without a field, a grade off the scale, an unknown or repeated pair, a vacancy that
        nobody was judged for.
    """
    for names, read in ((_FERR, _read_ferr), (_OWN, _read_own)):
        if all((folder / name).is_file() for name in names):
            return read(folder)
    raise InputError(
        f"{folder}: not a judged set; it needs {', '.join(_OWN)}, or {', '.join(_FERR)}."
    )


def _read_own(folder: Path) -> JudgedSet:
    vacancies = tuple(read_records(folder / "vacancies.jsonl"))
    persons = tuple(read_records(folder / "persons.jsonl"))

    def grades(name: str) -> Grades:
        rows = _table(folder / name, "\t", ("vacancy_id", "person_id", "grade"))
        return _grades(rows, vacancies, persons, lowest=0, highest=None)

    names: tuple[str, ...] = _OWN
    second: Grades | None = None
    if (folder / _SECOND).is_file():
        names = (*_OWN, _SECOND)
        second = grades(_SECOND)
    first = grades("judgements.tsv")
    if second is not None and _pairs(first) != _pairs(second):
        raise InputError(
            f"{folder / _SECOND}: not the same pairs as judgements.tsv; two judges can be "
            "compared only on the pairs that both have read."
        )
    return JudgedSet(
        layout="own",
        vacancies=vacancies,
        persons=persons,
        grades=first,
        second=second,
        good=_GOOD,
        files=_digests(folder, names),
    )


def _read_ferr(folder: Path) -> JudgedSet:
    terms = _json_lines(folder / "jd_terms.jsonl", _plain_text, ("jd_id", "terms"))
    vacancies = tuple(
        TextRecord(where=where, id=str(row["jd_id"]), text="\n".join(map(str, row["terms"])))
        for where, row in terms
    )
    resumes = _json_lines(folder / "resumes.jsonl.gz", _gzipped_text, ("resume_id", "text"))
    persons = tuple(
        TextRecord(where=where, id=str(row["resume_id"]), text=str(row["text"]))
        for where, row in resumes
    )
    rows = _table(folder / "labels.csv", ",", ("jd_id", "resume_id", "score"))
    return JudgedSet(
        layout="ferr",
        vacancies=vacancies,
        persons=persons,
        # The set's gain is 2^(score - 1) - 1: grades from 0 give it.
        grades=_grades(rows, vacancies, persons, lowest=1, highest=7),
        files=_digests(folder, _FERR),
    )


def _table(
    path: Path, delimiter: str, columns: tuple[str, str, str]
) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield where a row stands and its three fields."""
    content = io.StringIO(_plain_text(path), newline="")
    rows = csv.DictReader(content, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    missing = set(columns) - set(rows.fieldnames or ())
    if missing:
        raise InputError(f"{path}: no column {', '.join(sorted(missing))} in the header.")
    for row in rows:
        values = [row[column] for column in columns]
        if any(value is None for value in values):
            raise InputError(f"{path}, line {rows.line_num}: fewer fields than the header.")
        yield f"{path}, line {rows.line_num}", (values[0], values[1], values[2])


def _grades(
    rows: Iterable[tuple[str, tuple[str, str, str]]],
    vacancies: tuple[TextRecord, ...],
    persons: tuple[TextRecord, ...],
    *,
    lowest: int,
    highest: int | None,
) -> Grades:
    grades: dict[str, dict[str, int]] = {vacancy.id: {} for vacancy in vacancies}
    known = {person.id for person in persons}
    for where, (vacancy_id, person_id, value) in rows:
        if vacancy_id not in grades or person_id not in known:
            raise InputError(
                f"{where}: pair {vacancy_id!r}, {person_id!r} is not among the texts of the set."
            )
        if person_id in grades[vacancy_id]:
            raise InputError(f"{where}: pair {vacancy_id!r}, {person_id!r} is judged twice.")
        if not (value.isascii() and value.isdigit()):
            raise InputError(f"{where}: grade {value!r} is not a whole number.")
        if int(value) < lowest or (highest is not None and int(value) > highest):
            raise InputError(f"{where}: grade {value} is off the scale, which starts at {lowest}.")
        grades[vacancy_id][person_id] = int(value) - lowest
    alone = [vacancy_id for vacancy_id, row in grades.items() if not row]
    if alone:
        raise InputError(f"Vacancy {alone[0]!r} has no judged person: judge some or leave it out.")
    return grades


def _json_lines(
    path: Path, read: Callable[[Path], str], fields: tuple[str, ...]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield where a row stands and its fields."""
    for number, line in enumerate(read(path).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{where}: not JSON ({error.msg}).") from error
        if not isinstance(row, dict) or any(field not in row for field in fields):
            raise InputError(f"{where}: an object with {' and '.join(fields)} is needed.")
        yield where, row


def _plain_text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text: {error}.") from error


def _gzipped_text(path: Path) -> str:
    try:
        return gzip.decompress(path.read_bytes()).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as gzipped UTF-8 text: {error}.") from error


def _digests(folder: Path, names: Iterable[str]) -> Mapping[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def _pairs(grades: Grades) -> set[tuple[str, str]]:
    return {(vacancy_id, person_id) for vacancy_id, row in grades.items() for person_id in row}
