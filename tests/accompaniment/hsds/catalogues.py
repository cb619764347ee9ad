"""Catalogues made by chance, of whatever a territory's files may hold."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from matching.accompaniment import Catalogue, Provider, Service
from matching.accompaniment.catalogue import WHOLE_TERRITORY
from matching.domain import (
    Audience,
    Band,
    Channel,
    Contact,
    Difficulty,
    Grade,
    Interpreting,
    Measure,
    Need,
    Paper,
    PaperAsked,
    Payer,
    Weekday,
)
from matching.domain.reach import Barrier
from matching.taxonomy import Taxonomy
from matching.territory import Territory

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)

# Formulas, quotes, separators, line ends and what is no letter at all; no half surrogate pairs.
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
    st.sampled_from(
        ["=1+1", "'=1", "''", "+39 0341", "-1", "@x", "\t=x", "\r\nx", "a;b,c\"d'", "\0x", "x\x7f"]
    ),
).filter(lambda text: bool(text.strip()))
DAYS = st.dates(FIRST, LAST)


def _several(values: Any, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(list(values)), unique=True, max_size=most).map(tuple)


def _alone_or(kind: Any, word: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    others = [value for value in kind if value is not word]
    return st.one_of(st.just((word,)), _several(others))


@st.composite
def catalogues(draw: st.DrawFn, territory: Territory, taxonomy: Taxonomy) -> Catalogue:
    """A catalogue of up to four services of up to three providers."""
    places = [town.istat for town in (*territory.municipalities, *territory.neighbours)][:20]
    areas = [*places, *(ambito.code for ambito in territory.ambiti)]
    skills = [concept.uri for concept in taxonomy.skills][:30]
    slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
    providers = {
        slug: Provider(
            slug=slug,
            name=draw(TEXTS),
            kind=draw(TEXTS),
            municipality=draw(st.sampled_from(places)),
            example=draw(st.booleans()),
        )
        for slug in draw(st.lists(slugs, unique=True, min_size=1, max_size=3))
    }
    services = tuple(
        draw(_services(slug, list(providers), places, areas, skills))
        for slug in draw(st.lists(slugs, unique=True, min_size=1, max_size=4))
    )
    return Catalogue(valid_from=FIRST, valid_to=LAST, providers=providers, services=services)


@st.composite
def _services(
    draw: st.DrawFn,
    slug: str,
    providers: list[str],
    places: list[str],
    areas: list[str],
    skills: list[str],
) -> Service:
    payer = draw(st.sampled_from(Payer))
    youngest = draw(st.none() | st.integers(0, 99))
    oldest = draw(st.none() | st.integers(youngest or 0, 120))
    return Service(
        slug=slug,
        provider=draw(st.sampled_from(providers)),
        measure=draw(st.sampled_from(Measure)),
        name=draw(TEXTS),
        description=draw(TEXTS),
        teaches=draw(_several(skills)),
        requires=draw(_several(skills)),
        needs=draw(_several(Need)),
        hours=draw(st.integers(0, 2000)),
        starts=tuple(draw(st.lists(DAYS, max_size=3))),
        weekdays=draw(_several(Weekday, most=7)),
        bands=draw(_several(Band)),
        seats=draw(st.integers(0, 100)),
        cost_eur=draw(st.integers(1, 5000)) if payer is Payer.FUND else 0,
        paid_by=payer,
        lead_days=draw(st.integers(0, 90)),
        place=draw(st.sampled_from(places)),
        remote=draw(st.booleans()),
        conditions=tuple(draw(st.lists(TEXTS, max_size=3))),
        changes=draw(TEXTS),
        grade=draw(st.sampled_from(Grade)),
        source=draw(TEXTS),
        example=draw(st.booleans()),
        min_age=youngest,
        max_age=oldest,
        audiences=draw(_alone_or(Audience, Audience.EVERYONE)),
        documents=draw(_documents()),
        area=draw(st.one_of(st.just((WHOLE_TERRITORY,)), _several(areas))),
        assured=draw(st.none() | st.dates(FIRST - timedelta(days=900), LAST)),
        languages=draw(_several(["it", "en", "ar", "wol"])),
        interpreting=draw(st.none() | st.sampled_from(Interpreting)),
        contacts=draw(_contacts()),
        wait_days=draw(st.none() | st.integers(0, 400)),
        lifts=draw(_several(Barrier)),
        eases=draw(_several(Difficulty)),
    )


def _documents() -> st.SearchStrategy[tuple[PaperAsked, ...]]:
    asked = st.builds(
        PaperAsked,
        kind=st.sampled_from([kind for kind in Paper if kind is not Paper.NOTHING]),
        text=st.just("") | TEXTS,
    )
    nothing = st.just((PaperAsked(kind=Paper.NOTHING),))
    return st.one_of(nothing, st.lists(asked, max_size=3).map(tuple))


@st.composite
def _contacts(draw: st.DrawFn) -> tuple[Contact, ...]:
    chosen = draw(st.sets(st.sampled_from(Channel)))
    before = {Channel.EMAIL: "a@", Channel.WEB: "https://"}
    return tuple(
        Contact(channel=channel, value=before.get(channel, "") + draw(TEXTS))
        for channel in Channel
        if channel in chosen
    )
