"""The relations between concepts: what is broader, what an occupation or skill needs."""

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from matching.errors import TaxonomyError
from matching.taxonomy.esco.archives import Source
from matching.taxonomy.esco.content import Relations
from matching.taxonomy.esco.rows import Row, rows

OCCUPATION_SKILLS = "occupationSkillRelations"
SKILL_SKILLS = "skillSkillRelations"
BROADER = ("broaderRelationsOccPillar", "broaderRelationsSkillPillar")
NEEDED = (OCCUPATION_SKILLS, *BROADER)
FILES = (*NEEDED, SKILL_SKILLS)

_COLUMNS = {
    OCCUPATION_SKILLS: ("occupationUri", "skillUri", "relationType"),
    SKILL_SKILLS: ("originalSkillUri", "relatedSkillUri", "relationType"),
    **dict.fromkeys(BROADER, ("conceptUri", "broaderUri")),
}
_TYPES = ("essential", "optional")

# Concepts that the relations of an official release name and its classification lacks.
KNOWN_GAPS = {
    "1.1.1": frozenset(
        {"http://data.europa.eu/esco/occupation/a9e54177-a185-404d-b6e6-15663d31137e"}
    )
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that name a concept which is not there: how many, and which concepts."""

    rows: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many rows were left out."""
        return self.rows.total()


def read_relations(
    files: Mapping[str, Source], concepts: Container[str], *, version: str, skip_unknown: bool
) -> tuple[Relations, LeftOut]:
    """Read the relation files, by their name without language.

    Rows of concepts in ``KNOWN_GAPS`` of the release are left out and counted; with
    ``skip_unknown`` all rows are that name a concept which is not in ``concepts``.

    Raises
    ------
    TaxonomyError
        For a missing file or column, a concept that is not there, a relation of another type, a
        circle of broader concepts.
    """
    absent = [f"{name}.csv" for name in NEEDED if name not in files]
    if absent:
        raise TaxonomyError(
            f"{', '.join(absent)} is missing. Give the relations archive of the same release "
            "together with the classification: valoriamo taxonomy import CLASSIFICATION RELATIONS."
        )
    gaps = KNOWN_GAPS.get(version, frozenset())
    links: dict[str, dict[str, dict[str, None]]] = {"broader": {}, "essential": {}, "optional": {}}
    left = LeftOut()
    for name in FILES:
        if name not in files:
            continue
        for row in rows(files[name], _COLUMNS[name]):
            source, target = row.values[0].strip(), row.values[1].strip()
            lost = next((uri for uri in (source, target) if uri not in concepts), None)
            if lost is not None:
                if not skip_unknown and lost not in gaps:
                    raise _dangling(row, lost, version)
                left.rows[lost] += 1
                continue
            links[_type(row)].setdefault(source, {})[target] = None
    _check_circles(links["broader"], files[BROADER[0]])
    # Essential is the stronger word where a release says both.
    for uri, targets in links["essential"].items():
        for target in targets:
            links["optional"].get(uri, {}).pop(target, None)
    made = {
        name: {uri: tuple(targets) for uri, targets in found.items() if targets}
        for name, found in links.items()
    }
    return Relations(made["broader"], made["essential"], made["optional"]), left


def _check_circles(broader: Mapping[str, Mapping[str, None]], source: Source) -> None:
    """Refuse concepts that are broader than themselves, over however many steps."""
    done: set[str] = set()
    for start in broader:
        path: dict[str, None] = {}
        # A concept is met twice: going in, and coming back out of it (None).
        waiting: list[str | None] = [start]
        while waiting:
            uri = waiting.pop()
            if uri is None:
                done.add(path.popitem()[0])
                continue
            if uri in path:
                raise TaxonomyError(
                    f"{source.archive.name}: the broader concepts of {uri} go round in a circle. "
                    "Get the archive again."
                )
            if uri not in done:
                path[uri] = None
                waiting += [None, *broader.get(uri, ())]


def _type(row: Row) -> str:
    if len(row.values) == 2:
        return "broader"
    value = row.values[2].strip()
    if value not in _TYPES:
        raise TaxonomyError(
            f"{row.where}: relationType is {value!r}, not {' or '.join(_TYPES)}. Get the archive "
            "again."
        )
    return value


def _dangling(row: Row, uri: str, version: str) -> TaxonomyError:
    return TaxonomyError(
        f"{row.where}: {uri} is no concept of the classification {version}. The archives may be "
        "of two releases: get both of the same one. If they are, --skip-unknown leaves such rows "
        "out and counts them."
    )
