"""What came of the paths, on screen and as JSON: for the hub, with its small numbers."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.accompaniment.effects import Effect, EffectState
from matching.accompaniment.impact import By, Impact, Progress, Rate, effects_shown, rate
from matching.accompaniment.impact.following import Split
from matching.accompaniment.impact.report import Counted, OutcomeRow
from matching.accompaniment.impact.unmet import Missing, Unfilled
from matching.domain import Measure
from matching.domain.outcomes import WorkGroup
from matching.territory import Territory
from matching.wording import Wording

_DECIMALS = 4
_MOST = 12  # rows of what is missing; the rest is in the files
_INDENT = (0, 0, 0, 3)


def print_impact(console: Console, wording: Wording, territory: Territory, found: Impact) -> None:
    """Counts, targets, outcomes, effects, and what is missing, each with what it does not say."""
    say = wording.say
    console.print(
        Text(say("impact.title", name=territory.name, on=found.as_of, since=found.since)),
        style="bold",
    )
    console.print(Text(say("impact.inside")))
    for line in _counts(found.counted[0], found.work_days, wording):
        console.print(Padding(Text(line), _INDENT))
    if found.progress:
        _head(console, say("impact.targets"))
        for one in found.progress:
            for line in _target(one, wording):
                console.print(Padding(Text(line), _INDENT))
    first = [row for row in found.outcomes if row.by is By.ALL]
    if first:
        _head(console, say("impact.outcomes", days=found.work_days))
        for row in first:
            for line in _outcome(row, wording):
                console.print(Padding(Text(line), _INDENT))
        console.print(Text(say("impact.no_effect")))
    for told in found.accounts:
        if any(told.answers.values()):
            counts = {str(answer): len(people) for answer, people in told.answers.items()}
            unknown = len(told.unknown)
            line = say("impact.account", months=told.months, unknown=unknown, **counts)
            console.print(Text(line))
    shown = effects_shown(found)
    if shown:
        _head(console, say("effect.title"))
        console.print(Text(say("effect.assumption")))
        if found.effects.old:
            console.print(Text(say("effect.old", on=found.effects.prior.checked), style="yellow"))
        for line in effect_lines(shown, wording):
            console.print(Padding(Text(line), _INDENT))
        lock_in = found.effects.prior.lock_in
        source = lock_in.source.text[wording.language]
        console.print(Text(say("effect.lock_in", grade=lock_in.grade, source=source)))
    _print_missing(console, wording, territory, found)


def effect_lines(effects: Sequence[Effect], wording: Wording) -> Iterator[str]:
    """Effects in points with interval, grade, whose data, and the number of the source; sources."""
    say = wording.say
    sources: dict[str, int] = {}
    last: tuple[Measure, WorkGroup | None] | None = None
    for one in effects:
        if (one.measure, one.group) != last:
            last = (one.measure, one.group)
            group = say(f"work_group.{one.group or 'unknown'}")
            yield say("effect.head", measure=say(f"measure.{one.measure}"), group=group)
        counts = {"takers": one.takers, "others": one.others}
        origin = (
            say("effect.prior_only", **counts)
            if one.state is EffectState.NOT_ENOUGH_DATA
            else say("effect.updated", own=f"{one.own_share:.0%}", **counts)
        )
        yield "   " + say(
            "effect.line",
            months=one.months,
            points=_points(one.mean, wording),
            lower=_points(one.lower, wording),
            upper=_points(one.upper, wording),
            grade=one.grade,
            origin=origin,
            source=sources.setdefault(one.source.id, len(sources) + 1),
        )
    texts = {one.source.id: one.source.text[wording.language] for one in effects}
    for grade in sorted({one.grade for one in effects}):
        yield say(f"effect_grade.{grade}")
    for name, number in sources.items():
        yield f"[{number}] {texts[name]}"


def impact_row(found: Impact) -> dict[str, Any]:
    """Everything as JSON says it, small numbers included."""
    return {
        "territory": found.territory,
        "as_of": found.as_of.isoformat(),
        "since": found.since.isoformat(),
        "work_days": found.work_days,
        "people": [_counted_row(one) for one in found.counted],
        "outcomes": [
            {
                "outcome": str(row.kind),
                "months": row.months,
                "by": str(row.by),
                "value": row.value,
                "interrupted": len(row.interrupted),
                **_rate_row(rate(row.split)),
                "before": _rate_row(rate(row.before)),
                "compared": _rate_row(rate(row.compared)) if row.compared.followed else None,
            }
            for row in found.outcomes
        ],
        "accounts": [
            {
                "months": told.months,
                **{str(answer): len(people) for answer, people in told.answers.items()},
                "unknown": len(told.unknown),
            }
            for told in found.accounts
        ],
        "targets": [_progress_row(one) for one in found.progress],
        "effects": [effect_row(one) for one in effects_shown(found)],
        "unmet_needs": [
            {
                "need": None if one.need is None else str(one.need),
                "skill": one.skill,
                "municipality": one.municipality,
                "ambito": one.ambito,
                "people": len(one.people),
            }
            for one in found.missing
        ],
        "unfilled_vacancies": [
            {
                "occupation": one.occupation,
                "municipality": one.municipality,
                "ambito": one.ambito,
                "vacancies": len(one.vacancies),
            }
            for one in found.unfilled
        ],
    }


def effect_row(one: Effect) -> dict[str, Any]:
    """An effect as JSON says it, in points of probability (0 to 1)."""
    return {
        "measure": str(one.measure),
        "group": None if one.group is None else str(one.group),
        "months": one.months,
        "mean": round(one.mean, _DECIMALS),
        "lower": round(one.lower, _DECIMALS),
        "upper": round(one.upper, _DECIMALS),
        "prior_mean": round(one.prior_mean, _DECIMALS),
        "own_share": round(one.own_share, _DECIMALS),
        "takers": one.takers,
        "others": one.others,
        "state": str(one.state),
        "grade": str(one.grade),
        "source": one.source.id,
    }


def _head(console: Console, text: str) -> None:
    console.print(Text(f"\n{text}", style="bold"))


def _counts(one: Counted, days: int, wording: Wording) -> Iterator[str]:
    say = wording.say
    yield say(
        "impact.people",
        people=len(one.people),
        paths=one.paths,
        households=len(one.households),
        interrupted=len(one.interrupted),
    )
    yield say("impact.jobs", jobs=one.jobs, people=len(one.with_job), days=days)
    if one.jobs_open:
        yield say("impact.jobs_open", count=one.jobs_open)
    yield say("impact.homes", homes=one.homes, people=len(one.with_home))


def _target(one: Progress, wording: Wording) -> Iterator[str]:
    say = wording.say
    until = say("impact.no_time") if one.until is None else say("impact.until", on=one.until)
    yield say(
        "impact.target",
        name=say(f"target.{one.target.kind}"),
        done=one.done,
        number=one.number,
        until=until,
    )
    state = say(f"progress.{one.state}")
    if one.projected is not None and one.elapsed is not None and one.elapsed < 1:
        ahead = say(
            "impact.projected",
            lower=one.lower,
            upper=one.upper,
            elapsed=f"{one.elapsed:.0%}",
        )
        yield f"   {state} {ahead}"
    else:
        yield f"   {state}"
    if one.open:
        yield f"   {say('impact.open', count=one.open)}"


def _outcome(row: OutcomeRow, wording: Wording) -> Iterator[str]:
    say = wording.say
    made = rate(row.split)
    name = say(f"outcome.{row.kind}")
    if made.share is None:
        yield say("impact.none_known", name=name, months=row.months, followed=made.followed)
        return
    yield say(
        "impact.outcome",
        name=name,
        months=row.months,
        share=f"{made.share:.0%}",
        lower=f"{made.lower:.0%}",
        upper=f"{made.upper:.0%}",
        known=made.yes + made.no,
        followed=made.followed,
    )
    more = [say("impact.before", share=_simple(row.before, wording))]
    if made.unknown:
        ends = {"least": f"{made.least:.0%}", "most": f"{made.most:.0%}"}
        more.insert(0, say("impact.bounds", **ends))
    if row.compared.followed:
        more.append(say("impact.compared", share=_simple(row.compared, wording)))
    if row.interrupted:
        more.append(say("impact.interrupted", count=len(row.interrupted)))
    yield f"   {'; '.join(more)}."


def _simple(split: Split, wording: Wording) -> str:
    made = rate(split)
    if made.share is None:
        return wording.say("impact.unknown")
    known = made.yes + made.no
    return wording.say("impact.share", share=f"{made.share:.0%}", yes=made.yes, known=known)


def _print_missing(console: Console, wording: Wording, territory: Territory, found: Impact) -> None:
    say = wording.say
    if not (found.missing or found.unfilled):
        return
    _head(console, say("impact.missing"))
    for one in found.missing[:_MOST]:
        console.print(Padding(Text(_missing(one, wording, territory)), _INDENT))
    for vacancies in found.unfilled[:_MOST]:
        console.print(Padding(Text(_unfilled(vacancies, wording, territory)), _INDENT))
    rest = max(0, len(found.missing) - _MOST) + max(0, len(found.unfilled) - _MOST)
    if rest:
        console.print(Padding(Text(say("impact.more", count=rest)), _INDENT))


def _missing(one: Missing, wording: Wording, territory: Territory) -> str:
    what = wording.say(f"need.{one.need}") if one.need else one.skill
    where = _place(one.municipality, wording, territory)
    return wording.say("impact.unmet", what=what, where=where, people=len(one.people))


def _unfilled(one: Unfilled, wording: Wording, territory: Territory) -> str:
    what = one.occupation or wording.say("impact.unknown")
    where = _place(one.municipality, wording, territory)
    return wording.say("impact.unfilled", what=what, where=where, count=len(one.vacancies))


def _place(istat: str | None, wording: Wording, territory: Territory) -> str:
    if istat is None:
        return wording.say("impact.no_place")
    return territory.municipality(istat).name


def _points(value: float, wording: Wording) -> str:
    # Adding nothing to what is rounded turns a minus before a nought into a plus.
    written = f"{round(100 * value, 1) + 0.0:+.1f}"
    return written.replace(".", ",") if wording.language == "it" else written


def _counted_row(one: Counted) -> dict[str, Any]:
    return {
        "by": str(one.by),
        "value": one.value,
        "people": len(one.people),
        "households": len(one.households),
        "paths": one.paths,
        "interrupted": len(one.interrupted),
        "jobs": one.jobs,
        "jobs_open": one.jobs_open,
        "people_with_job": len(one.with_job),
        "homes": one.homes,
        "people_with_home": len(one.with_home),
    }


def _rate_row(made: Rate) -> dict[str, Any]:
    row = {name: getattr(made, name) for name in ("followed", "yes", "no", "unknown")}
    ends = {name: round(getattr(made, name), _DECIMALS) for name in ("lower", "upper")}
    bounds = {name: round(getattr(made, name), _DECIMALS) for name in ("least", "most")}
    share = None if made.share is None else round(made.share, _DECIMALS)
    return {**row, "share": share, **ends, **bounds}


def _progress_row(one: Progress) -> dict[str, Any]:
    return {
        "target": str(one.target.kind),
        "counts": str(one.target.kind.counts),
        "number": one.number,
        "assumed": one.target.assumed,
        "since": one.since.isoformat(),
        "until": None if one.until is None else one.until.isoformat(),
        "elapsed": None if one.elapsed is None else round(one.elapsed, _DECIMALS),
        "done": one.done,
        "open": one.open,
        "projected": None if one.projected is None else round(one.projected, 1),
        "lower": one.lower,
        "upper": one.upper,
        "state": str(one.state),
    }
