"""Reading a lexicon folder: one TOML file per family, and the rules beside them.

A lexicon that does not hold together is refused, with file, entry and value. The form of the
files is described in ``data/lexicon/README.md``.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching.domain import ConceptKind
from matching.errors import LexiconError
from matching.normalisation import FORM
from matching.taxonomy.activities import ACTIVITIES_FILE, read_activities
from matching.taxonomy.concepts import SKILL_KINDS, Concept, Taxonomy
from matching.taxonomy.rules import RULES_FILE, check_claims, read_rules
from matching.taxonomy.verbs import VERBS_FILE, VerbNouns, read_verbs

_KEYS = {
    "group": {"it", "en"},
    "skill": {"uri", "it", "also", "en", "kind", "broader", "code"},
    "occupation": {"uri", "isco08", "it", "feminine", "also", "en", "essential", "optional"},
}
_REQUIRED = {
    "group": {"it", "en"},
    "skill": {"it", "en", "kind", "broader"},
    "occupation": {"it", "feminine", "en", "isco08", "essential"},
}
_TITLES = {"family", "title_it", "title_en"}
_LISTS = {"also", "en", "essential", "optional"}


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    slug: str
    file: str
    family: str
    values: Mapping[str, Any]

    @property
    def where(self) -> str:
        return f"{self.file}: {self.kind}.{self.slug}"


def load_lexicon(folder: Path) -> Taxonomy:
    """Read and validate every family file of a lexicon folder.

    Raises
    ------
    LexiconError
        Naming file, entry and value: a file that is not TOML, an unknown or missing key, a value
        of the wrong form, a repeated slug, URI or code, a reference to nothing, a circle of
        broader concepts, a label that two concepts claim without a rule in ``ambiguous.toml``,
        a rule without effect.
    """
    files = sorted(
        path
        for path in folder.glob("*.toml")
        if path.name not in (RULES_FILE, VERBS_FILE, ACTIVITIES_FILE)
    )
    if not files:
        raise LexiconError(f"{folder}: no lexicon file (*.toml) here; check the data folder.")
    # The normal form is part of it: the same labels in another form make another index.
    digest = hashlib.sha256(str(FORM).encode())
    entries: dict[str, _Entry] = {}
    for path in files:
        for entry in _entries(path.name, _read(path, digest)):
            if entry.slug in entries:
                first = entries[entry.slug].file
                raise LexiconError(
                    f"{entry.file}: {entry.slug!r} is already defined in {first}; rename one."
                )
            entries[entry.slug] = entry
    uris = _uris(entries)
    rules_path, verbs_path = folder / RULES_FILE, folder / VERBS_FILE
    activities_path = folder / ACTIVITIES_FILE
    occupations = {
        slug: uris[slug] for slug, entry in entries.items() if entry.kind == "occupation"
    }
    taxonomy = Taxonomy(
        concepts={uris[slug]: _concept(entry, entries, uris) for slug, entry in entries.items()},
        rules=read_rules(_read(rules_path, digest), uris) if rules_path.exists() else {},
        verbs=read_verbs(_read(verbs_path, digest)) if verbs_path.exists() else VerbNouns(),
        activities=(
            read_activities(_read(activities_path, digest), occupations)
            if activities_path.exists()
            else ()
        ),
        digest=digest.hexdigest(),
    )
    _check_circles(taxonomy)
    check_claims(taxonomy)
    return taxonomy


def _read(path: Path, digest: "hashlib._Hash") -> dict[str, Any]:
    raw = path.read_bytes()
    digest.update(path.name.encode() + b"\0" + raw)
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: not valid TOML in UTF-8: {error}.") from error


def _entries(file: str, content: Mapping[str, Any]) -> list[_Entry]:
    if unknown := set(content) - set(_KEYS) - _TITLES:
        raise LexiconError(f"{file}: unknown table or key {sorted(unknown)[0]!r}.")
    family = content.get("family", file.removesuffix(".toml"))
    if not isinstance(family, str):
        raise LexiconError(f"{file}: family must be a text, not {family!r}.")
    found: list[_Entry] = []
    for kind in _KEYS:
        table = content.get(kind, {})
        if not isinstance(table, Mapping):
            raise LexiconError(f"{file}: {kind} must be tables [{kind}.<slug>], not {table!r}.")
        for slug, values in table.items():
            entry = _Entry(kind, slug, file, family, values)
            _check_entry(entry)
            found.append(entry)
    return found


def _check_entry(entry: _Entry) -> None:
    where, kind, values = entry.where, entry.kind, entry.values
    if not isinstance(values, Mapping):
        raise LexiconError(f"{where}: must be a table, not {values!r}.")
    if unknown := set(values) - _KEYS[kind]:
        raise LexiconError(f"{where}: unknown key {', '.join(sorted(unknown))}.")
    if missing := _REQUIRED[kind] - set(values):
        raise LexiconError(f"{where}: key {', '.join(sorted(missing))} is missing.")
    for key, value in values.items():
        # A heading has one label per language, a concept has a list of English ones.
        if key in _LISTS and kind != "group":
            if not (isinstance(value, list) and all(isinstance(v, str) and v for v in value)):
                raise LexiconError(f"{where}: {key} must be a list of texts, not {value!r}.")
        elif not (isinstance(value, str) and value):
            raise LexiconError(f"{where}: {key} must be a text, not {value!r}.")
    if kind != "group" and not values["en"]:
        raise LexiconError(f"{where}: en has no label.")
    if kind == "skill" and values["kind"] not in {str(k) for k in SKILL_KINDS}:
        raise LexiconError(
            f"{where}: kind {values['kind']!r} is none of {', '.join(sorted(SKILL_KINDS))}."
        )
    if kind == "occupation":
        code = values["isco08"]
        if not (len(code) == 4 and code.isascii() and code.isdigit()):
            raise LexiconError(f"{where}: isco08 {code!r} is not a four-digit unit group.")


def _uris(entries: Mapping[str, _Entry]) -> dict[str, str]:
    uris: dict[str, str] = {}
    owners: dict[str, str] = {}
    coded: dict[tuple[str, str], str] = {}
    for slug, entry in entries.items():
        uri = entry.values.get("uri", f"urn:valoriamo:{entry.kind}:{slug}")
        if uri in owners:
            raise LexiconError(f"{entry.where}: repeats the URI {uri} of {owners[uri]!r}.")
        owners[uri] = slug
        uris[slug] = uri
        if "code" in entry.values:
            code = (entry.values["kind"], entry.values["code"])
            if code in coded:
                raise LexiconError(
                    f"{entry.where}: repeats the code {code[1]!r} of {coded[code]!r}."
                )
            coded[code] = slug
    return uris


def _concept(entry: _Entry, entries: Mapping[str, _Entry], uris: Mapping[str, str]) -> Concept:
    values = entry.values
    if entry.kind == "group":
        return Concept(
            uri=uris[entry.slug],
            slug=entry.slug,
            kind=ConceptKind.GROUP,
            family=entry.family,
            labels={"it": (values["it"],), "en": (values["en"],)},
        )

    def reference(key: str, target: str, *allowed: str) -> str:
        if target not in entries or entries[target].kind not in allowed:
            raise LexiconError(
                f"{entry.where}: {key} {target!r} is no {' or '.join(allowed)} of this lexicon."
            )
        return uris[target]

    italian = [values["it"], *([values["feminine"]] if "feminine" in values else [])]
    labels = {"it": (*italian, *values.get("also", ())), "en": tuple(values["en"])}
    if entry.kind == "skill":
        return Concept(
            uri=uris[entry.slug],
            slug=entry.slug,
            kind=ConceptKind(values["kind"]),
            family=entry.family,
            labels=labels,
            broader=reference("broader", values["broader"], "skill", "group"),
            code=values.get("code"),
        )
    if both := set(values["essential"]) & set(values.get("optional", ())):
        raise LexiconError(f"{entry.where}: {sorted(both)[0]!r} is both essential and optional.")
    needs = {
        key: frozenset(reference(key, target, "skill") for target in values.get(key, ()))
        for key in ("essential", "optional")
    }
    return Concept(
        uri=uris[entry.slug],
        slug=entry.slug,
        kind=ConceptKind.OCCUPATION,
        family=entry.family,
        labels=labels,
        isco08=values["isco08"],
        essential=needs["essential"],
        optional=needs["optional"],
    )


def _check_circles(taxonomy: Taxonomy) -> None:
    for concept in taxonomy.concepts.values():
        seen = {concept.uri}
        step = concept
        while step.broader is not None:
            if step.broader in seen:
                raise LexiconError(
                    f"{concept.slug}: its broader concepts go round in a circle at {step.slug!r}."
                )
            seen.add(step.broader)
            step = taxonomy.concepts[step.broader]
