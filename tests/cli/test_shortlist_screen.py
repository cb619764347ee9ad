from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.screened import AS_OF, a_barrier, a_match, flat, printed
from matching.cli.shortlist_screen import close_sentences, print_shortlist, weight_lines
from matching.domain import (
    Absence,
    Balancing,
    BarrierState,
    Dimension,
    LeftOut,
    Match,
    Shortlist,
    State,
    Vacancy,
    Weighting,
)
from matching.ranking.reserved import referral
from matching.ranking.weights import weighting
from matching.service import Service
from matching.settings import shipped_data
from matching.wording import load_wording

NAMES = {"p": "Sabrina Invernatti"}
WORDS = load_wording(shipped_data() / "wording", "it")


def shortlisted(service: Service, *matches: Match, most: int = 5, **values: object) -> str:
    fields: dict[str, object] = {
        "vacancy": Vacancy(id="v", title="Magazziniere"),
        "as_of": AS_OF,
        "model": service.model,
        "matches": matches,
    }
    shortlist = Shortlist(**(fields | values))  # type: ignore[arg-type]
    return printed(lambda c: print_shortlist(c, service, shortlist, most=most, names=NAMES))


def test_a_person_has_a_number_a_name_a_score_and_both_intervals(service: Service) -> None:
    text = shortlisted(service, a_match())
    assert "al 22/11/2026 con il modello «baseline»" in text
    assert f"Si parte da {round(100 * service.ranker.no_information())}/100" in text
    assert "1. Sabrina Invernatti: 82/100 (intervallo 80%: 70-90)" in text
    assert "Posto 1, intervallo 80%: 1-3." in text


def test_who_cannot_be_judged_has_no_number(service: Service) -> None:
    unjudged = a_match(state=State.NOT_ENOUGH_DATA, score=0.5, rank_lower=None, rank_upper=None)
    text = shortlisted(service, unjudged)
    assert "Sabrina Invernatti: dati insufficienti" in text
    assert "/100 (" not in text
    assert "Posto" not in text
    assert service.wording.say("screen.not_enough_data_why")[:40] in text


def test_only_the_first_few_are_shown_and_the_others_are_counted(service: Service) -> None:
    text = shortlisted(service, a_match(), a_match("q", rank=2), a_match("r", rank=3), most=1)
    assert "2. q" not in text
    assert "Altre persone, nell'ordine ma non mostrate qui: 2." in text
    assert "Altre persone" not in shortlisted(service, a_match())


def test_an_empty_pool_is_said(service: Service) -> None:
    text = shortlisted(service)
    assert service.wording.say("screen.nobody") in text
    assert "Si parte da" not in text


def test_what_a_chance_means_is_said_once_and_only_where_there_are_chances(
    service: Service,
) -> None:
    meaning = "La possibilità dice quante volte su 100"
    text = flat(
        shortlisted(service, a_match(probability=0.347), a_match("q", rank=2, probability=0.0001))
    )
    assert text.count(meaning) == 1
    assert "rosa dell'azienda: 35%." in text
    assert "rosa dell'azienda: <1%." in text
    assert meaning not in flat(shortlisted(service, a_match()))


def test_who_is_apart_stands_at_the_end_with_rule_law_and_what_would_change_it(
    service: Service,
) -> None:
    apart = a_match("q", rank=1, score=0.9, upper=0.95, apart=True, barriers=(a_barrier(),))
    text = shortlisted(service, a_match(), apart)
    main, heading, end = flat(text).partition("A parte: requisiti che non risultano")
    assert heading
    assert "q: 90/100" not in main
    assert "q: 90/100 (intervallo 80%: 70-95)" in end
    assert "1. q" not in end
    assert "il posto sarebbe il 1." in end
    assert "Serve la patente C." in end
    assert "«camion», «patente B»." in end
    assert "Norma: art. 116 del codice della strada." in end
    assert "Cambia se si ottiene: patente C." in end


def test_a_shortlist_in_which_nobody_is_apart_has_no_such_section(service: Service) -> None:
    assert "A parte" not in shortlisted(service, a_match())


def test_what_is_to_check_stands_with_the_person(service: Service) -> None:
    unsure = a_barrier(BarrierState.TO_CHECK, law=None)
    text = flat(shortlisted(service, a_match(barriers=(unsure,))))
    assert "Da verificare: - Serve la patente C." in text
    assert "A parte" not in text
    assert "Norma" not in text


def test_for_a_reserved_vacancy_nobody_is_listed_and_the_office_is_named(
    service: Service,
) -> None:
    text = flat(shortlisted(service, reserved=True))
    assert flat(referral(service.territory, service.wording)) in text
    assert service.wording.say("screen.nobody") not in text
    assert "/100" not in text


def test_weights_are_said_with_those_that_do_not_apply(service: Service) -> None:
    asked = frozenset({Dimension.SKILLS, Dimension.EXPERIENCE})
    stated = {Dimension.SKILLS: 5.0, Dimension.REACH: 0.0}
    text = flat(shortlisted(service, a_match(), weighting=weighting(stated, asked)))
    assert "Ordine con pesi scelti: Competenze × 3." in text
    assert "Competenze: chiesto il peso 5, applicato 3, che è il limite." in text
    assert "Raggiungibilità: l'offerta non chiede nulla; invece di 0 il peso resta 1." in text


@given(
    stated=st.dictionaries(
        st.sampled_from(Dimension), st.integers(1, 90).map(lambda tenths: tenths / 10)
    ),
    asked=st.frozensets(st.sampled_from(Dimension), min_size=1),
)
def test_a_weight_is_never_said_to_meet_a_limit_where_nothing_is_asked(
    stated: dict[Dimension, float], asked: frozenset[Dimension]
) -> None:
    found = weighting(stated, asked)
    said = " ".join(weight_lines(found, WORDS))
    for dimension, wanted in stated.items():
        name = WORDS.say(f"dimension.{dimension}")
        assert (f"{name}: chiesto" in said) == (dimension in asked and wanted > 3)
        assert (f"{name}: l'offerta" in said) == (dimension not in asked and wanted != 1)


def test_no_weights_are_those_of_the_model(service: Service) -> None:
    alike = Weighting(applied=MappingProxyType(dict.fromkeys(Dimension, 1.0)))
    assert weight_lines(alike, service.wording) == ("Pesi: quelli del modello.",)


def test_turns_are_said_with_the_days_of_the_territory(service: Service) -> None:
    turns = Balancing(policy="rotate", seed=7, moved=("p",))
    text = flat(shortlisted(service, a_match(), balancing=turns))
    assert f"negli ultimi {service.territory.ranking.window_days} giorni" in text
    assert "Posti cambiati: 1." in text


@pytest.mark.parametrize("reserved", [True, False])
def test_who_left_the_pool_is_listed_with_the_reason(service: Service, reserved: bool) -> None:
    gone = LeftOut(
        id="p", why=Absence.STALE_PROFILE, since=date(2026, 9, 1), text="Chieda se cerca ancora."
    )
    text = flat(shortlisted(service, reserved=reserved, left_out=(gone,)))
    assert "Fuori dal confronto (1):" in text
    assert "- Sabrina Invernatti, dal 01/09/2026: Chieda se cerca ancora." in text


# where the order is too close to call


def run(*pairs: tuple[int, bool]) -> list[Match]:
    return [
        a_match(f"p{number}", rank=rank, close_to_next=close)
        for number, (rank, close) in enumerate(pairs)
    ]


def said(service: Service, matches: list[Match], most: int = 9) -> list[str]:
    return list(close_sentences(matches, most=most, names={}, wording=service.wording))


def test_two_neighbours_and_a_chain_are_told_differently(service: Service) -> None:
    pair, chain = said(
        service, run((1, True), (2, False), (3, True), (4, True), (5, False), (6, False))
    )
    assert pair.startswith("Tra il posto 1 e il posto 2 l'ordine è incerto")
    assert chain.startswith("Dal posto 3 al posto 5, tra ogni persona e la successiva")


def test_a_shared_rank_is_said_with_its_people(service: Service) -> None:
    (line,) = said(service, run((1, True), (1, False), (3, False)))
    assert line.startswith("Insieme al posto 1, ")
    assert line.endswith(": p0, p1.")


def test_nothing_is_said_where_the_order_is_sure_nor_past_what_is_shown(
    service: Service,
) -> None:
    assert said(service, run((1, False), (2, False))) == []
    assert said(service, run((1, False), (2, False), (3, True), (4, False)), most=2) == []
    assert said(service, []) == []


@given(closes=st.lists(st.booleans(), max_size=12), most=st.integers(0, 12))
def test_every_close_pair_that_is_shown_is_in_exactly_one_sentence(
    closes: list[bool], most: int
) -> None:
    closes = [*closes[:-1], False] if closes else []
    matches = run(*((number + 1, close) for number, close in enumerate(closes)))
    lines = list(close_sentences(matches, most=most, names={}, wording=WORDS))
    starts = sum(
        close and (number == 0 or not closes[number - 1])
        for number, close in enumerate(closes[:most])
    )
    assert len(lines) == starts


def test_a_shortlist_of_the_service_can_be_shown_whole(service: Service) -> None:
    day = AS_OF
    offer = service.vacancy("v", "Cerchiamo magazziniere con patentino del muletto.", as_of=day)
    people = [
        service.person("p", "Magazziniere dal 03/2019 al 02/2023: inventario.", as_of=day),
        service.person("q", "Cuoca in mensa per tre anni.", as_of=day),
    ]
    shortlist = service.shortlist(offer, people, as_of=day)
    text = flat(printed(lambda c: print_shortlist(c, service, shortlist, most=5, names=NAMES)))
    assert "Sabrina Invernatti: " in text
    assert "Che cosa cambierebbe: - Con «" in text
    assert "Da chiedere: - " in text
    unranked = replace(shortlist, matches=())
    assert "Sabrina" not in printed(
        lambda c: print_shortlist(c, service, unranked, most=5, names=NAMES)
    )
