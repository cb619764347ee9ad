from dataclasses import replace

import pytest

from cli.screened import a_change, a_course, a_match, flat, printed
from matching.cli.match_lines import (
    body,
    chance_line,
    change_lines,
    has_example,
    place_line,
    question_line,
)
from matching.domain import Dimension, Match, Payer, Question, Reason, State
from matching.service import Service


def shown(service: Service, match: Match) -> str:
    return printed(lambda console: console.print(body(console, match, service)))


def changed(service: Service, *names: str, **values: object) -> str:
    change = a_change(*(a_course(name, **values) for name in names))
    return next(change_lines([change], service))


def test_reasons_have_their_points_and_the_words_of_the_cv(service: Service) -> None:
    reasons = (
        Reason(
            dimension=Dimension.SKILLS,
            effect=0.123,
            text="Usa il muletto.",
            person_evidence=("muletto",),
        ),
        Reason(dimension=Dimension.REACH, effect=-0.05, text="È lontano."),
        Reason(dimension=Dimension.LANGUAGES, effect=0.001, text="Italiano."),
    )
    text = shown(service, a_match(reasons=reasons, missing=("patentino muletto",)))
    assert "+12 Competenze. Usa il muletto. «muletto»" in text
    assert "-5 Raggiungibilità. È lontano." in text
    assert "= Lingue. Italiano." in text
    assert "Nel CV non risulta: patentino muletto." in text


def test_a_place_without_an_interval_is_said_alone(service: Service) -> None:
    alone = a_match(rank=4, rank_lower=None, rank_upper=None)
    assert place_line(alone, service.wording) == "Posto 4."


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0, "<1%"), (0.004, "<1%"), (0.35, "35%"), (0.99, "99%"), (0.996, ">99%"), (1.0, ">99%")],
)
def test_a_chance_is_a_whole_percentage_and_never_certain(
    service: Service, probability: float, said: str
) -> None:
    line = chance_line(a_match(probability=probability), service.wording)
    assert line is not None
    assert line.endswith(f": {said}.")


def test_what_would_change_has_score_rank_and_course_with_who_pays(service: Service) -> None:
    assert changed(service, "Muletto") == (
        "Con «uso del muletto»: 90/100, posto 1. "
        "Dove si impara: «Muletto» (Scuola di prova, Merate, inizia il 12/01/2027, 250 €, "
        "a carico del fondo di inclusione)."
    )


def test_a_course_that_the_fund_does_not_pay_has_no_price(service: Service) -> None:
    line = changed(service, "Corso", paid_by=Payer.PUBLIC, cost_eur=0, start=None)
    assert "(Scuola di prova, Merate, inizia quando c'è posto, gratuito" in line
    assert "€" not in line


def test_at_most_two_courses_are_named_and_the_rest_is_counted(service: Service) -> None:
    line = changed(service, "Uno", "Due", "Tre")
    assert "«Uno»" in line
    assert "«Due»" in line
    assert "«Tre»" not in line
    assert line.endswith(" (+1).")


def test_a_skill_that_nobody_teaches_is_said_so_only_where_there_is_a_catalogue(
    service: Service,
) -> None:
    assert service.catalogue is not None
    assert changed(service).endswith(service.wording.say("screen.untaught"))
    assert changed(replace(service, catalogue=None)).endswith("90/100, posto 1.")


def test_only_the_greatest_changes_are_told(service: Service) -> None:
    assert len(list(change_lines([a_change()] * 5, service))) == 3


def test_invented_courses_are_known_as_examples(service: Service) -> None:
    assert service.catalogue is not None
    slug = next(local.slug for local in service.catalogue.services if local.example)
    made_up = a_match(changes=(a_change(a_course("Corso", slug=slug)),))
    real = a_match(changes=(a_change(a_course("Corso", slug="altro")),))
    assert has_example([made_up], service)
    assert not has_example([real], service)
    assert not has_example([made_up], replace(service, catalogue=None))


@pytest.mark.parametrize(
    ("best", "worst", "said"),
    [
        (2, 7, "Ha la patente? (con la risposta, da 4º a 2º-7º posto)"),
        (2, 2, "Ha la patente? (con la risposta, da 4º a 2º posto)"),
        (4, 4, "Ha la patente?"),
        (None, None, "Ha la patente?"),
    ],
)
def test_a_question_says_to_which_ranks_its_answers_could_lead(
    service: Service, best: int | None, worst: int | None, said: str
) -> None:
    question = Question(key="k", text="Ha la patente?", swing=0.1, rank_best=best, rank_worst=worst)
    assert question_line(question, a_match(rank=4), service.wording) == said


def test_a_question_to_who_has_no_place_yet_says_no_place_now(service: Service) -> None:
    question = Question(key="k", text="Che lavori?", swing=0.1, rank_best=1, rank_worst=9)
    unjudged = a_match(rank=9, state=State.NOT_ENOUGH_DATA, questions=(question,))
    assert "Che lavori? (con la risposta, 1º-9º posto)" in flat(shown(service, unjudged))
