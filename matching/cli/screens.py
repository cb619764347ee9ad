"""What the commands print for people, in the language of the settings."""

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matching.domain import Extraction, Fact, LanguageFact, Match, Shortlist, State
from matching.wording import Wording


def print_extraction(
    console: Console, wording: Wording, file: str, extraction: Extraction, *, places: "PlaceNames"
) -> None:
    """Skills, occupations and facts of one document, each with the words that prove it."""
    say = wording.say
    console.print(Text(say("screen.extracted", file=file), style="bold"))
    vacancy = any(skill.importance for skill in extraction.skills)
    skills = Table(say("screen.skill"), say("screen.evidence"), say("screen.confidence"))
    if vacancy:
        skills.add_column(say("screen.importance"))
    for skill in extraction.skills:
        cells = [Text(skill.label), _quoted(skill.evidence), Text(f"{skill.confidence:.2f}")]
        if vacancy:
            cells.append(Text(say(f"screen.{skill.importance}") if skill.importance else ""))
        skills.add_row(*cells)
    jobs = Table(say("screen.occupation"), say("screen.evidence"), say("screen.months"))
    for job in extraction.occupations:
        length = say("screen.wanted") if job.wanted else wording.months(job.months)
        jobs.add_row(Text(job.label), _quoted(job.evidence), Text(length))
    facts = Table(say("screen.fact"), say("screen.value"), say("screen.evidence"))
    for name in extraction.facts.__slots__:
        value = getattr(extraction.facts, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, LanguageFact):
                shown = f"{item.code} {item.level or '?'}"
                facts.add_row(name, Text(shown), _quoted(item.evidence))
            elif isinstance(item, Fact):
                text = places.get(str(item.value), str(item.value))
                facts.add_row(name, Text(text), _quoted(item.evidence))
            elif item is not None:
                facts.add_row(name, Text(str(item)), Text(""))
    for table in (skills, jobs, facts):
        if table.row_count:
            console.print(table)


PlaceNames = dict[str, str]


def print_shortlist(
    console: Console, wording: Wording, shortlist: Shortlist, *, most: int, names: dict[str, str]
) -> None:
    """A shortlist with scores, intervals, reasons, what is missing and what to ask."""
    say = wording.say
    vacancy = shortlist.vacancy
    console.print(Text(say("screen.shortlist", title=vacancy.title or vacancy.id), style="bold"))
    console.print(say("screen.as_of", date=shortlist.as_of.isoformat(), model=shortlist.model))
    if not vacancy.occupations and not vacancy.skills:
        console.print(say("screen.vacancy_empty"), style="yellow")
    elif not any(not skill.implied for skill in vacancy.skills):
        console.print(say("screen.vacancy_no_requirements"), style="yellow")
    if not shortlist.matches:
        console.print(say("screen.nobody"))
    for match in shortlist.matches[:most]:
        console.print()
        console.print(Text(_headline(match, wording, names), style="bold"))
        console.print(Padding(_body(match, wording), (0, 0, 0, 2)))


def _headline(match: Match, wording: Wording, names: dict[str, str]) -> str:
    name = names.get(match.person_id, match.person_id)
    if match.state is State.NOT_ENOUGH_DATA:
        return f"{name}: {wording.say('screen.not_enough_data')}"
    return (
        f"{match.rank}. {name}: {100 * match.score:.0f}/100 "
        f"({wording.say('screen.interval')}: {100 * match.lower:.0f}-{100 * match.upper:.0f})"
    )


def _body(match: Match, wording: Wording) -> Group:
    say = wording.say
    lines: list[Text] = []
    if match.state is State.NOT_ENOUGH_DATA:
        lines.append(Text(say("screen.not_enough_data_why")))
    for reason in match.reasons:
        sign = "+" if reason.effect >= 0.005 else "-" if reason.effect <= -0.005 else "="
        line = Text(f"{sign} {say(f'dimension.{reason.dimension}')}: ", style="cyan")
        line.append(reason.text, style="default")
        if reason.person_evidence:
            quoted = wording.list([f"«{' '.join(e.split())}»" for e in reason.person_evidence])
            line.append(f" [{quoted}]", style="dim")
        lines.append(line)
    if match.missing:
        lines.append(Text(f"{say('screen.missing')}: {wording.list(list(match.missing))}"))
    if match.questions:
        lines.append(Text(f"{say('screen.ask')}:"))
        lines += [Text(f"  - {question.text}") for question in match.questions]
    return Group(*lines)


def _quoted(evidence: str) -> Text:
    return Text(f"«{' '.join(evidence.split())}»" if evidence else "")
