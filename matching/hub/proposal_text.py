"""What a company is shown of somebody, in plain sentences: to be read before she answers."""

from collections.abc import Iterator

from matching.hub.proposal_evidence import Availability, ContactChosen, Shown
from matching.hub.proposal_views import ProposalSeen
from matching.taxonomy import Taxonomy
from matching.wording import Wording


def sentences_of(seen: ProposalSeen, taxonomy: Taxonomy, wording: Wording) -> tuple[str, ...]:
    """All that the company of a proposal is shown, sentence by sentence; none where nothing is."""
    if seen.shown is None:
        return ()
    return tuple(_sentences(seen, seen.shown, taxonomy, wording))


def _sentences(
    seen: ProposalSeen, shown: Shown, taxonomy: Taxonomy, wording: Wording
) -> Iterator[str]:
    say = wording.say
    yield say("proposing.about", title=seen.title, company=seen.company)
    yield say("proposing.sender", sender=seen.sender)
    if shown.reached_by is None:
        yield say("proposing.before")
    else:
        yield say("proposing.name", name=shown.name)
        yield _reached(shown.reached_by, shown.contact, wording)
    profile = tuple(_profile(shown, taxonomy, wording))
    yield from profile or (say("proposing.nothing"),)
    yield say("proposing.rest")


def _reached(by: ContactChosen, contact: str | None, wording: Wording) -> str:
    if by is ContactChosen.HUB:
        return wording.say("proposing.hub")
    return wording.say(f"proposing.{by}", contact=contact)


def _profile(shown: Shown, taxonomy: Taxonomy, wording: Wording) -> Iterator[str]:
    say = wording.say
    skills = [
        say("proposing.skill", label=one.label, words="; ".join(f"«{word}»" for word in one.words))
        if one.words
        else one.label
        for one in shown.skills
    ]
    jobs = [
        say("proposing.job", label=one.label, months=wording.months(one.months))
        for one in shown.jobs
    ]
    languages = [
        " ".join(filter(None, (taxonomy.language_name(one.code, wording.language), one.level)))
        for one in shown.languages
    ]
    licences = [say("value.licence", code=code) for code in shown.licences]
    yield from _listed("skills", skills, wording)
    yield from _listed("jobs", jobs, wording)
    yield from _listed("licences", licences, wording)
    if shown.has_vehicle:
        yield say("proposing.vehicle")
    yield from _listed("languages", languages, wording)
    yield from _available(shown.availability, wording)


def _available(when: Availability, wording: Wording) -> Iterator[str]:
    say = wording.say
    if when.start is not None:
        at_once = when.start == "immediate"
        yield say("proposing.start", start=say("value.immediate") if at_once else when.start)
    hours = [say(f"value.{one}") for one in when.hours]
    if when.weekly_hours is not None:
        hours.append(say("value.weekly_hours", count=when.weekly_hours))
    yield from _listed("contracts", [say(f"value.{one}") for one in when.contracts], wording)
    yield from _listed("hours", hours, wording)
    yield from _listed("shifts", [say(f"value.{one}") for one in when.shifts], wording)


def _listed(what: str, words: list[str], wording: Wording) -> Iterator[str]:
    if words:
        yield wording.say(f"proposing.{what}", list=wording.list(words, most=len(words)))
