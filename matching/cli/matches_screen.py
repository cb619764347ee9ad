"""The vacancies of one person, for people: three lines each, so that all of them can be seen."""

from collections.abc import Mapping

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.cli.match_lines import (
    barrier_lines,
    place_line,
    print_left_out,
    reason_line,
    score_line,
)
from matching.domain import BarrierState, Match, PersonMatches, State
from matching.ranking.exposure import exposure_sentence
from matching.ranking.reserved import referral
from matching.service import Service
from matching.wording import Wording

_INDENT = 3


def print_matches(
    console: Console,
    service: Service,
    found: PersonMatches,
    *,
    name: str,
    titles: Mapping[str, str],
) -> None:
    """Every vacancy for one person: its rank, its score and the reason that weighs most.

    Parameters
    ----------
    console
        Where to print.
    service
        What ranked the vacancies.
    found
        The whole pool of vacancies.
    name
        Of the person.
    titles
        Titles of vacancies by identifier; one without is shown by identifier.
    """
    wording, say = service.wording, service.wording.say
    console.print(Text(say("screen.matches", name=name), style="bold"))
    if not found.matches:
        console.print(Text(say("screen.no_vacancies")))
    if found.balancing is not None:
        days = service.territory.ranking.window_days
        said = exposure_sentence(found.balancing, wording, window_days=days, vacancies=True)
        console.print(Text(said))
    told_apart = False
    for match in found.matches:
        if match.apart and not told_apart:
            console.print(Text(say("screen.apart"), style="bold"))
            told_apart = True
        title = _named(match.vacancy_id, titles)
        number = "" if match.apart or match.state is not State.OK else f"{match.rank}. "
        console.print(Text(f"{number}{title}"))
        for line in _two_lines(match, wording):
            console.print(Padding(line, (0, 0, 0, _INDENT), expand=False))
    if found.reserved:
        listed = wording.list([_named(one, titles) for one in found.reserved])
        console.print(Text(say("screen.reserved", count=len(found.reserved), list=listed)))
        console.print(Text(referral(service.territory, wording)))
    print_left_out(console, found.left_out, titles, wording)


def _named(vacancy_id: str, titles: Mapping[str, str]) -> str:
    return titles.get(vacancy_id) or vacancy_id


def _two_lines(match: Match, wording: Wording) -> tuple[Text, ...]:
    """Score and place, then what weighs most: what stands in the way, or else the first reason."""
    if match.state is not State.OK:
        first = Text(wording.say("screen.not_enough_data").capitalize())
    else:
        first = Text(f"{score_line(match, wording)}. {place_line(match, wording)}")
    in_the_way = next(barrier_lines(match.barriers, BarrierState.NOT_MET, wording), None)
    if in_the_way is not None:
        return first, Text(in_the_way)
    if match.reasons:
        strongest = max(match.reasons, key=lambda reason: abs(reason.effect))
        points, line = reason_line(strongest, wording)
        return first, Text.assemble(f"{points} ", line)
    return (first,)
