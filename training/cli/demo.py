"""``valoriamo demo``: the whole product on sample documents and an invented history."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.accompaniment.needs import assess, load_form
from matching.accompaniment.rights import load_measures, rights
from matching.cli.household_files import read_household
from matching.cli.matches_screen import print_matches
from matching.cli.models import is_installation, who
from matching.cli.path_screen import print_path, print_rights_first
from matching.cli.plan_needs import needs_of
from matching.cli.progress import waiting
from matching.cli.risk_screen import print_risk
from matching.cli.samples import (
    ReadSample,
    read_samples,
    sample_profile,
    sample_situation,
    sample_vacancy,
    samples_folder,
)
from matching.cli.screens import heading, print_extraction
from matching.cli.shortlist_screen import print_shortlist
from matching.domain import DocumentKind, Match, ModelStamp, Profile, Shortlist, Vacancy
from matching.models.registry import Registry
from matching.service import RankerChoice, Service, build, with_models
from matching.settings import read_settings
from matching.wording import Wording
from training.cli.demo_fund import AskedFor, tell_fund
from training.cli.runs import Source, last_known, ranker_from, risk_from
from training.cli.train_screen import print_trained
from training.pipeline import RANKER_TEST_MONTHS, RISK_TEST_MONTHS
from training.publish import publish
from training.synthetic import Size

_EXPLAINED = 3
_WIDEST = 100
# Small enough to read in half a minute, large enough that the ranker's gain can be told from luck.
SOURCE = Source(setting="mild", seed=1, size=Size(people=800, vacancies=260))


def add_demo(app: typer.Typer) -> None:
    """Register ``demo`` on a command line."""
    app.command()(demo)


def demo(
    home: Annotated[
        Path, typer.Option(envvar="VALORIAMO_HOME", help="Folder for all that the demo writes.")
    ] = Path(".demo"),
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="Compute as of this day, YYYY-MM-DD [today].",
        ),
    ] = None,
    territory: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="A territory of data/territories; it then writes below HOME/CODE "
            "[VALORIAMO_TERRITORY, or the default of the data].",
        ),
    ] = None,
) -> None:
    """Read sample documents, train, and show a shortlist, a risk and a plan with their reasons.

    Example: valoriamo demo --home /tmp/prova
    """
    # A model learnt in one territory is not to serve another.
    settings = read_settings(home=home / territory if territory else home, territory=territory)
    if settings.home == read_settings().home and is_installation(settings):
        raise typer.BadParameter(
            f"{settings.home} is an installation, where nothing invented is to serve.",
            param_hint="--home",
        )
    with waiting("Loading the lexicon"):
        service = build(settings, ranker=RankerChoice.BASELINE)
    day = date.today() if as_of is None else as_of.date()
    console = Console()
    samples = samples_folder(settings.data_dir, service.territory.code)
    people, offers = tell_reading(console, service, samples, day)
    tell_training(console, service, Registry(settings.home), SOURCE, on=day)
    with waiting("Loading the models"):
        service = with_models(service, settings.home, with_risk=True)
    for problem in service.problems:
        typer.echo(problem, err=True)
    measures = settings.data_dir / "measures"
    asked = tell_person(console, service, people, offers, day, samples=samples, measures=measures)
    tell_fund(console, service, asked, day, samples=samples)
    tell_models(console, service)


def tell_reading(
    console: Console, service: Service, samples: Path, as_of: date
) -> tuple[list[ReadSample], list[ReadSample]]:
    """Read every sample, and show one extraction with its evidence.

    Raises
    ------
    InputError
        Where the list of samples cannot be read, or no CV or no vacancy of it can.
    """
    say = service.wording.say
    heading(console, say("demo.title"))
    console.print(Text(say("demo.fictional")))
    people = read_samples(console, service, samples, DocumentKind.CV, as_of)
    offers = read_samples(console, service, samples, DocumentKind.VACANCY, as_of)
    formats = Counter(item.format for item in (*people, *offers))
    shown = ", ".join(f"{name} {count}" for name, count in sorted(formats.items()))
    console.print(Text(say("screen.documents", count=formats.total(), formats=shown)))
    console.print()
    print_extraction(console, service, Path(people[0].sample.file).name, people[0].found)
    return people, offers


def tell_training(
    console: Console, service: Service, registry: Registry, source: Source, *, on: date
) -> None:
    """Train both models on a synthetic history, register them, and say what they showed."""
    heading(console, service.wording.say("demo.training"))
    past = source.read_past(service)
    history = past.history
    day = last_known(history, on, lambda text: typer.echo(text, err=True))
    for trained in (
        ranker_from(history, service, as_of=day, test_months=RANKER_TEST_MONTHS),
        risk_from(
            history,
            service,
            as_of=day,
            test_months=RISK_TEST_MONTHS,
            protected=past.protected,
        ),
    ):
        published = publish(registry, trained, by=who(None), on=on)
        print_trained(console, service.wording, trained, published)
        console.print()


def tell_person(
    console: Console,
    service: Service,
    people: Sequence[ReadSample],
    offers: Sequence[ReadSample],
    as_of: date,
    *,
    samples: Path,
    measures: Path,
) -> AskedFor | None:
    """A shortlist beside the baseline's, then vacancies, risk, rights and path of one person in it.

    ``samples`` and ``measures`` are folders. What she would ask the fund for is returned, None
    where nobody told of a situation.
    """
    wording, say = service.wording, service.wording.say
    profiles = [sample_profile(service, item) for item in people]
    vacancies = [sample_vacancy(service, item) for item in offers]
    names = {profile.id: _name(profile) for profile in profiles}

    heading(console, say("demo.shortlist"))
    shortlist = service.shortlist(vacancies[0], profiles, as_of=as_of)
    plain = service.with_baseline().shortlist(vacancies[0], profiles, as_of=as_of, explained=0)
    console.print(_side_by_side(console, wording, shortlist, plain, names))
    print_shortlist(console, service, shortlist, most=_EXPLAINED, names=names)

    for item, profile in zip(people, profiles, strict=True):
        if not item.sample.situation:
            continue
        heading(console, say("demo.matches"))
        found = service.matches(profile, vacancies, as_of=as_of)
        titles = {vacancy.id: vacancy.title for vacancy in vacancies}
        print_matches(console, service, found, name=names[profile.id], titles=titles)
        if service.risk_model is not None:
            heading(console, say("demo.risk"))
            situation = sample_situation(profile, item.sample)
            risk = service.assess([situation], as_of=as_of)[0]
            print_risk(console, wording, risk, name=names[profile.id])
        if item.sample.household:
            heading(console, say("demo.rights"))
            tell_rights(console, wording, samples / item.sample.household, measures, as_of)
        heading(console, say("demo.plan"))
        return tell_plan(
            console, service, item, profile, profiles, vacancies, measures, as_of=as_of
        )
    return None


def tell_plan(
    console: Console,
    service: Service,
    item: ReadSample,
    profile: Profile,
    pool: Sequence[Profile],
    vacancies: Sequence[Vacancy],
    measures: Path,
    *,
    as_of: date,
) -> AskedFor:
    """The path of somebody by her answers, in its order, with why each step is there."""
    form, answers = load_form(measures), item.sample.answers
    assessment = assess(
        form,
        answers,
        person_id=profile.id,
        author="demo",
        made_on=as_of,
        valid_months=service.territory.policy.priority.assessment_months,
    )
    needs = needs_of(assessment, answers, form)
    mine = needs.travelling(profile)
    plan = service.plan(
        mine,
        vacancies,
        [mine if one.id == mine.id else one for one in pool],
        needs=needs.declared,
        as_of=as_of,
        told=needs.told,
    )
    placed = service.placed(plan, pressing=needs.pressing)
    print_path(
        console,
        service.wording,
        replace(plan, steps=tuple(one.step for one in placed)),
        placed,
        _name(profile),
        needs,
        alone=False,
        catalogue=service.catalogue,
        fund=service.fund_policy,
    )
    return AskedFor(profile=mine, steps=placed, assessment=assessment)


def _name(profile: Profile) -> str:
    return profile.id.replace("-", " ").title()


def tell_rights(
    console: Console, wording: Wording, household: Path, measures: Path, as_of: date
) -> None:
    """The public measures that the household of a sample could check, with the desks."""
    found = rights(load_measures(measures), *read_household(household, as_of), as_of=as_of)
    print_rights_first(console, wording, found, as_of=as_of, file=household)


def tell_models(console: Console, service: Service) -> None:
    """With which models all this was computed, and where to go on."""
    say = service.wording.say
    heading(console, say("demo.models"))
    for stamp in filter(None, (service.model, service.risk_model)):
        console.print(Text(_stamp_line(service.wording, stamp)))
    console.print()
    console.print(Text(say("demo.next")))


def _side_by_side(
    console: Console,
    wording: Wording,
    shortlist: Shortlist,
    plain: Shortlist,
    names: Mapping[str, str],
) -> Table:
    """Everybody, in the order of the first model, with the rank that the baseline gives."""
    say = wording.say
    other = {match.person_id: match for match in plain.matches}
    table = Table(box=box.SIMPLE_HEAD, width=min(console.width, _WIDEST), pad_edge=False)
    table.add_column(say("demo.name"), ratio=2, overflow="fold")
    table.add_column(say("demo.by", model=shortlist.model), ratio=3, overflow="fold")
    table.add_column(say("demo.by", model=plain.model), ratio=2, overflow="fold")
    for match in shortlist.matches:
        table.add_row(
            names[match.person_id], _place(wording, match), _place(wording, other[match.person_id])
        )
    return table


def _place(wording: Wording, match: Match) -> str:
    return wording.say(
        "demo.place_apart" if match.apart else "demo.place",
        rank=match.rank,
        score=round(100 * match.score),
        lower=round(100 * match.lower),
        upper=round(100 * match.upper),
    )


def _stamp_line(wording: Wording, stamp: ModelStamp) -> str:
    if stamp.version is None:
        return wording.say("demo.model_baseline")
    return wording.say(
        "demo.model_synthetic" if stamp.synthetic else "demo.model_learnt",
        model=stamp,
        digest=stamp.digest,
        until=stamp.known_until,
    )
