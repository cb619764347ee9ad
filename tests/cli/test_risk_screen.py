import io
from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len
from rich.console import Console

from matching.cli.risk_screen import print_risk
from matching.domain import (
    CalibrationState,
    Chance,
    Factor,
    Horizon,
    HubCalibration,
    ModelStamp,
    Question,
    RiskAssessment,
    State,
)
from matching.settings import shipped_data
from matching.wording import load_wording

STAMP = ModelStamp(name="risk", version=3, digest="abcdef0123456789")


def horizon(months: int, value: float, lower: float, upper: float, inactive: float) -> Horizon:
    return Horizon(
        months=months,
        no_work=Chance(value=value, lower=lower, upper=upper),
        inactive=Chance(value=inactive, lower=0.0, upper=inactive),
    )


def factor(name: str, effect: float, text: str, *, changeable: bool = True) -> Factor:
    return Factor(name=name, effect=effect, text=text, changeable=changeable)


ASSESSMENT = RiskAssessment(
    person_id="p1",
    as_of=date(2026, 11, 22),
    model=STAMP,
    state=State.OK,
    horizons=(horizon(6, 0.724, 0.61, 0.806, 0.08), horizon(12, 0.55, 0.42, 0.67, 0.131)),
    typical=0.463,
    factors=(
        factor("months_since_last_job", 0.124, "Mesi dall'ultimo lavoro: 14.", changeable=False),
        factor("debt_stress", 0.061, "I debiti pesano sul bilancio di casa."),
        factor("driving_licence", -0.038, "Ha la patente B."),
        factor("weekly_hours", 0.002, "Ore alla settimana che può lavorare: 36."),
    ),
    questions=(Question(key="ask_risk.own_vehicle", text="Ha un mezzo?", swing=0.05),),
)


def printed(
    assessment: RiskAssessment, *, language: str = "it", width: int = 200, name: str | None = None
) -> str:
    file = io.StringIO()
    wording = load_wording(shipped_data() / "wording", language)
    print_risk(Console(file=file, width=width), wording, assessment, name=name)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def test_the_screen_speaks_of_priority_and_never_of_chronicity_or_cases() -> None:
    text = printed(ASSESSMENT, name="Ada Sintetica")
    assert text.startswith("Priorità di accompagnamento: Ada Sintetica\n")
    for word in ("cronic", "rischio", " caso", "disabil", "abbandon"):
        assert word not in text.casefold()


def test_chances_are_people_of_a_hundred_with_their_interval() -> None:
    lines = [" ".join(line.split()) for line in printed(ASSESSMENT).splitlines()]
    assert "dopo 6 mesi 72 (intervallo 80%: 61-81), di cui 8 non cercano più" in lines
    assert "dopo 12 mesi 55 (intervallo 80%: 42-67), di cui 13 non cercano più" in lines


def test_reasons_have_signed_points_over_the_typical_situation() -> None:
    text = printed(ASSESSMENT)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "In una situazione nella media sarebbero 46 dopo 12 mesi" in text
    assert "+12 Mesi dall'ultimo lavoro: 14." in lines
    assert "+6 I debiti pesano sul bilancio di casa." in lines
    assert "-4 Ha la patente B." in lines
    assert "= Ore alla settimana che può lavorare: 36." in lines


def test_it_says_whether_the_chances_are_those_of_the_hub() -> None:
    assert "Nel modello non è scritto" in printed(ASSESSMENT)
    few = HubCalibration(
        months=12, state=CalibrationState.FEW, outcomes=80, exits=40, needed=400, needed_exits=100
    )
    text = printed(replace(ASSESSMENT, calibration=(few,)))
    assert "Probabilità a 12 mesi: qui non ci sono ancora abbastanza esiti" in text
    assert "si conoscono 80 esiti, ne servono circa 400" in text


def test_what_can_be_worked_on_is_what_weighs_and_can_change() -> None:
    assert "Su che cosa si può lavorare insieme: debiti.\n" in printed(ASSESSMENT)
    fixed = replace(ASSESSMENT, factors=ASSESSMENT.factors[:1])
    assert "lavorare insieme" not in printed(fixed)


def test_the_question_stands_under_what_to_ask() -> None:
    lines = [" ".join(line.split()) for line in printed(ASSESSMENT).splitlines()]
    assert lines[-2:] == ["Da chiedere:", "- Ha un mezzo?"]
    assert "Da chiedere" not in printed(replace(ASSESSMENT, questions=()))


@pytest.mark.parametrize(
    ("language", "purpose", "synthetic"),
    [
        ("it", "Serve solo a offrire più aiuto", "sintetica"),
        ("en", "It is used only to offer more help", "synthetic"),
    ],
)
def test_it_says_what_it_is_for_and_what_it_learnt_from(
    language: str, purpose: str, synthetic: str
) -> None:
    text = printed(ASSESSMENT, language=language)
    assert purpose in text
    assert "risk v3 (abcdef01)" in text
    assert synthetic not in text
    learnt = replace(ASSESSMENT, model=replace(STAMP, synthetic=True))
    assert synthetic in printed(learnt, language=language)


def test_nothing_known_shows_no_number_and_asks() -> None:
    unknown = replace(ASSESSMENT, state=State.NOT_ENOUGH_DATA, factors=())
    text = printed(unknown)
    assert "Dati insufficienti" in text
    assert "serve un colloquio" in text
    assert "Su 100 persone" not in text
    assert "nella media" not in text
    assert "Ha un mezzo?" in text


def test_without_a_name_the_identifier_is_shown() -> None:
    assert printed(ASSESSMENT).startswith("Priorità di accompagnamento: p1\n")


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    assert max(cell_len(line) for line in printed(ASSESSMENT, width=width).splitlines()) <= width
