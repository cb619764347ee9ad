"""The same vacancy twice: posted again, or by several agencies for one client.

Found in the texts (:mod:`matching.upkeep.shingles`), without the passages that speak of no job:
legal formulas, what a company says of itself, how to apply. An agency fills in one form for all of
its clients; its phrases stand in many adverts and weigh little, and where titles and occupations
both name other work nothing is proposed, however much of the text is the same.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matching.domain import DocumentKind, Facts, SalaryFact, Vacancy
from matching.extraction.segments import segments
from matching.normalisation import Normaliser, plain
from matching.upkeep.proposals import (
    Aspect,
    MergeKind,
    MergeProposal,
    Remark,
    Verdict,
    by_score,
    other,
    same,
)
from matching.upkeep.shingles import TextPair, near_duplicates
from matching.wording import Wording

_LIKELY = 0.7  # resemblance from which two adverts are very likely one
_LEAST = 0.5
# Enough where title and place are the same: two agencies put two frames round one client's words.
_LEAST_ALIKE = 0.2
_LEAST_WHOLE = 0.1  # of the texts with all that is in them, before the frames are taken off
_SURE = 0.9  # and where nothing else says which work it is, or only the title says another
_FEWEST = 6  # shingles: nine words
# Words of titles that name a rank and no work.
_RANKS = frozenset(map(
    Normaliser().key,
    {"addetto", "operaio", "operatore", "impiegato", "tecnico", "responsabile", "aiuto",
     "assistente", "junior", "senior", "apprendista", "stagista", "tirocinante", "specialista",
     "generico", "esperto"},
))  # fmt: skip
_COMMON_STEM = 6  # letters: magazziniere, magazzino
_FORMS = re.compile(
    r"\b(?:s\.?r\.?l\.?s?|s\.?p\.?a\.?|s\.?n\.?c\.?|s\.?a\.?s\.?|soc(?:ieta)?\.?|coop(?:erativa)?"
    r"\.?|filiale|agenzia|per il lavoro|unipersonale)(?=\W|$)"
)
# What makes two jobs of one text; other differences are only shown.
_TELLING = frozenset(
    {Aspect.COMUNE, Aspect.HOURS, Aspect.WEEKLY_HOURS, Aspect.CONTRACTS, Aspect.SALARY,
     Aspect.OCCUPATION}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A vacancy as it came in. ``comune`` is an ISTAT code, or a name in one form."""

    id: str
    text: str
    title: str = ""
    company: str = ""
    comune: str | None = None
    opens: date | None = None


def same_vacancies(
    postings: Sequence[Posting],
    *,
    read: Callable[[Posting], Vacancy],
    wording: Wording,
    places: Mapping[str, str],
) -> tuple[MergeProposal, ...]:
    """Pairs of postings that may be of one job, the surest first.

    Parameters
    ----------
    postings
        Identifiers differ.
    read
        Reads occupations and facts of a posting; it is called once for each posting whose text
        resembles another's, and for no other.
    wording
        Says what agrees and what differs.
    places
        Names of municipalities by ISTAT code.

    Returns
    -------
    tuple of MergeProposal
        Of the kind ``VACANCY``. Where place, hours, contract, pay or occupation differ it is
        *possible* at most: it may be another job under the same text.
    """
    whole = near_duplicates([one.text for one in postings], least=_LEAST_WHOLE, fewest=_FEWEST)
    alike = sorted({place for pair in whole for place in (pair.first, pair.second)})
    asked = [asking_text(postings[place].text) for place in alike]
    found: list[MergeProposal] = []
    vacancies: dict[int, Vacancy] = {}
    for pair in near_duplicates(asked, least=_LEAST_ALIKE, fewest=_FEWEST):
        both = (alike[pair.first], alike[pair.second])
        first, second = (postings[place] for place in both)
        if pair.resemblance < _LEAST and not _one_place_and_title(first, second):
            continue
        for place in both:
            if place not in vacancies:
                vacancies[place] = read(postings[place])
        proposal = _proposal(
            first,
            second,
            vacancies[both[0]],
            vacancies[both[1]],
            pair,
            wording=wording,
            places=places,
        )
        if proposal is not None:
            found.append(proposal)
    return by_score(found)


def asking_text(text: str) -> str:
    """The sentences of a vacancy that are about the job."""
    kept = (one for one in segments(text, DocumentKind.VACANCY) if not one.silent)
    return "\n".join(text[one.start : one.end] for one in kept)


def titles_alike(first: str, second: str) -> bool | None:
    """Whether two titles may name one job; None where either says nothing of the work.

    >>> titles_alike("Magazziniere/a", "addetti al magazzino"), titles_alike("Cuoco", "Saldatore")
    (True, False)
    """
    words = [_title_words(title) for title in (first, second)]
    if not all(words):
        return None
    return any(
        one == another or one[:_COMMON_STEM] == another[:_COMMON_STEM]
        for one in words[0]
        for another in words[1]
        if one == another or min(len(one), len(another)) >= _COMMON_STEM
    )


def _one_place_and_title(first: Posting, second: Posting) -> bool:
    same_place = first.comune is not None and first.comune == second.comune
    return same_place and titles_alike(first.title, second.title) is True


def _title_words(title: str) -> set[str]:
    return set(Normaliser().phrase(title)) - _RANKS


def _proposal(
    first: Posting,
    second: Posting,
    one: Vacancy,
    another: Vacancy,
    pair: TextPair,
    *,
    wording: Wording,
    places: Mapping[str, str],
) -> MergeProposal | None:
    titles = titles_alike(first.title, second.title)
    trades = _trades_alike(one, another)
    if titles is False and (trades is False or (trades is None and pair.resemblance < _SURE)):
        return None
    shared = wording.say("upkeep.advert_shared", share=pair.resemblance)
    agreements = [Remark(aspect=Aspect.TEXT, text=shared)]
    differences: list[Remark] = []

    def put(aspect: Aspect, ours: str, theirs: str, alike: bool) -> None:
        if ours and theirs:
            say, where = (same, agreements) if alike else (other, differences)
            where.append(say(aspect, ours, theirs, wording))

    put(Aspect.TITLE, first.title, second.title, titles is not False)
    companies = [_company(posting.company) for posting in (first, second)]
    put(Aspect.COMPANY, first.company, second.company, companies[0] == companies[1])
    towns = [posting.comune or _value(v.facts) for posting, v in ((first, one), (second, another))]
    ours, theirs = (places.get(town, town) for town in towns)
    put(Aspect.COMUNE, ours, theirs, towns[0] == towns[1])
    jobs = [", ".join(job.label for job in vacancy.occupations) for vacancy in (one, another)]
    put(Aspect.OCCUPATION, jobs[0], jobs[1], trades is not False)
    for aspect, (ours, theirs) in _terms(one.facts, another.facts, wording):
        put(aspect, ours, theirs, ours == theirs)
    if first.opens and second.opens:
        days = [wording.say("screen.date", date=day) for day in (first.opens, second.opens)]
        put(Aspect.OPENS, days[0], days[1], first.opens == second.opens)
    doubts = any(remark.aspect in _TELLING for remark in differences)
    # The text alone may be an agency's frame; something must say that the work is the same.
    works = titles or trades or (pair.resemblance >= _SURE and titles is None)
    likely = pair.resemblance >= _LIKELY and bool(works) and titles is not False and not doubts
    return MergeProposal(
        kind=MergeKind.VACANCY,
        first=first.id,
        second=second.id,
        verdict=Verdict.VERY_LIKELY if likely else Verdict.POSSIBLE,
        score=pair.resemblance,
        agreements=tuple(agreements),
        differences=tuple(differences),
        note=wording.say("upkeep.other_job") if doubts else "",
    )


def _trades_alike(first: Vacancy, second: Vacancy) -> bool | None:
    ours, theirs = ({job.uri for job in one.occupations} for one in (first, second))
    return bool(ours & theirs) if ours and theirs else None


def _terms(first: Facts, second: Facts, wording: Wording) -> list[tuple[Aspect, tuple[str, str]]]:
    """Hours, contract, shifts and pay that both state, in words."""
    lists = (
        (Aspect.HOURS, first.hours, second.hours),
        (Aspect.CONTRACTS, first.contracts, second.contracts),
        (Aspect.SHIFTS, first.shifts, second.shifts),
    )
    terms = [
        (aspect, tuple(", ".join(_said(facts, wording)) for facts in (ours, theirs)))
        for aspect, ours, theirs in lists
    ]
    weekly = [str(fact.value) if fact else "" for fact in (first.weekly_hours, second.weekly_hours)]
    pays = [_pay(facts.salary, wording) for facts in (first, second)]
    return [
        *((aspect, (ours, theirs)) for aspect, (ours, theirs) in terms),
        (Aspect.WEEKLY_HOURS, (weekly[0], weekly[1])),
        (Aspect.SALARY, (pays[0], pays[1])),
    ]


def _said(facts: Sequence[object], wording: Wording) -> list[str]:
    return sorted({wording.say(f"value.{getattr(fact, 'value', fact)}") for fact in facts})


def _pay(salary: SalaryFact | None, wording: Wording) -> str:
    if salary is None:
        return ""
    amounts = sorted({f"{amount:g}" for amount in (salary.low, salary.high) if amount is not None})
    return f"{salary.currency} {'-'.join(amounts)} {wording.say(f'pay.{salary.period}')}"


def _company(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", _FORMS.sub(" ", plain(name))))


def _value(facts: Facts) -> str:
    return "" if facts.comune is None else str(facts.comune.value)
