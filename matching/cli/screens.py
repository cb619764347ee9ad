"""What was read in a document, for people, in the language of the settings."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.cli.facts import fact_lines
from matching.domain import Extraction, OccupationMention, SkillMention
from matching.service import Service
from matching.wording import Wording

_Mention = TypeVar("_Mention", SkillMention, OccupationMention)
_WIDEST = 100  # longer lines are hard to read
_QUOTES_SHOWN = 4


def heading(console: Console, text: str) -> None:
    """A line across the screen with the name of what follows."""
    console.print()
    console.rule(Text(text, style="bold"))


def print_extraction(
    console: Console, service: Service, file: str, extraction: Extraction, *, ocr: bool = False
) -> None:
    """Skills, occupations and facts of one document, each with the words that prove it."""
    wording = service.wording
    say = wording.say
    console.print(Text(say("screen.extracted", file=file), style="bold"))
    if ocr:
        console.print(Text(say("screen.ocr"), style="yellow"))
    skills = _table(console, say("screen.skill"), say("screen.evidence"))
    jobs = _table(console, say("screen.occupation"), say("screen.evidence"))
    facts = _table(console, say("screen.fact"), say("screen.evidence"), say("screen.value"))
    is_vacancy = any(skill.importance for skill in extraction.skills)
    skills.add_column(say("screen.confidence"), justify="right", min_width=9)
    if is_vacancy:
        skills.add_column(say("screen.importance"), min_width=10)
    else:
        jobs.add_column(say("screen.months"), ratio=2)
    for mentions in _by_concept(extraction.skills):
        sure = max(mention.confidence for mention in mentions)
        cells = [mentions[0].label, quoted(m.evidence for m in mentions), f"{sure:.0%}"]
        if is_vacancy:
            kinds = sorted({say(f"screen.{m.importance}") for m in mentions if m.importance})
            cells.append(", ".join(kinds))
        skills.add_row(*map(Text, cells))
    for roles in _by_concept(extraction.occupations):
        cells = [roles[0].label, quoted(role.evidence for role in roles)]
        if not is_vacancy:
            cells.append(_experience(roles, wording))
        jobs.add_row(*map(Text, cells))
    for line in fact_lines(extraction.facts, service):
        facts.add_row(*map(Text, (line.name, quoted(line.evidence), line.value)))
    for table in (skills, jobs, facts):
        if table.row_count:
            console.print(table)
    for words, meanings in _several_meanings(extraction.occupations):
        console.print(Text(say("screen.meanings", words=words, meanings=meanings), style="yellow"))


def _several_meanings(mentions: Sequence[OccupationMention]) -> Iterator[tuple[str, str]]:
    """Words that may mean several jobs, with the jobs and how sure each is."""
    places: dict[tuple[int, int], dict[str, OccupationMention]] = {}
    for mention in mentions:
        if not mention.wanted:
            places.setdefault((mention.start, mention.end), {})[mention.uri] = mention
    for meanings in places.values():
        if len(meanings) > 1:
            likely = sorted(meanings.values(), key=lambda mention: -mention.confidence)
            named = (f"{mention.label} ({mention.confidence:.0%})" for mention in likely)
            yield likely[0].evidence, ", ".join(named)


def _table(console: Console, concept: str, evidence: str, value: str | None = None) -> Table:
    table = Table(box=box.SIMPLE_HEAD, width=min(console.width, _WIDEST), pad_edge=False)
    table.add_column(concept, ratio=3, overflow="fold")
    table.add_column(evidence, ratio=4, overflow="fold")
    if value is not None:
        table.add_column(value, ratio=3, overflow="fold")
    return table


def _by_concept(
    mentions: Sequence[_Mention],
) -> list[list[_Mention]]:
    groups: dict[str, list[_Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.uri, []).append(mention)
    return list(groups.values())


def _experience(roles: Sequence[OccupationMention], wording: Wording) -> str:
    done = [role for role in roles if not role.wanted]
    dated = [role.months for role in done if role.months is not None]
    words = [wording.months(sum(dated) if dated else None)] if done else []
    if len(done) < len(roles):
        words.append(wording.say("screen.wanted"))
    return ", ".join(words)


def quoted(evidence: Iterable[str]) -> str:
    """The different words of a document, each in quotes on one line, the first few of many.

    >>> quoted(["picking", "Picking", "carico  merci", ""])
    '«picking», «carico merci»'
    """
    words: dict[str, str] = {}
    for quote in evidence:
        if text := " ".join(quote.split()):
            words.setdefault(text.casefold(), f"«{text}»")
    shown = list(words.values())
    rest = len(shown) - _QUOTES_SHOWN
    return ", ".join(shown[:_QUOTES_SHOWN]) + (f" (+{rest})" if rest > 0 else "")
