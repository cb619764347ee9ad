"""The classification in one language: skills, occupations, skill groups, ISCO groups."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from matching.domain import ConceptKind
from matching.errors import TaxonomyError
from matching.taxonomy.esco.archives import Source
from matching.taxonomy.esco.content import Kept, Naming
from matching.taxonomy.esco.rows import Row, clean, rows

# Files of a classification by the name they have before the language.
SKILLS, OCCUPATIONS = "skills", "occupations"
ISCO_GROUPS, SKILL_GROUPS = "ISCOGroups", "skillGroups"
NEEDED = (SKILLS, OCCUPATIONS, ISCO_GROUPS, SKILL_GROUPS)
HIERARCHY = "skillsHierarchy"
COLLECTIONS = {
    "digitalSkillsCollection": ConceptKind.DIGITAL,
    "transversalSkillsCollection": ConceptKind.TRANSVERSAL,
    "languageSkillsCollection": ConceptKind.LANGUAGE,
}
FILES = (*NEEDED, HIERARCHY, *COLLECTIONS)

_LABELS = ("conceptUri", "preferredLabel")
_OPTIONAL = ("altLabels", "hiddenLabels", "description")
_CODE = {SKILLS: (), OCCUPATIONS: ("iscoGroup",), ISCO_GROUPS: ("code",), SKILL_GROUPS: ()}
_KNOWLEDGE = "knowledge"
_ISCO = re.compile(r"C?(\d{1,4})")
_URI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
# Occupations and skills have one label a line; the collections, and some releases, use bars.
_BETWEEN = re.compile(r"\s*[\n\r]+\s*|\s+\|\s+")
_LEVELS = tuple((f"Level {n} URI", f"Level {n} preferred term") for n in range(4))


@dataclass(frozen=True, slots=True)
class Classification:
    """The concepts of one release and what they are called in one language."""

    language: str
    concepts: Mapping[str, Kept]
    namings: Mapping[str, Naming]
    where: str


def read_classification(language: str, files: Mapping[str, Source]) -> Classification:
    """Read the files of one language, by their name without language.

    Raises
    ------
    TaxonomyError
        For a missing file or column, a repeated or malformed URI, an empty preferred label, a
        code that is none of ISCO-08.
    """
    absent = [f"{name}_{language}.csv" for name in NEEDED if name not in files]
    if absent:
        given = next(iter(files.values())).archive.name
        raise TaxonomyError(
            f"{given}: {', '.join(absent)} is missing. Give the whole classification archive of "
            f"the language {language!r}, as the portal delivers it."
        )
    concepts: dict[str, Kept] = {}
    namings: dict[str, Naming] = {}
    seen: dict[str, str] = {}
    special = _special(files)
    for name in NEEDED:
        columns = (*_LABELS, *_CODE[name])
        extra = (*_OPTIONAL, *(("skillType",) if name == SKILLS else ()))
        for row in rows(files[name], columns, extra):
            uri = checked_uri(row, row.values[0])
            if uri in seen:
                raise TaxonomyError(
                    f"{row.where}: repeats the concept {uri} of {seen[uri]}. Get the archive "
                    "again from the portal."
                )
            seen[uri] = row.where
            concepts[uri] = _kept(name, row, special.get(uri), len(columns))
            namings[uri] = _naming(row, len(columns))
    if HIERARCHY in files:
        _add_groups(files[HIERARCHY], concepts, namings)
    return Classification(language, concepts, namings, files[SKILLS].where)


def checked_uri(row: Row, value: str) -> str:
    """A URI as it is kept.

    Raises
    ------
    TaxonomyError
        For what is no URI.
    """
    uri = value.strip()
    if not _URI.fullmatch(uri):
        raise TaxonomyError(f"{row.where}: {value!r} is no concept URI. Get the archive again.")
    return uri


def _naming(row: Row, first: int) -> Naming:
    preferred = clean(row.values[1])
    if not preferred:
        raise TaxonomyError(
            f"{row.where}: the concept {row.values[0]} has no preferred label. Get the archive "
            "again from the portal; a language without labels for all concepts can be given as a "
            "table of labels instead (README, Taxonomy)."
        )
    alternatives, hidden, description = row.values[first : first + 3]
    others = dict.fromkeys(
        clean(text) for texts in (alternatives, hidden) for text in _BETWEEN.split(texts)
    )
    return Naming(
        preferred,
        tuple(text for text in others if text and text != preferred),
        description.strip(),
    )


def _kept(name: str, row: Row, special: ConceptKind | None, first: int) -> Kept:
    if name == SKILL_GROUPS:
        return Kept(ConceptKind.GROUP)
    if name == SKILLS:
        plain = row.values[first + len(_OPTIONAL)].strip() == _KNOWLEDGE
        return Kept(special or (ConceptKind.KNOWLEDGE if plain else ConceptKind.SKILL))
    code = _ISCO.fullmatch(row.values[2].strip())
    if code is None:
        raise TaxonomyError(
            f"{row.where}: {row.values[2]!r} is no ISCO-08 code of one to four digits. Get the "
            "archive again."
        )
    kind = ConceptKind.OCCUPATION if name == OCCUPATIONS else ConceptKind.GROUP
    return Kept(kind, code[1])


def _special(files: Mapping[str, Source]) -> dict[str, ConceptKind]:
    """Kinds that the collections tell: a language among the transversal skills is a language."""
    found: dict[str, ConceptKind] = {}
    for name, kind in COLLECTIONS.items():
        if name in files:
            for row in rows(files[name], ("conceptUri",)):
                found[row.values[0].strip()] = kind
    return found


def _add_groups(source: Source, concepts: dict[str, Kept], namings: dict[str, Naming]) -> None:
    """Add skill groups that stand only in the hierarchy; release 1.1.1 has seven of them."""
    columns = [column for level in _LEVELS for column in level]
    # The official file leaves out the empty codes at the end of a row.
    for row in rows(source, columns, ragged=True):
        for place in range(0, len(columns), 2):
            uri, label = row.values[place].strip(), clean(row.values[place + 1])
            if uri and label and uri not in concepts:
                concepts[checked_uri(row, uri)] = Kept(ConceptKind.GROUP)
                namings[uri] = Naming(label)
