import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from matching.cli.plan_screen import print_plan
from matching.domain import (
    Audience,
    Band,
    Channel,
    Contact,
    Grade,
    Matter,
    Measure,
    Need,
    Opened,
    Paper,
    PaperAsked,
    Payer,
    Plan,
    PlanState,
    Step,
    ToConfirm,
    Weekday,
)
from matching.settings import shipped_data
from matching.wording import Wording, load_wording

OPENED = Opened(
    vacancy_id="v",
    title="Magazziniere",
    score_before=0.62,
    score_after=0.71,
    rank_before=4,
    rank_after=2,
)
STEP = Step(
    service="patentino",
    name="Patentino del muletto",
    measure=Measure.CERTIFICATE,
    provider="Ente di prova",
    place="Borgo in Valle",
    remote=False,
    minutes=22,
    by_car=True,
    start=date(2027, 2, 15),
    lead_days=10,
    hours=12,
    weekdays=(Weekday.MON, Weekday.TUE, Weekday.WED),
    bands=(Band.MORNING,),
    seats=8,
    cost_eur=175,
    paid_by=Payer.FUND,
    skills=("patentino muletto", "guida del muletto"),
    needs=(Need.WORK,),
    opens=(OPENED,),
    changes="Apre gli annunci di magazzino.",
    grade=Grade.D,
    conditions=("Avere 18 anni.", "Serve la tessera sanitaria."),
    to_confirm=(
        ToConfirm(matter=Matter.BAND, about="morning"),
        ToConfirm(matter=Matter.REQUIRED_SKILL, about="uso del transpallet"),
    ),
    alternatives=("Patentino di sabato", "B", "C", "D"),
    example=True,
)
FREE = replace(
    STEP,
    service="emporio",
    name="Emporio",
    measure=Measure.FOOD,
    remote=True,
    minutes=None,
    start=None,
    lead_days=5,
    cost_eur=0,
    paid_by=Payer.PROVIDER,
    skills=(),
    needs=(Need.FOOD,),
    opens=(),
    conditions=(),
    to_confirm=(),
    alternatives=(),
)
PLAN = Plan(
    person_id="p",
    as_of=date(2027, 1, 10),
    state=PlanState.OK,
    steps=(FREE, STEP),
    cost_eur=175,
    in_view=("Magazziniere",),
    opens=(OPENED,),
    valid_from=date(2027, 1, 1),
    valid_to=date(2027, 6, 30),
)


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording(shipped_data() / "wording", "it")


@pytest.fixture
def shown(wording: Wording) -> Callable[..., str]:
    """What is printed of a plan, on lines as long as they like."""

    def show(plan: Plan = PLAN, *, width: int = 100, **changed: Any) -> str:
        file = io.StringIO()
        print_plan(Console(file=file, width=width), wording, replace(plan, **changed), "Anna Neri")
        return " ".join(file.getvalue().split())

    return show


def test_a_step_tells_all_that_is_to_be_talked_over(shown: Callable[..., str]) -> None:
    said = shown(steps=(STEP,))
    for line in (
        "Percorso da proporre: Anna Neri",
        "1. Patentino del muletto",
        "Che cos'è: Attestato o abilitazione. Ente di prova.",
        "Dove: Borgo in Valle, circa 20 minuti in auto (stima)",
        "Quando: inizia il 15/02/2027, da chiedere entro il 05/02/2027; 12 ore in tutto; "
        "lun-mer (mattino); posti: 8",
        "Costo: 175 €, a carico del fondo di inclusione",
        "competenze che nel CV non risultano (patentino muletto, guida del muletto); "
        "bisogni (lavoro)",
        "Che cosa cambia: Apre gli annunci di magazzino. "
        "Per «Magazziniere»: da 62 a 71 punti su 100, dal 4° al 2° posto.",
        "Prove di effetto sul lavoro: D,",
        "Condizioni: Avere 18 anni. Serve la tessera sanitaria.",
        "Da confermare insieme: l'orario (mattino), diverso da quello indicato nel CV; "
        "il servizio presuppone «uso del transpallet», che nel CV non risulta",
        "In alternativa: «Patentino di sabato», «B», «C» (+1)",
        "Costo per il fondo, in tutto: 175 €.",
    ):
        assert line in said


def test_a_free_step_at_a_distance_says_so_and_no_more_than_there_is(
    shown: Callable[..., str],
) -> None:
    said = shown(steps=(FREE,), cost_eur=0)
    assert "Dove: a distanza Quando: inizia quando c'è posto, almeno 5 giorni dopo" in said
    assert "Costo: gratuito (lo offre l'ente)" in said
    for heading in ("Condizioni", "Da confermare", "In alternativa", "Tutti i passi insieme"):
        assert heading not in said


def test_refusing_costs_nothing_and_rights_come_first(shown: Callable[..., str]) -> None:
    said = shown()
    assert "rifiutare un passo, o tutti, non costa nulla" in said
    assert "Prima i diritti: prima di ogni passo a pagamento" in said
    assert "CAF, patronato o servizi sociali" in said
    assert "(da verificare)" in said


def test_examples_are_called_examples(shown: Callable[..., str]) -> None:
    warning = "di questo catalogo sono esempi"
    assert warning in shown()
    real = tuple(replace(step, example=False) for step in PLAN.steps)
    assert warning not in shown(steps=real)
    assert warning in shown(steps=real, over_budget=(STEP,))


def test_what_all_steps_open_is_told_when_several_open_something(
    shown: Callable[..., str],
) -> None:
    assert "Tutti i passi insieme" not in shown()
    assert "Tutti i passi insieme: Per «Magazziniere»: da 62" in shown(steps=(STEP, STEP))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"rank_after": 4}, "da 62 a 71 punti su 100; il posto resta il 4°."),
        ({"score_after": 0.623}, "da 62 a 62 punti su 100, dal 4° al 2° posto."),
        ({"title": ""}, "Per «v»: da 62"),
    ],
)
def test_a_vacancy_says_points_and_place(
    shown: Callable[..., str], changed: dict[str, Any], says: str
) -> None:
    step = replace(STEP, opens=(replace(OPENED, **changed),))
    assert says in shown(steps=(step,))


def test_less_than_a_point_is_not_told(shown: Callable[..., str]) -> None:
    little = replace(OPENED, score_after=0.623, rank_after=4)
    assert "Per «Magazziniere»" not in shown(steps=(replace(STEP, opens=(little,)),))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"minutes": None}, "Dove: Borgo in Valle Quando"),
        ({"minutes": 1}, "circa 5 minuti in auto"),
        ({"by_car": False}, "circa 20 minuti con i mezzi pubblici (stima)"),
        ({"start": None, "lead_days": 0}, "Quando: inizia quando c'è posto; 12 ore"),
        ({"hours": 1}, "un'ora in tutto"),
        ({"weekdays": tuple(Weekday)}, "lun-dom (mattino)"),
        ({"weekdays": (Weekday.SAT, Weekday.MON, Weekday.TUE)}, "lun, mar, sab (mattino)"),
        ({"weekdays": (), "bands": ()}, "12 ore in tutto; posti: 8"),
        ({"paid_by": Payer.PERSON, "cost_eur": 0}, "Costo: a carico della persona"),
    ],
)
def test_where_when_and_at_whose_cost(
    shown: Callable[..., str], changed: dict[str, Any], says: str
) -> None:
    assert says in shown(steps=(replace(STEP, **changed),))


def test_what_is_left_out_and_what_nothing_answers_is_told(shown: Callable[..., str]) -> None:
    said = shown(
        budget_eur=100,
        steps=(FREE,),
        cost_eur=0,
        over_budget=(STEP,),
        minor=(replace(STEP, name="Altro corso"),),
        without_skills=("logistica",),
        without_needs=(Need.HOUSING,),
    )
    assert "Costo per il fondo, in tutto: 0 € (tetto: 100 €)." in said
    assert "Oltre il tetto, non proposti: Patentino del muletto, 175 €, a carico del fondo" in said
    assert "per ora non proposti: Altro corso, 175 €" in said
    assert "nessun servizio risponde a: logistica, casa." in said


def test_without_a_vacancy_in_view_the_plan_says_so(shown: Callable[..., str]) -> None:
    assert "Nessuna delle offerte è abbastanza vicina" in shown(in_view=())


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (PlanState.NO_CATALOGUE, "non ha un catalogo dei servizi"),
        (PlanState.CATALOGUE_NOT_VALID, "vale dal 01/01/2027 al 30/06/2027: al 10/01/2027"),
    ],
)
def test_an_empty_plan_says_why(shown: Callable[..., str], state: PlanState, says: str) -> None:
    said = shown(state=state, steps=(), without_needs=(Need.FOOD,))
    assert says in said
    assert "Costo" not in said


def test_a_plan_for_nobody_in_need_of_anything_says_so(shown: Callable[..., str]) -> None:
    assert "non c'è nulla da proporre" in shown(steps=(), cost_eur=0, opens=())


def test_words_with_brackets_are_printed_as_they_are(shown: Callable[..., str]) -> None:
    assert "1. Corso [base]" in shown(steps=(replace(STEP, name="Corso [base]"),))


def test_no_line_is_wider_than_the_screen(wording: Wording) -> None:
    for width in (40, 60, 200):
        file = io.StringIO()
        print_plan(Console(file=file, width=width), wording, PLAN, "Anna Neri")
        assert max(map(len, file.getvalue().splitlines())) <= width


@pytest.mark.parametrize("matter", Matter)
def test_every_matter_to_confirm_says_what_it_is_about(
    shown: Callable[..., str], matter: Matter
) -> None:
    about, says = {
        Matter.BAND: (Band.EVENING, "sera"),
        Matter.AUDIENCE: (Audience.CARERS, "chi si prende cura di un familiare"),
        Matter.STALE: ("2026-11-01", "01/11/2026"),
    }.get(matter, ("questo", "questo"))
    step = replace(STEP, to_confirm=(ToConfirm(matter=matter, about=about),))
    line = shown(steps=(step,)).partition("Da confermare insieme: ")[2].partition("In alter")[0]
    assert says in line


def test_what_to_bring_and_whom_to_ask_are_said_where_they_are_known(
    shown: Callable[..., str],
) -> None:
    assert "Da portare" not in shown(steps=(STEP,))
    papers = (
        PaperAsked(kind=Paper.IDENTITY),
        PaperAsked(kind=Paper.OTHER, text="il telefono"),
    )
    hub = Contact(channel=Channel.HUB, value="punto welfare di prova")
    text = shown(steps=(replace(STEP, documents=papers, contacts=(hub,)),))
    assert "Da portare: documento d'identità; il telefono" in text
    assert "A chi chiedere: tramite l'hub: punto welfare di prova" in text
