"""A shortlist for people: who stands where and how surely, why, what would change, what to ask."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.cli.match_lines import body, has_example, print_left_out, score_line
from matching.domain import Match, Shortlist, State, Weighting
from matching.ranking.exposure import exposure_sentence
from matching.ranking.reserved import referral
from matching.ranking.ties import tie_sentences
from matching.ranking.weights import weighting_sentences
from matching.service import Service
from matching.wording import Wording

_PAIR = 2


def print_shortlist(
    console: Console,
    service: Service,
    shortlist: Shortlist,
    *,
    most: int,
    names: Mapping[str, str],
) -> None:
    """The first people of a shortlist with all that is to be said of them, those apart at the end.

    Parameters
    ----------
    console
        Where to print.
    service
        What made the shortlist: its words, its territory, and the score from which reasons count.
    shortlist
        The whole pool.
    most
        How many people are shown, and again how many of those apart; the others are counted.
    names
        Names by identifier; who has none is shown by identifier.
    """
    wording, say = service.wording, service.wording.say
    vacancy = shortlist.vacancy
    console.print(Text(say("screen.shortlist", title=vacancy.title or vacancy.id), style="bold"))
    if shortlist.reserved:
        console.print(Text(referral(service.territory, wording)))
        print_left_out(console, shortlist.left_out, names, wording)
        return
    console.print(Text(say("screen.as_of", date=shortlist.as_of, model=shortlist.model)))
    if not vacancy.occupations and not vacancy.skills:
        console.print(Text(say("screen.vacancy_empty"), style="yellow"))
    elif all(skill.implied for skill in vacancy.skills):
        console.print(Text(say("screen.vacancy_no_requirements"), style="yellow"))
    ranked = [match for match in shortlist.matches if not match.apart]
    apart = [match for match in shortlist.matches if match.apart]
    if not shortlist.matches:
        console.print(Text(say("screen.nobody")))
    else:
        _print_head(console, service, shortlist, [*ranked[:most], *apart[:most]])
        for line in close_sentences(ranked, most=most, names=names, wording=wording):
            console.print(Text(line, style="yellow"))
    _print_matches(console, service, ranked, most, names)
    if apart:
        console.print()
        console.print(Text(say("screen.apart"), style="bold"))
        console.print(Text(say("screen.apart_why")))
        _print_matches(console, service, apart, most, names)
    print_left_out(console, shortlist.left_out, names, wording)


def close_sentences(
    ranked: Sequence[Match], *, most: int, names: Mapping[str, str], wording: Wording
) -> Iterator[str]:
    """Yield where, among the first ``most``, the order is too close to call.

    Of a chain of neighbours no more is said than that each is close to the next: the first may
    well be told from the last.
    """
    start = 0
    while start < min(most, len(ranked)):
        end = start
        while end + 1 < len(ranked) and ranked[end].close_to_next:
            end += 1
        if end > start:
            yield _close(ranked[start : end + 1], names, wording)
        start = end + 1


def _close(run: Sequence[Match], names: Mapping[str, str], wording: Wording) -> str:
    first, last = run[0].rank, run[-1].rank
    if first == last:
        same = [names.get(match.person_id, match.person_id) for match in run]
        return wording.say("screen.close_same", rank=first, list=wording.list(same))
    if len(run) == _PAIR:
        return tie_sentences([range(first - 1, last)], wording)[0]
    return wording.say("screen.close_run", first=first, last=last)


def _print_head(
    console: Console, service: Service, shortlist: Shortlist, shown: Sequence[Match]
) -> None:
    """How to read the numbers, and what ordered the people besides the model."""
    wording, say = service.wording, service.wording.say
    base = service.ranker.no_information()
    console.print(Text(say("screen.points", base=round(100 * base))))
    if any(match.probability is not None for match in shown):
        console.print(Text(say("screen.chance_means")))
    if has_example(shown, service):
        console.print(Text(say("plan.example"), style="yellow"))
    if shortlist.weighting is not None:
        for line in weight_lines(shortlist.weighting, wording):
            console.print(Text(line))
    if shortlist.balancing is not None:
        days = service.territory.ranking.window_days
        said = exposure_sentence(shortlist.balancing, wording, window_days=days)
        console.print(Text(said))


def weight_lines(weighting: Weighting, wording: Wording) -> tuple[str, ...]:
    """What weights apply, and where and why they are not those that were asked for."""
    # Where one asked for another weight and 1 applies, the vacancy asks for nothing: a limit is
    # never 1.
    asked = frozenset(name for name, weight in weighting.applied.items() if weight != 1.0)
    return weighting_sentences(weighting, asked, wording)


def _print_matches(
    console: Console,
    service: Service,
    matches: Sequence[Match],
    most: int,
    names: Mapping[str, str],
) -> None:
    for match in matches[:most]:
        console.print()
        console.print(Text(_headline(match, service.wording, names), style="bold"))
        console.print(Padding(body(console, match, service), (0, 0, 0, 2)))
    rest = len(matches) - most
    if rest > 0:
        console.print()
        console.print(Text(service.wording.say("screen.others", count=rest)))


def _headline(match: Match, wording: Wording, names: Mapping[str, str]) -> str:
    name = names.get(match.person_id, match.person_id)
    if match.state is State.NOT_ENOUGH_DATA:
        return f"{name}: {wording.say('screen.not_enough_data')}"
    number = "" if match.apart else f"{match.rank}. "
    return f"{number}{name}: {score_line(match, wording)}"
