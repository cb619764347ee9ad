from datetime import date

import pytest

from matching.cli.rank_notes import rank_notes, weight_notes
from matching.domain import Dimension, Fact, Facts, Vacancy
from matching.errors import InputError
from matching.ranking.reserved import referral
from matching.service import Service

AS_OF = date(2026, 11, 22)
FORKLIFT = "Cerchiamo magazziniere con patentino del muletto."


def offer(service: Service, vacancy_id: str, text: str = FORKLIFT) -> Vacancy:
    return service.vacancy(vacancy_id, text, as_of=AS_OF)


def closing(vacancy_id: str, day: str, words: str) -> Vacancy:
    fact = Fact(value=day, evidence=words, start=0, end=len(words))
    return Vacancy(id=vacancy_id, title="", facts=Facts(deadline=fact))


def notes(service: Service, *vacancies: Vacancy) -> list[str]:
    return list(rank_notes(service, vacancies, as_of=AS_OF))


def test_reserved_vacancies_are_named_with_the_office(service: Service) -> None:
    reserved = Fact(value=True, evidence="L. 68/99", start=0, end=8)
    vacancy = Vacancy(id="r", title="", facts=Facts(reserved=reserved))
    first, second = notes(service, vacancy, offer(service, "v"))
    assert first.startswith("Offerte riservate dalla L. 68/1999 (1): r.")
    assert "not_enough_data" in first
    assert second == referral(service.territory, service.wording)


def test_only_deadlines_with_a_year_before_the_day_are_past(service: Service) -> None:
    found = notes(
        service,
        closing("late", "2026-11-21", "21/11/2026"),
        closing("today", "2026-11-22", "22/11/2026"),
        closing("no_year", "2026-04-30", "30 aprile"),
        offer(service, "v"),
    )
    assert len(found) == 2
    assert found[0].startswith("Offerte con la scadenza già passata al 22/11/2026 (1).")
    assert found[1].startswith("- late: ")


def test_of_many_past_deadlines_the_first_are_listed(service: Service) -> None:
    late = [closing(f"v{number}", "2026-11-01", "01/11/2026") for number in range(12)]
    found = notes(service, *late)
    assert sum(line.startswith("- v") for line in found) == 10
    assert found[-1].startswith("(+2;")


def test_a_file_with_nothing_to_say_of_says_nothing(service: Service) -> None:
    assert notes(service, offer(service, "v")) == []


def test_weights_that_apply_alike_are_said_once(service: Service) -> None:
    same = [offer(service, "v"), offer(service, "w")]
    (line,) = weight_notes(service, same, {Dimension.SKILLS: 2.0})
    assert line == "Ordine con pesi scelti: Competenze × 2. Per il resto vale il modello."


def test_weights_that_apply_to_some_are_said_with_their_vacancies(service: Service) -> None:
    here = next(iter(service.territory.municipalities)).istat
    near = service.vacancy("near", FORKLIFT, as_of=AS_OF, comune=here)
    lines = list(weight_notes(service, [offer(service, "v"), near], {Dimension.REACH: 0.0}))
    assert len(lines) == 2
    assert lines[0].startswith("Per 1 offerte (v): Pesi: quelli del modello.")
    assert "Per 1 offerte (near): Ordine con pesi scelti: Raggiungibilità × 0." in lines[1]


def test_weights_under_which_nothing_counts_are_refused_with_the_vacancy(
    service: Service,
) -> None:
    nothing = dict.fromkeys(Dimension, 0.0)
    with pytest.raises(InputError, match="Vacancy 'v': With these weights nothing"):
        list(weight_notes(service, [offer(service, "v")], nothing))
