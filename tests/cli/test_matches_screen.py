from datetime import date

from cli.screened import AS_OF, a_barrier, a_match, flat, printed
from matching.cli.matches_screen import print_matches
from matching.domain import (
    Absence,
    Balancing,
    Dimension,
    LeftOut,
    Match,
    PersonMatches,
    Reason,
    State,
)
from matching.ranking.reserved import referral
from matching.service import Service

TITLES = {"v": "Magazziniere", "w": "Autista", "r": "Impiegata", "x": ""}


def listed(service: Service, *matches: Match, **values: object) -> str:
    found = PersonMatches(
        person_id="p",
        as_of=AS_OF,
        model=service.model,
        matches=matches,
        **values,  # type: ignore[arg-type]
    )
    return printed(
        lambda console: print_matches(console, service, found, name="Sabrina", titles=TITLES),
        width=100,
    )


def reason(dimension: Dimension, effect: float, text: str) -> Reason:
    return Reason(dimension=dimension, effect=effect, text=text)


def test_a_vacancy_has_three_lines_with_the_reason_that_weighs_most(service: Service) -> None:
    reasons = (
        reason(Dimension.SKILLS, 0.05, "Usa il muletto."),
        reason(Dimension.REACH, -0.2, "È lontano."),
    )
    lines = listed(service, a_match(reasons=reasons)).splitlines()
    assert [line.strip() for line in lines] == [
        "Offerte per: Sabrina",
        "1. Magazziniere",
        "82/100 (intervallo 80%: 70-90). Posto 1, intervallo 80%: 1-3.",
        "-20 Raggiungibilità. È lontano.",
    ]


def test_a_vacancy_apart_says_what_stands_in_the_way(service: Service) -> None:
    apart = a_match(vacancy_id="w", apart=True, barriers=(a_barrier(),))
    text = flat(listed(service, a_match(), apart, a_match(vacancy_id="z", apart=True)))
    assert text.count("A parte: requisiti che non risultano") == 1
    end = text.partition("A parte")[2]
    assert "Autista 82/100" in end
    assert "Norma: art. 116 del codice della strada." in end
    assert "1. z" not in end


def test_a_vacancy_that_cannot_be_judged_has_no_number(service: Service) -> None:
    text = listed(service, a_match(vacancy_id="x", state=State.NOT_ENOUGH_DATA))
    assert "x\n   Dati insufficienti\n" in text
    assert "/100" not in text


def test_reserved_vacancies_are_named_apart_with_the_office(service: Service) -> None:
    text = flat(listed(service, a_match(), reserved=("r",)))
    assert "Offerte riservate, che qui non si ordinano (1): Impiegata." in text
    assert flat(referral(service.territory, service.wording)) in text


def test_no_vacancy_turns_and_what_left_are_said(service: Service) -> None:
    gone = LeftOut(
        id="v", why=Absence.EXPIRED_VACANCY, since=date(2026, 9, 1), text="Chieda all'azienda."
    )
    turns = Balancing(policy="rotate", seed=7)
    text = flat(listed(service, balancing=turns, left_out=(gone,)))
    assert "Nessuna offerta da confrontare." in text
    assert "Posti cambiati: 0." in text
    assert "- Magazziniere, dal 01/09/2026: Chieda all'azienda." in text
