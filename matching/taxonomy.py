"""Concepts in memory: by URI, by label, their broader concept, the skills an occupation needs.

:func:`load_lexicon` reads the starter lexicon, one TOML file per family, and refuses one that
does not hold together. The form of the files is described in ``data/lexicon/README.md``.
"""

import hashlib
import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from matching.domain import ConceptKind
from matching.errors import LexiconError
from matching.normalisation import Normaliser

_RULES_FILE = "ambiguous.toml"
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
_RULE_KEYS = {"label", "kind", "prefer", "near", "title_only"}
_SKILL_KINDS = frozenset(ConceptKind) - {ConceptKind.OCCUPATION, ConceptKind.GROUP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One concept with its labels per language, the preferred one first."""

    uri: str
    slug: str
    kind: ConceptKind
    family: str
    labels: Mapping[str, tuple[str, ...]]
    broader: str | None = None
    code: str | None = None
    isco08: str = ""
    essential: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()

    def label(self, language: str = "it") -> str:
        """The preferred label in a language, else in Italian."""
        return (self.labels.get(language) or self.labels["it"])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRule:
    """What a label means when it is not enough alone.

    ``near`` maps a concept to words, any of which on the same line selects it; ``prefer`` is
    the concept otherwise (None: no concept). ``title_only`` accepts the label only where a job
    title stands (*meccanico* at the head of an entry, not *officina meccanica*).
    """

    label: str
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefer: str | None = None
    title_only: bool = False


@dataclass(frozen=True)
class Taxonomy:
    """Concepts by URI. Immutable; equal contents have equal ``digest``."""

    concepts: Mapping[str, Concept]
    rules: Mapping[tuple[str, str], LabelRule]
    digest: str

    @cached_property
    def skills(self) -> tuple[Concept, ...]:
        """Every concept that a person can hold, in URI order."""
        return tuple(c for _, c in sorted(self.concepts.items()) if c.kind in _SKILL_KINDS)

    @cached_property
    def occupations(self) -> tuple[Concept, ...]:
        """Every occupation, in URI order."""
        return tuple(
            c for _, c in sorted(self.concepts.items()) if c.kind is ConceptKind.OCCUPATION
        )

    @cached_property
    def by_code(self) -> Mapping[tuple[ConceptKind, str], str]:
        """URI of a licence or language by its code."""
        return {(c.kind, c.code): c.uri for c in self.concepts.values() if c.code}

    @cached_property
    def _demand(self) -> Counter[str]:
        return Counter(uri for occupation in self.occupations for uri in occupation.essential)

    def specificity(self, uri: str) -> float:
        """How much a skill tells trades apart, in (0, 1].

        Inverse document frequency of the skill among the essential skills of occupations,
        ``log((N + 1) / (df + 1)) / log(N + 1)``; soft skills, which every advertisement
        repeats, count for a third of it.
        """
        size = len(self.occupations)
        value = math.log((size + 1) / (self._demand[uri] + 1)) / math.log(size + 1)
        soft = self.concepts[uri].kind is ConceptKind.TRANSVERSAL
        return max(value, 0.05) / (3 if soft else 1)

    def ancestors(self, uri: str) -> Iterator[str]:
        """The broader concepts of a concept, nearest first."""
        concept = self.concepts[uri]
        while concept.broader is not None:
            concept = self.concepts[concept.broader]
            yield concept.uri


def load_lexicon(folder: Path) -> Taxonomy:
    """Read and validate every family file of a lexicon folder.

    Raises
    ------
    LexiconError
        Naming file, entry and value: a file that is not TOML, an unknown or missing key, a
        repeated slug or URI, a reference to nothing, a circle of broader concepts, a label that
        two concepts claim without a rule in ``ambiguous.toml``.
    """
    files = sorted(path for path in folder.glob("*.toml") if path.name != _RULES_FILE)
    if not files:
        raise LexiconError(f"{folder}: no lexicon file (*.toml) here; check the data folder.")
    digest = hashlib.sha256()
    entries: dict[str, tuple[str, str, str, dict[str, Any]]] = {}
    for path in files:
        content = _read(path, digest)
        family = str(content.get("family", path.stem))
        for table in content:
            if table not in {*_KEYS, "family", "title_it", "title_en"}:
                raise LexiconError(f"{path.name}: unknown table or key {table!r}.")
        for kind in _KEYS:
            for slug, entry in content.get(kind, {}).items():
                _check_entry(path.name, kind, slug, entry)
                if slug in entries:
                    first = entries[slug][1]
                    raise LexiconError(f"{path.name}: {slug!r} is already defined in {first}.")
                entries[slug] = (kind, path.name, family, entry)
    uris = _assign_uris(entries)
    concepts = {uris[slug]: _concept(slug, entries, uris) for slug in entries}
    rules_path = folder / _RULES_FILE
    rules = _rules(_read(rules_path, digest), uris) if rules_path.exists() else {}
    taxonomy = Taxonomy(concepts, rules, digest.hexdigest())
    _check_circles(taxonomy)
    _check_claims(taxonomy)
    return taxonomy


def claims(
    taxonomy: Taxonomy, normaliser: Normaliser
) -> dict[str, dict[tuple[str, ...], dict[str, str]]]:
    """Which concepts claim a phrase: matcher kind -> keys of the phrase -> URI -> label.

    Driving licences are left out: a category letter (*patente A*) is no word to a matcher, so
    the extractor reads them as facts.
    """
    found: dict[str, dict[tuple[str, ...], dict[str, str]]] = {"skill": {}, "occupation": {}}
    for concept in taxonomy.concepts.values():
        if concept.kind is ConceptKind.GROUP or is_driving_licence(concept):
            continue
        kind = "occupation" if concept.kind is ConceptKind.OCCUPATION else "skill"
        for language in sorted(concept.labels, reverse=True):
            for label in concept.labels[language]:
                phrase = normaliser.phrase(label)
                if not phrase:
                    raise LexiconError(
                        f"{concept.slug}: the label {label!r} has no word that counts; reword it."
                    )
                found[kind].setdefault(phrase, {}).setdefault(concept.uri, label)
    return found


def is_driving_licence(concept: Concept) -> bool:
    """Whether a concept is a driving licence, known by its category code."""
    return concept.kind is ConceptKind.LICENCE and concept.code is not None


def _read(path: Path, digest: "hashlib._Hash") -> dict[str, Any]:
    raw = path.read_bytes()
    digest.update(path.name.encode() + b"\0" + raw)
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: not valid TOML in UTF-8: {error}.") from error


def _check_entry(file: str, kind: str, slug: str, entry: dict[str, Any]) -> None:
    where = f"{file}: {kind}.{slug}"
    if unknown := set(entry) - _KEYS[kind]:
        raise LexiconError(f"{where}: unknown key {', '.join(sorted(unknown))}.")
    if missing := _REQUIRED[kind] - set(entry):
        raise LexiconError(f"{where}: key {', '.join(sorted(missing))} is missing.")
    for key in ("also", "en", "essential", "optional"):
        value = entry.get(key, [])
        if kind != "group" and not (
            isinstance(value, list) and all(isinstance(item, str) and item for item in value)
        ):
            raise LexiconError(f"{where}: {key} must be a list of texts, not {value!r}.")
    if kind == "skill" and entry["kind"] not in {str(k) for k in _SKILL_KINDS}:
        raise LexiconError(f"{where}: kind {entry['kind']!r} is not one of the skill kinds.")
    if kind == "occupation" and not (len(entry["isco08"]) == 4 and entry["isco08"].isdigit()):
        raise LexiconError(f"{where}: isco08 {entry['isco08']!r} is not a four-digit unit group.")


def _assign_uris(entries: Mapping[str, tuple[str, str, str, dict[str, Any]]]) -> dict[str, str]:
    uris: dict[str, str] = {}
    owners: dict[str, str] = {}
    for slug, (kind, file, _, entry) in entries.items():
        uri = entry.get("uri", f"urn:valoriamo:{kind}:{slug}")
        if uri in owners:
            raise LexiconError(f"{file}: {slug!r} repeats the URI {uri} of {owners[uri]!r}.")
        owners[uri] = slug
        uris[slug] = uri
    return uris


def _concept(
    slug: str,
    entries: Mapping[str, tuple[str, str, str, dict[str, Any]]],
    uris: Mapping[str, str],
) -> Concept:
    kind, file, family, entry = entries[slug]

    def reference(key: str, target: str, allowed: frozenset[str]) -> str:
        if target not in entries or entries[target][0] not in allowed:
            raise LexiconError(f"{file}: {kind}.{slug}: {key} {target!r} does not exist.")
        return uris[target]

    if kind == "group":
        labels = {"it": (entry["it"],), "en": (entry["en"],)}
        return Concept(
            uri=uris[slug], slug=slug, kind=ConceptKind.GROUP, family=family, labels=labels
        )
    italian = [entry["it"], *([entry["feminine"]] if "feminine" in entry else [])]
    labels = {"it": (*italian, *entry.get("also", ())), "en": tuple(entry["en"])}
    if kind == "skill":
        return Concept(
            uri=uris[slug],
            slug=slug,
            kind=ConceptKind(entry["kind"]),
            family=family,
            labels=labels,
            broader=reference("broader", entry["broader"], frozenset({"skill", "group"})),
            code=entry.get("code"),
        )
    needs = {
        key: frozenset(
            reference(key, target, frozenset({"skill"})) for target in entry.get(key, ())
        )
        for key in ("essential", "optional")
    }
    if both := needs["essential"] & needs["optional"]:
        raise LexiconError(f"{file}: {slug}: {sorted(both)[0]} is both essential and optional.")
    return Concept(
        uri=uris[slug],
        slug=slug,
        kind=ConceptKind.OCCUPATION,
        family=family,
        labels=labels,
        isco08=entry["isco08"],
        essential=needs["essential"],
        optional=needs["optional"],
    )


def _rules(
    content: Mapping[str, Any], uris: Mapping[str, str]
) -> dict[tuple[str, str], LabelRule]:
    rules: dict[tuple[str, str], LabelRule] = {}
    plain = Normaliser()
    for entry in content.get("rule", []):
        where = f"{_RULES_FILE}: rule for {entry.get('label')!r}"
        if unknown := set(entry) - _RULE_KEYS:
            raise LexiconError(f"{where}: unknown key {', '.join(sorted(unknown))}.")
        if entry.get("kind") not in ("skill", "occupation") or "label" not in entry:
            raise LexiconError(f"{where}: needs a label, and kind = skill or occupation.")
        targets = [*entry.get("near", {}), *([entry["prefer"]] if "prefer" in entry else [])]
        for slug in targets:
            if slug not in uris:
                raise LexiconError(f"{where}: {slug!r} does not exist.")
        rules[entry["kind"], " ".join(plain.phrase(entry["label"]))] = LabelRule(
            label=entry["label"],
            near={
                uris[slug]: tuple(key for word in words for key in plain.phrase(word))
                for slug, words in entry.get("near", {}).items()
            },
            prefer=uris[entry["prefer"]] if "prefer" in entry else None,
            title_only=bool(entry.get("title_only", False)),
        )
    return rules


def _check_circles(taxonomy: Taxonomy) -> None:
    for concept in taxonomy.concepts.values():
        seen = {concept.uri}
        step = concept
        while step.broader is not None:
            if step.broader in seen:
                raise LexiconError(f"{concept.slug}: its broader concepts go round in a circle.")
            seen.add(step.broader)
            step = taxonomy.concepts[step.broader]


def _check_claims(taxonomy: Taxonomy) -> None:
    for kind, phrases in claims(taxonomy, Normaliser()).items():
        for phrase, owners in phrases.items():
            if len(owners) > 1 and (kind, " ".join(phrase)) not in taxonomy.rules:
                names = ", ".join(
                    f"{taxonomy.concepts[uri].slug} ({label!r})" for uri, label in owners.items()
                )
                raise LexiconError(
                    f"One {kind} label, several concepts: {names}. Reword all but one, or add a "
                    f"rule to {_RULES_FILE}."
                )
