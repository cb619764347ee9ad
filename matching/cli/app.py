"""The hub's verbs, each of which is made when it is asked for."""

from collections.abc import Sequence

import typer

from matching.cli.group import Part
from matching.cli.wired import day_of, with_baseline, with_champion, wording_of
from matching.settings import read_settings


def hub_parts() -> Sequence[Part]:
    """The hub's verbs, in the order in which they are listed."""
    return (
        Part(_documents, {
            "extract": "Find skills, occupations and facts in documents.",
            "rank": "Score every person for every vacancy by fit alone.",
        }),
        Part(_serve, {
            "serve": "Serve the hub of this home, or the scoring API where there is no "
            "installation.",
        }),
        Part(_operations, {
            "init": "Make an installation: keys, database, journal, and a link for the first "
            "administrator.",
            "migrate": "Bring the database to the revision of this version, whole or not at all.",
            "doctor": "Examine an installation and change nothing.",
            "backup": "Back up the database into one sealed file, while the service goes on.",
            "restore": "Restore a backup, whole or not at all.",
            "journal": "The journal: every act, who and when, in a chain.",
            "keys": "The keys that what is kept is sealed with.",
        }),
        Part(_accounts, {
            "accounts": "Accounts: who may sign in, in which role.",
            "tokens": "Tokens: what programmes may do over the API, and until when.",
        }),
        Part(_imports, {
            "import": "Take people, vacancies or outcomes of a file in.",
            "export": "Write people, vacancies or outcomes of a hub to a file that a spreadsheet "
            "opens.",
        }),
        Part(_jobs, {
            "work": "Work in the background: imports, reminders, retention, care of the journal's "
            "heads.",
            "jobs": "Work in the background: how far it is, ended, begun again.",
        }),
        Part(_privacy, {
            "privacy": "What is kept of people, for what, for how long.",
            "notices": "Privacy notices: in versions, on record for each person.",
            "approve": "Record the number of the approved impact assessment: computing about "
            "people may begin.",
        }),
        Part(_retention, {
            "retention": "Say what is kept longer than the territory's months, lane by lane, and "
            "remove it if told.",
        }),
        Part(_taxonomy, {
            "taxonomy": "The official ESCO classification: import it, see what was imported.",
        }),
        Part(_models, {"models": "The learned models: which there are, which one serves."}),
        Part(_risk, {"risk": "Priority of accompaniment: it adds help, and narrows none."}),
        Part(_upkeep, {
            "duplicates": "Propose records that may be of one person or one vacancy.",
            "stale": "Say which profiles and vacancies leave the pool, since when, and what brings "
            "them back.",
        }),
        Part(_services, {"services": "The catalogue of local services."}),
        Part(_fund, {"fund": "The inclusion fund: it proposes, people decide."}),
        Part(_reach, {
            "reach": "Count the vacancies that suit a person, and those that each service would "
            "add.",
        }),
        Part(_rights, {
            "rights": "Say which public measures to check for a household, why, and where.",
            "incentives": "Make the sheet of a person for her own use, or the general list of a "
            "vacancy.",
            "assess": "Show the needs that somebody's answers say and what is left to ask; alone, "
            "the questions.",
        }),
        Part(_plan, {
            "plan": "Propose a path to somebody: rights first, then local services in an order, on "
            "paper too.",
        }),
        Part(_follow, {
            "follow": "Show how agreed paths stand, what is due, and which calls to propose.",
        }),
        Part(_housing, {
            "housing": "Say how each dwelling suits a family: rules apart from fit, with what "
            "would change them.",
        }),
        Part(_food, {
            "food": "Propose a point to each family week after week, and points for surplus; say "
            "what lacks.",
        }),
        Part(_impact, {
            "impact": "Say what came of paths: people, opportunities, targets, effects, what is "
            "missing.",
        }),
    )  # fmt: skip


def _documents(app: typer.Typer) -> None:
    from matching.cli.documents import add_documents

    add_documents(app)


def _serve(app: typer.Typer) -> None:
    from matching.cli.serve import add_serve

    add_serve(app)


def _operations(app: typer.Typer) -> None:
    from matching.cli.operations import add_operations

    add_operations(app, settings=read_settings, wording=wording_of)


def _accounts(app: typer.Typer) -> None:
    from matching.cli.accounts import add_accounts

    add_accounts(app, settings=read_settings, wording=wording_of)


def _imports(app: typer.Typer) -> None:
    from matching.cli.imports import add_imports

    add_imports(app, settings=read_settings, wording=wording_of, service=with_baseline)


def _jobs(app: typer.Typer) -> None:
    from matching.cli.jobs import add_jobs

    add_jobs(app, settings=read_settings, wording=wording_of, service=with_baseline)


def _privacy(app: typer.Typer) -> None:
    from matching.cli.privacy import add_privacy

    add_privacy(app, settings=read_settings, wording=wording_of, day=day_of)


def _retention(app: typer.Typer) -> None:
    from matching.cli.retention import add_retention

    add_retention(app, settings=read_settings, wording=wording_of, day=day_of)


def _taxonomy(app: typer.Typer) -> None:
    from matching.cli.taxonomy import add_taxonomy

    add_taxonomy(app, settings=read_settings, wording=wording_of)


def _models(app: typer.Typer) -> None:
    from matching.cli.models import add_models

    add_models(app, settings=read_settings, wording=wording_of, today=lambda: day_of(None))


def _risk(app: typer.Typer) -> None:
    from matching.cli.risk import add_risk

    add_risk(app, service=with_baseline, day=day_of)


def _upkeep(app: typer.Typer) -> None:
    from matching.cli.upkeep import add_upkeep

    add_upkeep(app, service=with_baseline, day=day_of)


def _services(app: typer.Typer) -> None:
    from matching.cli.services import add_services

    add_services(app, service=with_baseline, day=day_of)


def _fund(app: typer.Typer) -> None:
    from matching.cli.fund import add_fund

    add_fund(app, service=with_baseline, settings=read_settings, wording=wording_of, day=day_of)


def _reach(app: typer.Typer) -> None:
    from matching.cli.reach import add_reach

    add_reach(app, service=with_champion, day=day_of)


def _rights(app: typer.Typer) -> None:
    from matching.cli.rights import add_rights

    add_rights(app, settings=read_settings, wording=wording_of, day=day_of)


def _plan(app: typer.Typer) -> None:
    from matching.cli.plan import add_plan

    add_plan(app, settings=read_settings, service=with_champion, day=day_of)


def _follow(app: typer.Typer) -> None:
    from matching.cli.follow import add_follow

    add_follow(app, settings=read_settings, wording=wording_of, day=day_of)


def _housing(app: typer.Typer) -> None:
    from matching.cli.housing import add_housing

    add_housing(app, settings=read_settings, wording=wording_of, day=day_of)


def _food(app: typer.Typer) -> None:
    from matching.cli.food import add_food

    add_food(app, settings=read_settings, wording=wording_of, day=day_of)


def _impact(app: typer.Typer) -> None:
    from matching.cli.impact import add_impact

    add_impact(app, settings=read_settings, wording=wording_of, day=day_of)
