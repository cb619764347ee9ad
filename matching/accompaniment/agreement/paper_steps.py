"""One step of the printed path: who, at what cost, when, where, what for, what to confirm."""

from collections.abc import Iterator
from datetime import date, timedelta

from matching.accompaniment.agreement.paper import Block, Boxes, Facts, Heading, Said
from matching.accompaniment.ordering import Because, NotKept, Placed, Unkept
from matching.domain import Matter, PaperAsked, Step, ToConfirm, Weekday
from matching.wording import Wording

_STEP_MINUTES = 5  # an estimate is not shown to the minute
_INSTEAD = 3


def step_blocks(
    number: int, placed: Placed, words: Wording, *, catalogue: str, follows: str
) -> Iterator[Block]:
    """The blocks of one step.

    Parameters
    ----------
    number
        Its place in the path, from 1.
    placed
        The step and why it stands there.
    words
        Of the language of the paper.
    catalogue
        The language in which the catalogue is written.
    follows
        Who follows it, empty where that is to be chosen together.
    """
    step = placed.step
    name = words.say("sheet.step", number=number, name=step.name)
    yield Heading(level=3, text=Said(text=name, language=catalogue))
    rows = (
        ("who", (_plain(step.provider, catalogue),)),
        ("follows", (_plain(follows or words.say("sheet.follows_open"), words.language),)),
        ("cost", (_say(words, f"cost_{step.paid_by}", cost=step.cost_eur),)),
        ("when", tuple(_when(placed, words))),
        ("place", (_where(step, words),)),
        ("way", tuple(_way(step, words))),
        ("opens", tuple(_opens(step, words, catalogue))),
        ("order", tuple(_order(placed, words, catalogue))),
        ("bring", tuple(_paper(paper, words, catalogue) for paper in step.documents)),
        ("conditions", tuple(_plain(one, catalogue) for one in step.conditions)),
        ("confirm", tuple(_matter(one, words) for one in step.to_confirm)),
        ("instead", tuple(_plain(one, catalogue) for one in step.alternatives[:_INSTEAD])),
    )
    yield Facts(rows=tuple((_say(words, key), said) for key, said in rows if said))
    choices = tuple(_say(words, key) for key in ("yes", "no", "later"))
    yield Boxes(label=_say(words, "answer"), choices=choices)


def _say(words: Wording, key: str, **values: object) -> Said:
    return Said(text=words.say(f"sheet.{key}", **values), language=words.language)


def _plain(text: str, language: str) -> Said:
    """A text as a sentence, so that what stands beside it can be told from it."""
    ends = text.rstrip()[-1:] in ".!?"
    return Said(text=text if ends else f"{text}.", language=language)


def _when(placed: Placed, words: Wording) -> Iterator[Said]:
    step = placed.step
    if step.start is not None:
        yield _say(words, "starts", date=step.start)
        yield _say(words, "ask_by", date=step.start - timedelta(days=step.lead_days))
    elif not any(one.why is Unkept.NO_EDITION and one.rule is None for one in placed.not_kept):
        yield _say(words, "seat")
    if placed.not_before is not None:
        yield _say(words, "not_before", date=placed.not_before)
    if step.hours == 1:
        yield _say(words, "one_hour")
    elif step.hours:
        yield _say(words, "hours", hours=step.hours)
    if step.weekdays:
        held = [words.say(f"weekday.{day}") for day in Weekday if day in step.weekdays]
        bands = [words.say(f"band.{band}") for band in step.bands]
        times = f" ({', '.join(bands)})" if bands else ""
        yield _say(words, "days", days=f"{', '.join(held)}{times}")


def _where(step: Step, words: Wording) -> Said:
    return _say(words, "remote") if step.remote else _say(words, "at", place=step.place)


def _way(step: Step, words: Wording) -> Iterator[Said]:
    if step.remote:
        return
    if step.minutes is None:
        yield _say(words, "way_open")
        return
    minutes = max(_STEP_MINUTES, _STEP_MINUTES * round(step.minutes / _STEP_MINUTES))
    yield _say(words, "way_car" if step.by_car else "way_public", minutes=minutes)


def _opens(step: Step, words: Wording, catalogue: str) -> Iterator[Said]:
    if step.needs:
        needs = ", ".join(words.say(f"need.{need}") for need in step.needs)
        yield _say(words, "opens_needs", list=needs)
    if step.skills:
        yield _say(words, "opens_skills", list=", ".join(step.skills))
    yield _plain(step.changes, catalogue)


def _order(placed: Placed, words: Wording, catalogue: str) -> Iterator[Said]:
    for because in placed.because:
        if because.after is not None:
            yield _say(words, "after", name=because.after.name)
        yield _reason(because, words, catalogue)
    if placed.first is not None:
        yield _say(words, "moved", date=placed.first)
    for one in placed.not_kept:
        yield _not_kept(one, words)


def _reason(because: Because, words: Wording, catalogue: str) -> Said:
    """The reason of a rule: of the paper's words, else of the rule's own, else in Italian."""
    rule = because.rule
    if said := words.sentences.get(f"order.{rule.id}"):
        return Said(text=said, language=words.language)
    language = words.language if words.language in rule.reason else catalogue
    return Said(text=rule.reason[language], language=language)


def _not_kept(one: NotKept, words: Wording) -> Said:
    if one.after is not None:
        return _say(words, "not_kept", name=one.after.name)
    return _say(words, "no_seats" if one.why is Unkept.NO_SEATS else "no_edition")


def _paper(paper: PaperAsked, words: Wording, catalogue: str) -> Said:
    if paper.text:
        return _plain(_capital(paper.text), catalogue)
    return _plain(_capital(words.say(f"paper.{paper.kind}")), words.language)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _matter(item: ToConfirm, words: Wording) -> Said:
    about = item.about
    if item.matter in (Matter.BAND, Matter.AUDIENCE):
        about = words.say(f"{item.matter}.{item.about}")
    elif item.matter is Matter.AGE and about.endswith("+"):
        return _say(words, "confirm_age_from", about=about[:-1])
    elif item.matter is Matter.STALE:
        about = f"{date.fromisoformat(item.about):%d/%m/%Y}"
    return _say(words, f"confirm_{item.matter}", about=about)
