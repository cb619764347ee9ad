"""The path proposed to a person: the few services that answer most of what she lacks and needs.

Nothing here knows how likely anybody is to stay without work: the same catalogue is open to
everyone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from matching.accompaniment.asking import asked_of_her
from matching.accompaniment.catalogue import Catalogue
from matching.accompaniment.confirming import same_time, shown, to_confirm
from matching.accompaniment.cover import Answers, all_answers, cover, made_for
from matching.accompaniment.offers import Offer, by_car, offers
from matching.domain import (
    ConceptKind,
    Level,
    Matter,
    Need,
    Opened,
    Plan,
    PlanState,
    Profile,
    Step,
    ToConfirm,
    ToldNeed,
)
from matching.taxonomy import Taxonomy
from matching.territory import Territory

_REQUIRED_BY_LAW = (ConceptKind.LICENCE, ConceptKind.CERTIFICATE)
_TRADE = frozenset({Need.WORK, Need.SKILLS})
_NOTHING: Mapping[str, tuple[Opened, ...]] = MappingProxyType({})
_NOT_TOLD: Mapping[Need, ToldNeed] = MappingProxyType({})


def propose(
    profile: Profile,
    *,
    missing: Mapping[str, Collection[str]],
    needs: Sequence[Need],
    catalogue: Catalogue | None,
    territory: Territory,
    taxonomy: Taxonomy,
    as_of: date,
    opens: Mapping[str, tuple[Opened, ...]] = _NOTHING,
    budget_eur: int | None = None,
    least_gain: float = 0.0,
    told: Mapping[Need, ToldNeed] = _NOT_TOLD,
    language: str = "it",
) -> Plan:
    """Propose the fewest services that answer what can be answered.

    What is proposed:

    - Only services that who asks on ``as_of`` can still start, within the catalogue's validity;
      a step starts with the first edition that leaves its ``lead_days``.
    - A step answers at least one missing skill that a vacancy in view asks for, or one declared
      need. What a service both requires and teaches it renews, and does not teach. *Skills* is
      answered only by what teaches a missing skill, *work* also by what teaches nothing (a grant,
      help in searching): any course at all would answer them otherwise.
    - A licence that the CV shows is not proposed again, unless it is renewed.
    - Services are taken one by one, the one made for most of what is left first: for the skills
      that it teaches, and for the first of its needs. Among equals: those not known to be for
      people who live elsewhere; those that cost nothing, before those that the fund pays, before
      those that she pays; what answers most besides; those of which a need is the first purpose;
      what opens more; what costs the fund less; better evidence; the sooner start; the shorter
      journey; the slug. A step whose answers the others all give is dropped. (Greedy: near the
      fewest steps, not always the very fewest.)
    - With a ``budget_eur``, what would cost the fund more in all is passed over; ``over_budget``
      says what would have answered the rest.
    - With a ``least_gain``, what the fund or the person would pay, answers no need but *work* and
      *skills*, and would raise no score by as much, is not proposed: ``minor`` says what it is.
      Licences and certificates are never minor: without what the law asks for nobody is hired.
      Of what is not in ``opens`` nothing is known, and nothing held against it.
    - Of a need that was ``told`` only what eases what is hard in it, at the gravest level that was
      told, answers it, where the catalogue has any such; others are alternatives. What the fund
      or the person would pay, and answers only needs that were told as mild, is minor.
    - Skills that a service requires and the CV does not show, times that the CV does not offer,
      and those of an earlier step, are to confirm: they leave nothing out. So are whom a service
      is for, and an entry that was not confirmed for as long as the territory wants.
    - Steps are in order of start, those that begin when there is a seat first.

    Parameters
    ----------
    profile
        Whose path it is.
    missing
        URIs of the skills that she does not show, with the vacancies in view that ask for each.
    needs
        Needs that she declares.
    catalogue
        The services of the territory, None where it has no catalogue.
    territory, taxonomy
        Where places are, and what concepts are called.
    as_of
        The day on which one would ask.
    opens
        What each service would open, by its slug; a service that is not in it was not measured.
    budget_eur
        What the fund may pay for this path, None without a limit.
    least_gain
        Points of a score (0 to 1) that a paid service must add to be worth proposing.
    told
        Needs as her answers told them; what is not in it was declared without.
    language
        Language of the labels.
    """
    skills = frozenset(uri for uri, vacancies in missing.items() if vacancies)
    found: tuple[Offer, ...] = ()
    if catalogue is not None:
        found = offers(
            profile,
            skills=skills,
            needs=needs,
            catalogue=catalogue,
            territory=territory,
            as_of=as_of,
            opens=opens,
            told=told,
        )
        held = shown(profile, taxonomy)
        found = tuple(offer for offer in found if not _held(offer, held, taxonomy))
    worth = tuple(offer for offer in found if _worth(offer, opens, least_gain, told, taxonomy))
    chosen = cover(worth, all_answers(worth), budget_eur)
    beyond = cover(worth, all_answers(worth) - all_answers(chosen), None)
    minor = cover(found, all_answers(found) - all_answers(worth), None)
    steps, over_budget, small = (
        _steps(profile, taken, found, territory, as_of, taxonomy, language)
        for taken in (chosen, beyond, minor)
    )
    answered = {uri for offer in found for uri in offer.skills}
    return Plan(
        person_id=profile.id,
        as_of=as_of,
        state=_state(catalogue, as_of),
        steps=steps,
        cost_eur=sum(step.cost_eur for step in steps),
        budget_eur=budget_eur,
        over_budget=over_budget,
        minor=small,
        without_skills=_labels(skills - answered, taxonomy, language),
        without_needs=tuple(
            need
            for need in Need
            if need in needs and not any(need in offer.needs for offer in found)
        ),
        valid_from=catalogue.valid_from if catalogue else None,
        valid_to=catalogue.valid_to if catalogue else None,
    )


def _state(catalogue: Catalogue | None, as_of: date) -> PlanState:
    if catalogue is None:
        return PlanState.NO_CATALOGUE
    return PlanState.OK if catalogue.valid_on(as_of) else PlanState.CATALOGUE_NOT_VALID


def _worth(
    offer: Offer,
    opens: Mapping[str, tuple[Opened, ...]],
    least_gain: float,
    told: Mapping[Need, ToldNeed],
    taxonomy: Taxonomy,
) -> bool:
    if any(taxonomy.concepts[uri].kind in _REQUIRED_BY_LAW for uri in offer.skills):
        return True
    mild = {need for need, one in told.items() if one.level is Level.MILD}
    life, trade = offer.needs - _TRADE, offer.needs & _TRADE
    if offer.payer == 0 or life - mild:
        return True
    if life and not (offer.skills or trade):
        return False
    if offer.service.slug not in opens:
        return True
    return max((o.score_after - o.score_before for o in offer.opens), default=0.0) >= least_gain


def _held(offer: Offer, held: Collection[str], taxonomy: Taxonomy) -> bool:
    """Whether a service leads to a licence that she has."""
    taught = set(offer.service.teaches) - set(offer.service.requires)
    return any(taxonomy.concepts[uri].kind is ConceptKind.LICENCE for uri in taught & set(held))


def _alternatives(
    offer: Offer, found: Iterable[Offer], taken: Collection[Offer]
) -> tuple[str, ...]:
    """Names of the other services that answer what only this one of a path does.

    Those made for as much of it come first, and among them those that are for the same people.
    Where none does, those that are about the same needs.
    """
    others = [other for other in taken if other is not offer]
    own = offer.answers - all_answers(others)
    left = [other for other in found if other not in taken]
    instead = [other for other in left if own <= other.answers] or [
        other for other in left if own <= other.about
    ]
    instead.sort(key=lambda other: _likeness(offer, other, own))
    return tuple(other.service.name for other in instead)


def _likeness(offer: Offer, other: Offer, own: Answers) -> tuple[object, ...]:
    meant, *rest = made_for(other, own)
    people, others = set(offer.service.audiences), set(other.service.audiences)
    return meant, people != others and people.isdisjoint(others), *rest


def _steps(
    profile: Profile,
    taken: Collection[Offer],
    found: Iterable[Offer],
    territory: Territory,
    as_of: date,
    taxonomy: Taxonomy,
    language: str,
) -> tuple[Step, ...]:
    """Steps in order of start, each with what is to confirm about it and those before it."""
    ordered = sorted(taken, key=lambda offer: (offer.wait, offer.service.slug))
    steps = []
    for number, offer in enumerate(ordered):
        matters = to_confirm(profile, offer.service, offer.skills, taxonomy, language)
        clashes = [
            ToConfirm(matter=Matter.SAME_TIME, about=other.service.name)
            for other in ordered[:number]
            if offer.start is not None
            and other.start is not None
            and same_time(offer.service, offer.start, other.service, other.start)
        ]
        others = _alternatives(offer, found, taken)
        skills = _labels(offer.skills, taxonomy, language)
        asked = asked_of_her(profile, offer.service, territory, as_of)
        steps.append(_step(offer, skills, (*asked, *matters, *clashes), others, by_car(profile)))
    return tuple(steps)


def _step(
    offer: Offer,
    skills: tuple[str, ...],
    matters: tuple[ToConfirm, ...],
    alternatives: tuple[str, ...],
    by_car: bool,
) -> Step:
    service = offer.service
    return Step(
        service=service.slug,
        name=service.name,
        measure=service.measure,
        provider=offer.provider,
        place=offer.place,
        remote=service.remote,
        minutes=None if offer.minutes is None else round(offer.minutes),
        by_car=by_car,
        start=offer.start,
        lead_days=service.lead_days,
        hours=service.hours,
        weekdays=service.weekdays,
        bands=service.bands,
        seats=service.seats,
        cost_eur=service.cost_eur,
        paid_by=service.paid_by,
        skills=skills,
        needs=tuple(need for need in Need if need in offer.needs),
        opens=offer.opens,
        changes=service.changes,
        grade=service.grade,
        conditions=service.conditions,
        to_confirm=matters,
        alternatives=alternatives,
        example=service.example,
        documents=service.documents,
        contacts=service.contacts,
    )


def _labels(uris: Iterable[str], taxonomy: Taxonomy, language: str) -> tuple[str, ...]:
    return tuple(sorted(taxonomy.concepts[uri].label(language) for uri in uris))
