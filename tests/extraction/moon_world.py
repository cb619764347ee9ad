"""An invented trade, keeping moons, in Italian: what a text names of it and what it could mean."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from matching.domain import ConceptKind, DocumentKind
from matching.extraction import Extractor, build, place_names
from matching.extraction.job_features import COLUMNS as JOB_COLUMNS
from matching.extraction.jobs import JobLinker
from matching.extraction.lexis import Lexis
from matching.extraction.loose import LooseLinker
from matching.extraction.loose_features import COLUMNS
from matching.extraction.named_features import COLUMNS as NAMED_COLUMNS
from matching.linking.reranker import Reranker
from matching.linking.weights import Calibration, Weights
from matching.taxonomy import Concept, Taxonomy
from tests.factories import a_territory

Array = npt.NDArray[np.float64]

POLISH, RAKE, TIDES, DUST, LUNARIAN, ROCKET, GLOW, KEEPER, SWEEPER = (
    f"urn:test:{name}"
    for name in (
        "polish",
        "rake",
        "tides",
        "dust",
        "lunarian",
        "rocket",
        "glow",
        "keeper",
        "sweeper",
    )
)


def _skill(
    uri: str,
    *labels: str,
    kind: ConceptKind = ConceptKind.SKILL,
    family: str = "moons",
    code: str | None = None,
) -> Concept:
    slug = uri.rpartition(":")[2]
    return Concept(uri=uri, slug=slug, kind=kind, family=family, labels={"it": labels}, code=code)


def _occupation(
    uri: str,
    *labels: str,
    family: str,
    essential: tuple[str, ...] = (),
    optional: tuple[str, ...] = (),
) -> Concept:
    return Concept(
        uri=uri,
        slug=uri.rpartition(":")[2],
        kind=ConceptKind.OCCUPATION,
        family=family,
        labels={"it": labels},
        isco08="9613",
        essential=frozenset(essential),
        optional=frozenset(optional),
    )


MOONS = Taxonomy(
    {
        concept.uri: concept
        for concept in (
            _skill(POLISH, "lucidatura delle lune", "cura del chiarore", "lucidatore di lune"),
            _skill(RAKE, "rastrellatura dei crateri"),
            _skill(TIDES, "teoria delle maree", kind=ConceptKind.KNOWLEDGE),
            _skill(DUST, "raccolta della polvere di stelle", family="stars"),
            _skill(LUNARIAN, "lingua dei lunari", kind=ConceptKind.LANGUAGE),
            Concept(
                uri=GLOW,
                slug="glow",
                kind=ConceptKind.SKILL,
                family="moons",
                labels={"en": ("moonglow keeping",)},
            ),
            _skill(ROCKET, "patente di razzo", kind=ConceptKind.LICENCE, code="R"),
            _occupation(
                KEEPER,
                "guardiano di lune",
                "guardiana di lune",
                family="moons",
                essential=(POLISH, TIDES),
                optional=(RAKE,),
            ),
            _occupation(SWEEPER, "spazzino di stelle", family="stars", essential=(DUST,)),
        )
    },
    {},
    digest="moons",
)


def moon_extractor() -> Extractor:
    """Reads texts by the labels as they are written: other ways to say them are not named."""
    return Extractor(MOONS, build(MOONS, language="xx"), place_names(a_territory()))


@dataclass(frozen=True)
class Chance:
    """A stand-in for trees that gives every row the same chance and remembers the rows."""

    chance: float
    seen: list[Array] = field(default_factory=list)

    def predict(self, rows: Array, num_threads: int) -> Array:
        self.seen.append(rows)
        return np.full(len(rows), self.chance)


def always(chance: float, columns: tuple[str, ...]) -> Weights:
    """Weights that give every row this chance."""
    return Weights(Reranker(columns, "", Chance(chance)), Calibration(1.0, 0.0), {})


def moon_linker(
    extractor: Extractor, *, phrases: float | None = None, names: float | None = None
) -> LooseLinker:
    """A linker that gives all that is proposed, and all that is named, one confidence each."""
    return LooseLinker(
        Lexis(extractor.taxonomy, extractor.index.normaliser.phrase),
        phrases=None if phrases is None else always(phrases, COLUMNS),
        names=None if names is None else always(names, NAMED_COLUMNS),
    )


def moon_jobs(extractor: Extractor, sure: float) -> JobLinker:
    """A linker that is equally sure of every job."""
    return JobLinker(moon_linker(extractor), always(sure, JOB_COLUMNS))


def jobs_named(extractor: Extractor, text: str, kind: DocumentKind) -> dict[str, float]:
    """The occupations that rules find in a text, each quite sure."""
    found = extractor.extract(text, kind=kind, as_of=date(2026, 11, 22))
    return {mention.uri: 1.0 for mention in found.occupations if not mention.wanted}
