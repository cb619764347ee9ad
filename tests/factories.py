"""Persons, vacancies and a small world made up here, for tests that are worked by hand."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import cache
from typing import Any

from matching.accompaniment import Catalogue, Provider
from matching.accompaniment import Service as LocalService
from matching.domain import (
    Band,
    ConceptKind,
    Evidence,
    Fact,
    Facts,
    Grade,
    Importance,
    LanguageFact,
    Measure,
    OccupationHeld,
    Payer,
    Profile,
    SkillAsked,
    SkillHeld,
    TradeWord,
    Vacancy,
    Weekday,
)
from matching.extraction.trade_words import concept_words
from matching.features import FeatureSpace, feature_space, pair_features
from matching.normalisation import Normaliser, fold
from matching.taxonomy import Concept, Taxonomy
from matching.territory import (
    Commuting,
    ExposurePolicy,
    Limits,
    LostAs,
    Mode,
    Municipality,
    OutcomePolicy,
    Policy,
    PriorityPolicy,
    ProposalPolicy,
    RankingPolicy,
    ReachPolicy,
    RiskPolicy,
    Settings,
    TargetedPlacement,
    Territory,
    TravelMode,
    TravelParameters,
    Walking,
)


def a_skill(
    slug: str,
    *,
    kind: ConceptKind = ConceptKind.SKILL,
    broader: str | None = None,
    code: str | None = None,
    labels: tuple[str, ...] = (),
) -> Concept:
    names = labels or (f"saper fare {slug}",)
    return Concept(
        uri=slug,
        slug=slug,
        kind=kind,
        family="prova",
        labels={"it": names, "en": (f"doing {slug}",)},
        broader=broader,
        code=code,
    )


def an_occupation(
    slug: str, isco08: str, *, essential: Iterable[str] = (), optional: Iterable[str] = ()
) -> Concept:
    return Concept(
        uri=slug,
        slug=slug,
        kind=ConceptKind.OCCUPATION,
        family="prova",
        labels={"it": (f"mestiere di {slug}",), "en": (f"{slug} job",)},
        isco08=isco08,
        essential=frozenset(essential),
        optional=frozenset(optional),
    )


# Of three occupations, so that a skill weighs 1 when no trade needs it, 1/2 when one does,
# log(4/3) / log(4) = 0.2075 when two do; soft skills a third.
SKILLS = (
    a_skill("goods", kind=ConceptKind.GROUP),
    a_skill("forklift", broader="goods"),
    a_skill("pallets", broader="goods"),
    a_skill("packing", broader="goods"),
    a_skill("inventory"),
    a_skill("cooking"),
    a_skill("teamwork", kind=ConceptKind.TRANSVERSAL),
    a_skill("lis", kind=ConceptKind.LANGUAGE, code="ise", labels=("lingua dei segni",)),
    a_skill("de", kind=ConceptKind.LANGUAGE, code="de", labels=("lingua tedesca", "tedesco")),
    a_skill("it", kind=ConceptKind.LANGUAGE, code="it", labels=("lingua italiana", "italiano")),
    a_skill("licence-b", kind=ConceptKind.LICENCE, code="B"),
    a_skill("licence-c", kind=ConceptKind.LICENCE, code="C"),
)
OCCUPATIONS = (
    an_occupation("storekeeper", "4321", essential=["inventory"], optional=["forklift"]),
    an_occupation("driver", "8344", essential=["forklift", "inventory"]),
    an_occupation("cook", "5120", essential=["cooking"]),
)


def a_taxonomy(
    skills: Iterable[Concept] = SKILLS, occupations: Iterable[Concept] = OCCUPATIONS
) -> Taxonomy:
    return Taxonomy({c.uri: c for c in (*skills, *occupations)}, {}, digest="prova")


def a_municipality(istat: str, name: str, latitude: float) -> Municipality:
    return Municipality(
        istat=istat, name=name, province="XX", latitude=latitude, longitude=9.0, ambito="prova"
    )


# A tenth of a degree of latitude is 11.1195 km. By road half as long again: 16.6792 km. By car,
# at 60 km/h and 5 minutes: 21.6792 minutes; by public transport, 30 km/h and 15: 48.3585.
HILL, VALLEY = "000001", "000002"


def a_territory() -> Territory:
    return Territory(
        code="prova",
        name="Prova",
        province_code="XX",
        valid_from=date(2020, 1, 1),
        municipalities_stated=2,
        notes={},
        provinces={"XX": "Prova"},
        ambiti=(),
        municipalities=(
            a_municipality(HILL, "Borgo in Collina", 45.0),
            a_municipality(VALLEY, "Borgo in Valle", 45.1),
        ),
        neighbours=(),
        hubs=(),
        settings=Settings(
            community_managers_per_hub=1,
            corporate_manager_scope="hub",
            points_per_hub=1,
            cases_per_year=1,
        ),
        ranking=RankingPolicy(exposure=ExposurePolicy.OFF, window_days=90, reason="prova"),
        limits=Limits(profile_months=6, vacancy_days=60, reason="prova", source="prova"),
        policy=Policy(
            risk=RiskPolicy(age=False, reason="prova"),
            outcome=OutcomePolicy(work_days=30, lost=LostAs.INACTIVE, reason="prova"),
            priority=PriorityPolicy(
                closely=1,
                lightly=2,
                worklist=2,
                rising=0.1,
                no_contact_days=45,
                assessment_months=6,
                reason="prova",
            ),
            reach=ReachPolicy(suitable=0.25, near_minutes=20, most_minutes=60, reason="prova"),
            proposals=ProposalPolicy(
                sender="prova", answer_hours=48, reminder_hours=8, reason="prova"
            ),
        ),
        targeted_placement=TargetedPlacement(
            office="Ufficio di prova",
            province="Prova",
            site=None,
            source="prova",
            dated=date(2026, 1, 1),
        ),
        travel=TravelParameters(
            road_factor=1.5,
            reason="prova",
            modes={
                Mode.CAR: TravelMode(speed_kmh=60.0, fixed_minutes=5.0, reason="prova"),
                Mode.PUBLIC_TRANSPORT: TravelMode(
                    speed_kmh=30.0, fixed_minutes=15.0, reason="prova"
                ),
            },
            walking=Walking(speed_kmh=4.5, radius_km=1.0, change_radius_km=0.3, reason="prova"),
            commuting=Commuting(
                day=Weekday.TUE,
                earliest=time(6, 30),
                latest=time(8, 30),
                waiting_minutes=5.0,
                change_minutes=3.0,
                longest_minutes=180.0,
                reason="prova",
            ),
        ),
        sources=(),
    )


def a_space(taxonomy: Taxonomy | None = None) -> FeatureSpace:
    taxonomy = taxonomy or a_taxonomy()
    return feature_space(taxonomy, a_territory(), concept_words(taxonomy, Normaliser()))


@cache
def _small_world() -> FeatureSpace:
    return a_space()


def a_fact(
    value: str | int | bool, words: str | None = None, *, importance: Importance | None = None
) -> Fact:
    text = f"«{value}»" if words is None else words
    return Fact(value=value, evidence=text, start=0, end=len(text), importance=importance)


def a_language(
    code: str, level: str | None = None, *, importance: Importance | None = None
) -> LanguageFact:
    return LanguageFact(
        code=code,
        level=level,
        evidence=f"parlo {code}",
        start=0,
        end=6 + len(code),
        importance=importance,
    )


_SEVERAL = frozenset({"licences", "contracts", "hours", "shifts", "shifts_refused"})


def some_facts(**values: Any) -> Facts:
    """``some_facts(licences=["B"], comune="000001", languages=[("de", "B1")])``."""
    made: dict[str, Any] = {}
    for name, value in values.items():
        if name == "languages":
            made[name] = tuple(
                item if isinstance(item, LanguageFact) else a_language(*item) for item in value
            )
        elif name in _SEVERAL:
            made[name] = tuple(_as_fact(item) for item in value)
        else:
            made[name] = None if value is None else _as_fact(value)
    return Facts(**made)


def _as_fact(value: Any) -> Fact:
    return value if isinstance(value, Fact) else a_fact(value)


def _evidence(words: str) -> tuple[Evidence, ...]:
    return (Evidence(text=words, start=0, end=len(words)),)


def a_held_skill(uri: str, confidence: float = 0.9) -> SkillHeld:
    return SkillHeld(
        uri=uri,
        label=f"saper fare {uri}",
        confidence=confidence,
        evidence=_evidence(f"CV: {uri}"),
    )


def a_job(uri: str, months: int | None = None, *, isco08: str = "0000") -> OccupationHeld:
    return OccupationHeld(
        uri=uri,
        label=f"mestiere di {uri}",
        isco08=isco08,
        months=months,
        evidence=_evidence(f"lavoro: {uri}"),
    )


def an_asked_skill(
    uri: str, importance: Importance = Importance.ESSENTIAL, *, implied: bool = False
) -> SkillAsked:
    return SkillAsked(
        uri=uri,
        label=f"saper fare {uri}",
        importance=importance,
        implied=implied,
        evidence=() if implied else _evidence(f"offerta: {uri}"),
    )


def some_words(words: Mapping[str, int] | None) -> tuple[TradeWord, ...]:
    """``some_words({"forklift": 2})``: trade words, with how often they stand there."""
    return tuple(
        TradeWord(key=fold(word), count=count, evidence=word.upper())
        for word, count in sorted((words or {}).items())
    )


def a_profile(
    person_id: str = "p",
    *,
    skills: Iterable[str | SkillHeld] = (),
    jobs: Mapping[str, int | None] | None = None,
    wanted: Iterable[str] = (),
    words: Mapping[str, int] | None = None,
    **facts: Any,
) -> Profile:
    """``a_profile(skills=["forklift"], jobs={"cook": 12}, wanted=["driver"], licences=["B"])``."""
    return Profile(
        id=person_id,
        skills=tuple(s if isinstance(s, SkillHeld) else a_held_skill(s) for s in skills),
        occupations=tuple(a_job(uri, months) for uri, months in (jobs or {}).items()),
        aspirations=tuple(a_job(uri) for uri in wanted),
        facts=some_facts(**facts),
        words=some_words(words),
    )


def a_vacancy(
    vacancy_id: str = "v",
    *,
    essential: Iterable[str] = (),
    optional: Iterable[str] = (),
    trade: Iterable[str] = (),
    jobs: Iterable[str] = (),
    title: str = "Offerta di prova",
    words: Mapping[str, int] | None = None,
    **facts: Any,
) -> Vacancy:
    """``a_vacancy(essential=["forklift"], trade=["inventory"], jobs=["driver"], hours=[...])``."""
    return Vacancy(
        id=vacancy_id,
        title=title,
        skills=(
            *(an_asked_skill(uri) for uri in essential),
            *(an_asked_skill(uri, Importance.OPTIONAL) for uri in optional),
            *(an_asked_skill(uri, implied=True) for uri in trade),
        ),
        occupations=tuple(a_job(uri) for uri in jobs),
        facts=some_facts(**facts),
        words=some_words(words),
    )


def the_features(
    vacancy: Vacancy, profile: Profile, space: FeatureSpace | None = None
) -> dict[str, float]:
    """Return the features of one pair, in the small world unless told otherwise."""
    frame = pair_features([vacancy], [profile], space or _small_world())
    return dict(zip(frame.columns, frame.iloc[0].tolist(), strict=True))


PROVIDER = Provider(
    slug="school", name="Scuola di prova", kind="training_body", municipality=HILL, example=True
)


def a_service(slug: str, **values: Any) -> LocalService:
    """``a_service("course", teaches=["forklift"], cost_eur=100)``: the fund pays what costs."""
    made: dict[str, Any] = {
        "provider": PROVIDER.slug,
        "measure": Measure.COURSE,
        "name": f"Servizio {slug}",
        "description": "Prova.",
        "teaches": (),
        "requires": (),
        "needs": (),
        "hours": 4,
        "starts": (),
        "weekdays": (Weekday.MON,),
        "bands": (Band.MORNING,),
        "seats": 5,
        "cost_eur": 0,
        "lead_days": 0,
        "place": HILL,
        "remote": False,
        "conditions": (),
        "changes": f"Cambia {slug}.",
        "grade": Grade.D,
        "source": "prova",
        "example": True,
    }
    for name, value in values.items():
        made[name] = tuple(value) if isinstance(value, list) else value
    made.setdefault("paid_by", Payer.FUND if made["cost_eur"] else Payer.PUBLIC)
    return LocalService(slug=slug, **made)


def a_catalogue(*services: LocalService) -> Catalogue:
    """Return a catalogue of these services, valid in the first half of 2027."""
    return Catalogue(
        valid_from=date(2027, 1, 1),
        valid_to=date(2027, 6, 30),
        providers={PROVIDER.slug: PROVIDER},
        services=services,
    )
