from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching.domain import (
    DocumentErrorCode,
    DocumentKind,
    OccupationHeld,
    Profile,
    State,
    Vacancy,
)
from matching.errors import DocumentError, LexiconError, SettingsError, TerritoryError, WordingError
from matching.service import Service, build
from matching.settings import read_settings

AS_OF = date(2026, 11, 22)
KEEPER = "Magazziniere dal 03/2019 al 02/2023: uso del muletto, inventario. Patente B."
COOK = "Aiuto cuoca in mensa dal 01/2020 al 12/2022. HACCP."
FORKLIFT = "Cerchiamo magazziniere a Merate. Requisiti: patentino del muletto, inventario."


def people(service: Service, *texts: str) -> list[Profile]:
    return [service.person(f"p{i}", text, as_of=AS_OF) for i, text in enumerate(texts)]


def an_offer(service: Service, text: str = FORKLIFT, **given: str) -> Vacancy:
    return service.vacancy("v", text, as_of=AS_OF, **given)


def pairs(scores: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(scores["vacancy_id"], scores["person_id"], strict=True))


def test_a_blank_text_is_refused(service: Service) -> None:
    with pytest.raises(DocumentError) as caught:
        service.extract(" \n\t", kind=DocumentKind.CV, as_of=AS_OF)
    assert caught.value.code is DocumentErrorCode.NO_TEXT


def test_a_text_in_another_language_is_refused(service: Service) -> None:
    text = "Je cherche un emploi de cuisinier dans un restaurant, disponible tout de suite."
    with pytest.raises(DocumentError) as caught:
        service.person("p", text, as_of=AS_OF)
    assert caught.value.code is DocumentErrorCode.UNSUPPORTED_LANGUAGE


def test_a_document_is_read_by_its_content(service: Service) -> None:
    assert service.read_document(KEEPER.encode(), "cv.txt").text.strip() == KEEPER


def test_a_vacancy_is_read_with_its_title_which_is_not_said_twice(service: Service) -> None:
    titled = an_offer(service, "Si offre contratto a termine.", title="Magazziniere")
    repeated = an_offer(service, "Magazziniere\n\nSi offre contratto a termine.")
    again = an_offer(service, "Magazziniere\n\nSi offre contratto a termine.", title="Magazziniere")
    assert [job.label for job in titled.occupations] == ["magazziniere"]
    assert titled.occupations == repeated.occupations == again.occupations


def test_the_answer_of_the_form_wins_over_the_place_in_the_text(service: Service) -> None:
    place = service.territory.find_municipality("Colico")
    assert place is not None
    offer = an_offer(service, comune=place.istat)
    assert offer.facts.comune is not None
    assert offer.facts.comune.value == place.istat


def test_vacancies_keep_their_order_and_the_best_person_comes_first(service: Service) -> None:
    offers = [
        service.vacancy("z", FORKLIFT, as_of=AS_OF),
        service.vacancy("a", "Cerchiamo aiuto cuoco con HACCP.", as_of=AS_OF),
    ]
    scores = service.scores(offers, people(service, COOK, KEEPER))
    assert pairs(scores) == [("z", "p1"), ("z", "p0"), ("a", "p0"), ("a", "p1")]


def test_equal_scores_are_ordered_by_person_and_share_a_rank(service: Service) -> None:
    profiles = people(service, COOK, KEEPER, KEEPER, KEEPER)
    scores = service.scores([an_offer(service)], profiles[::-1])
    assert list(scores["person_id"]) == ["p1", "p2", "p3", "p0"]
    shortlist = service.shortlist(an_offer(service), profiles, as_of=AS_OF)
    assert [match.rank for match in shortlist.matches] == [1, 1, 1, 4]


def test_who_cannot_be_judged_is_last_with_the_no_information_score(service: Service) -> None:
    profiles = [Profile(id="a-nobody"), *people(service, COOK)]
    scores = service.scores([an_offer(service)], profiles)
    last = scores.iloc[-1]
    assert last["person_id"] == "a-nobody"
    assert last["state"] == "not_enough_data"
    assert (last["lower"], last["upper"]) == (0, 1)
    assert last["score"] == pytest.approx(service.ranker.no_information())
    # Somebody with a far trade is judged, and can well score lower than what is not known.
    assert scores.iloc[0]["score"] < last["score"]


def test_a_language_alone_says_nothing_of_a_trade(service: Service) -> None:
    (profile,) = people(service, "Lingue: italiano C1, inglese B1")
    assert profile.skills
    assert set(service.scores([an_offer(service)], [profile])["state"]) == {"not_enough_data"}


@pytest.mark.parametrize(("offers", "profiles"), [(0, 0), (0, 2), (2, 0)])
def test_no_pairs_are_a_table_without_rows(service: Service, offers: int, profiles: int) -> None:
    scores = service.scores([an_offer(service)] * offers, people(service, *[KEEPER] * profiles))
    assert len(scores) == 0
    assert list(scores) == ["vacancy_id", "person_id", "score", "lower", "upper", "state"]


def test_a_pair_scores_the_same_alone_and_among_others(service: Service) -> None:
    profiles = people(service, COOK, KEEPER)
    together = service.scores([an_offer(service)], profiles).set_index("person_id")["score"]
    for profile in profiles:
        alone = service.scores([an_offer(service)], [profile])["score"].iloc[0]
        assert alone == together[profile.id]


def test_a_shortlist_says_of_everybody_what_the_scores_say(service: Service) -> None:
    offer, profiles = an_offer(service), [*people(service, COOK, KEEPER), Profile(id="nobody")]
    shortlist = service.shortlist(offer, profiles, as_of=AS_OF)
    scores = service.scores([offer], profiles)
    assert (str(shortlist.model), shortlist.as_of) == ("baseline", AS_OF)
    assert [match.person_id for match in shortlist.matches] == list(scores["person_id"])
    for column in ("score", "lower", "upper"):
        shown = [getattr(match, column) for match in shortlist.matches]
        np.testing.assert_array_equal(shown, scores[column])


def test_only_as_many_are_explained_as_asked_but_all_are_there(service: Service) -> None:
    profiles = people(service, COOK, KEEPER)
    shortlist = service.shortlist(an_offer(service), profiles, as_of=AS_OF, explained=1)
    assert [bool(match.reasons) for match in shortlist.matches] == [True, False]


def test_reasons_explain_the_distance_from_knowing_nothing(service: Service) -> None:
    (match,) = service.shortlist(an_offer(service), people(service, KEEPER), as_of=AS_OF).matches
    explained = service.ranker.no_information() + sum(reason.effect for reason in match.reasons)
    # Dimensions of which nothing is known have no sentence; they add nothing here.
    assert explained == pytest.approx(match.score, abs=0.01)


def test_who_cannot_be_judged_gets_questions_and_no_reasons(service: Service) -> None:
    (match,) = service.shortlist(an_offer(service), [Profile(id="nobody")], as_of=AS_OF).matches
    assert match.state is State.NOT_ENOUGH_DATA
    assert match.reasons == ()
    assert match.questions


def test_a_vacancy_that_asks_nothing_fits_nobody_fully(service: Service) -> None:
    offer = an_offer(service, "Cerchiamo personale motivato, anche alla prima esperienza.")
    scores = service.scores([offer], people(service, KEEPER))
    assert list(scores["state"]) == ["not_enough_data"]
    assert scores["score"].iloc[0] < 1


def test_years_since_the_last_job_change_no_score(service: Service) -> None:
    old = KEEPER.replace("2019", "2006").replace("2023", "2010")
    first, second = service.scores([an_offer(service)], people(service, KEEPER, old))["score"]
    assert first == second


def a_held(service: Service, label: str) -> Sequence[OccupationHeld]:
    concept = next(c for c in service.taxonomy.occupations if c.label() == label)
    return (OccupationHeld(uri=concept.uri, label=label, isco08=concept.isco08, months=24),)


def test_a_profile_made_by_hand_is_ranked_like_one_that_was_read(service: Service) -> None:
    by_hand = Profile(id="hand", occupations=tuple(a_held(service, "magazziniere")))
    scores = service.scores([an_offer(service)], [*people(service, COOK), by_hand])
    assert list(scores["person_id"]) == ["hand", "p0"]


# build


def test_a_home_that_cannot_be_written_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="VALORIAMO_HOME=.*file.*Not a directory"):
        build(read_settings(home=tmp_path / "file"))


def test_a_territory_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TerritoryError, match="atlantide"):
        build(read_settings(home=tmp_path, territory="atlantide"))


def test_a_folder_without_lexicon_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no lexicon file"):
        build(read_settings(home=tmp_path, lexicon_dir=tmp_path))


def test_data_without_sentences_are_refused(tmp_path: Path) -> None:
    shipped = read_settings().data_dir
    for name in ("lexicon", "territories"):
        (tmp_path / name).symlink_to(shipped / name)
    with pytest.raises(WordingError, match=r"it\.toml"):
        build(read_settings(home=tmp_path / "home", data_dir=tmp_path))
