"""The district as a whole: repeatable, of the asked size, marked, and apart from the product."""

from dataclasses import fields, replace

import grimp
import pandas as pd
import pytest

from matching.errors import DataError, LexiconError
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from training.synthetic import BIASED, HARD, MILD, SETTINGS, District, Size, generate

SMALL = Size(people=150, vacancies=25, pool=(10, 20))
PROTECTED = {
    "sex",
    "gender",
    "birth_year",
    "birth",
    "age",
    "citizenship",
    "origin",
    "nationality",
    "adults",
    "minors",
}


@pytest.fixture(scope="module")
def district(territory: Territory, taxonomy: Taxonomy) -> District:
    return generate(territory, taxonomy, seed=7, size=SMALL)


def frames(district: District) -> dict[str, pd.DataFrame]:
    found = {
        f.name: getattr(source, f.name)
        for source in (district, district.truth)
        for f in fields(source)
        if isinstance(getattr(source, f.name), pd.DataFrame)
    }
    return found | {"true_spells": district.truth.spells, "spells": district.spells}


def dump(district: District) -> dict[str, str]:
    return {name: frame.to_csv() for name, frame in frames(district).items()}


def test_the_same_seed_gives_the_same_district_byte_for_byte(
    district: District, territory: Territory, taxonomy: Taxonomy
) -> None:
    assert dump(generate(territory, taxonomy, seed=7, size=SMALL)) == dump(district)


def test_another_seed_gives_another_district(
    district: District, territory: Territory, taxonomy: Taxonomy
) -> None:
    other = dump(generate(territory, taxonomy, seed=8, size=SMALL))
    assert all(other[name] != text for name, text in dump(district).items())


def test_a_larger_district_begins_with_the_same_people(
    district: District, territory: Territory, taxonomy: Taxonomy
) -> None:
    larger = generate(territory, taxonomy, seed=7, size=replace(SMALL, people=180))
    pd.testing.assert_frame_equal(larger.people.head(150), district.people)


def test_it_has_the_size_that_was_asked(district: District) -> None:
    assert len(district.people) == len(district.spells) == len(district.protected) == 150
    assert len(district.truth.spells) == len(district.truth.persons) == 150
    assert len(district.vacancies) == len(district.truth.vacancies) == 25
    assert len(district.truth.pairs) == len(district.decisions)
    assert district.decisions.groupby("vacancy_id").size().max() <= 20


def test_pools_are_as_large_as_asked_once_the_hub_is_running(
    territory: Territory, taxonomy: Taxonomy
) -> None:
    busy = generate(territory, taxonomy, seed=1, size=Size(people=900, vacancies=40, quiet=8))
    pools = busy.decisions.groupby("vacancy_id").size()
    assert pools.between(25, 60).all()
    assert pools.nunique() > 10


def test_it_says_that_it_is_synthetic(district: District) -> None:
    assert district.synthetic
    for frame in (district.people, district.vacancies, district.protected):
        assert frame["id"].str.startswith("sintetico-").all()
    assert district.spells["person_id"].str.startswith("sintetico-").all()
    assert district.vacancies["text"].str.contains("sintetico.example").all()


def test_protected_attributes_are_in_their_own_table_only(district: District) -> None:
    tables = frames(district)
    assert set(tables.pop("protected").columns) & PROTECTED
    for name, frame in tables.items():
        assert not set(frame.columns) & PROTECTED, name


def test_every_row_refers_to_somebody_and_something_that_is_there(district: District) -> None:
    people, vacancies = set(district.people["id"]), set(district.vacancies["id"])
    for frame in (district.decisions, district.truth.pairs):
        assert set(frame["person_id"]) <= people
        assert set(frame["vacancy_id"]) <= vacancies
    assert list(district.protected["id"]) == list(district.people["id"])
    assert set(district.measures["person_id"]) <= people
    assert set(district.truth.phrases["document_id"]) <= people | vacancies


def test_the_pairs_of_the_truth_are_those_of_the_decisions(district: District) -> None:
    keys = ["vacancy_id", "person_id"]
    pd.testing.assert_frame_equal(district.truth.pairs[keys], district.decisions[keys])
    assert not district.decisions.duplicated(keys).any()


@pytest.fixture(scope="module")
def crowd(territory: Territory, taxonomy: Taxonomy) -> District:
    return generate(territory, taxonomy, seed=3, size=Size(vacancies=1, pool=(1, 1)))


def test_people_live_where_people_live(crowd: District, territory: Territory) -> None:
    lived = crowd.people["comune"]
    largest = max(territory.municipalities, key=lambda place: place.population or 0)
    total = sum(place.population or 0 for place in territory.municipalities)
    assert (lived == largest.istat).mean() == pytest.approx(
        (largest.population or 0) / total, abs=0.04
    )
    assert set(lived) <= {place.istat for place in territory.municipalities}


def test_who_comes_follows_the_published_shares(crowd: District) -> None:
    protected = crowd.protected
    age = pd.to_datetime(crowd.people["intake"]).dt.year - protected["birth_year"]
    assert len(protected) == 1500
    assert (protected["sex"] == "female").mean() == pytest.approx(0.568, abs=0.05)
    assert (protected["citizenship"] != "italian").mean() == pytest.approx(0.232, abs=0.04)
    assert (age < 30).mean() == pytest.approx(0.314, abs=0.04)
    assert (age >= 55).mean() == pytest.approx(0.190, abs=0.04)
    gap = crowd.spells["months_since_last_job"]
    assert 0.16 <= (gap >= 12).mean() <= 0.25


def test_the_settings_differ_only_where_they_say() -> None:
    assert list(SETTINGS) == ["mild", "hard", "biased"]
    assert replace(BIASED, name="mild", decisions=MILD.decisions) == MILD
    assert replace(BIASED.decisions, biases=()) == MILD.decisions
    assert HARD.text.omitted_in_cv > MILD.text.omitted_in_cv
    assert HARD.people == MILD.people


@pytest.mark.parametrize(
    "asked",
    [
        {"people": 0},
        {"vacancies": 0},
        {"pool": (0, 5)},
        {"pool": (9, 5)},
        {"months": 8},
        {"quiet": -1},
    ],
)
def test_a_size_in_which_nothing_can_happen_is_refused(asked: dict[str, int]) -> None:
    with pytest.raises(DataError, match="ask for"):
        replace(SMALL, **asked)


def test_a_hub_with_nobody_in_charge_is_refused(territory: Territory, taxonomy: Taxonomy) -> None:
    with pytest.raises(DataError, match="No one of 1 people"):
        generate(territory, taxonomy, seed=3, size=Size(people=1, vacancies=1, quiet=31))


def test_a_taxonomy_without_the_trades_is_refused(territory: Territory, taxonomy: Taxonomy) -> None:
    concepts = {
        uri: concept for uri, concept in taxonomy.concepts.items() if concept.slug != "magazziniere"
    }
    with pytest.raises(LexiconError, match="'magazziniere'"):
        generate(territory, Taxonomy(concepts, taxonomy.rules, "cut"), seed=1, size=SMALL)


@pytest.mark.parametrize(
    "layer", ["matching.extraction", "matching.profiles", "matching.features", "matching.models"]
)
def test_the_truth_knows_nothing_of_what_is_to_recover_it(layer: str) -> None:
    graph = grimp.build_graph("matching", "training")
    assert layer in graph.modules
    chain = graph.find_shortest_chain("training.synthetic", layer, as_packages=True)
    assert chain is None
