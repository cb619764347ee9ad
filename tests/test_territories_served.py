"""What the product does with every folder of data/territories: reads, proposes, shows."""

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from matching.accompaniment import Catalogue, find_catalogue
from matching.accompaniment.catalogue import Service as Offered
from matching.accompaniment.fund.policy import find_fund_policy
from matching.cli.samples import (
    ReadSample,
    read_samples,
    samples_folder,
)
from matching.domain import DocumentKind, Need
from matching.extraction import place_names
from matching.extraction.places import municipality
from matching.extraction.segments import segments
from matching.normalisation import plain
from matching.service import Service
from matching.settings import shipped_data
from matching.territory import (
    Municipality,
    TargetKind,
    load_territory,
    territory_folder,
    territory_folders,
)
from tests.factories import a_profile
from training.cli.demo import tell_person
from training.cli.demo_fund import tell_fund
from training.synthetic import Size, generate

TERRITORIES = shipped_data() / "territories"
DAY = date(2026, 11, 28)
# Services and providers that the project's documents ask for, at least.
ASKED = {"lecco": (60, 15), "lodi": (40, 12), "moncalieri": (25, 8)}


@pytest.fixture(scope="module", params=territory_folders(TERRITORIES), ids=lambda path: path.name)
def here(request: pytest.FixtureRequest, service: Service) -> Service:
    """The service as it is wired in each territory."""
    folder = request.param
    assert isinstance(folder, Path)
    territory = load_territory(folder)
    return replace(
        service,
        territory=territory,
        extractor=replace(service.extractor, places=place_names(territory)),
        space=replace(service.space, territory=territory),
        catalogue=find_catalogue(folder, service.taxonomy, territory),
        fund_policy=find_fund_policy(folder, territory),
    ).with_baseline()


@pytest.fixture(scope="module")
def catalogue(here: Service) -> Catalogue:
    assert here.catalogue is not None
    return here.catalogue


def test_the_default_is_one_of_them() -> None:
    assert territory_folder(TERRITORIES, None) in territory_folders(TERRITORIES)
    assert {folder.name for folder in territory_folders(TERRITORIES)} >= set(ASKED)


def test_the_population_is_that_of_a_territory(here: Service) -> None:
    people = [place.population or 0 for place in here.territory.municipalities]
    assert min(people) > 20
    assert 20_000 < sum(people) < 1_000_000
    assert max(people) == here.territory.municipality(_seat(here).istat).population


def _seat(here: Service) -> Municipality:
    found = here.territory.find_municipality(here.territory.name)
    assert found is not None
    return found


def test_what_the_managers_can_carry_is_less_than_the_people_expected(here: Service) -> None:
    settings, policy = here.territory.settings, here.territory.policy.priority
    managers = settings.community_managers_per_hub * len(here.territory.hubs)
    assert managers * (policy.closely + policy.lightly) < settings.cases_per_year


def read(here: Service, text: str, kind: DocumentKind) -> str | None:
    """The place alone: the rest of the reading does not depend on the territory."""
    places = here.extractor.places
    found = municipality(text, plain(text), segments(text, kind), kind, places)
    return None if found is None else str(found.value)


def test_every_municipality_is_found_where_a_person_says_that_she_lives_there(
    here: Service,
) -> None:
    missed = {
        place.name: written
        for place in here.territory.municipalities
        for written in (
            f"Ada Rossini\nresidente a {place.name}\nCameriera dal 2019 al 2022",
            f"Ada Rossini\nVia Verdi 3, {place.postcodes[0]} {place.name} ({place.province})\n"
            "Cameriera dal 2019 al 2022",
        )
        if read(here, written, DocumentKind.CV) != place.istat
    }
    assert missed == {}


def test_every_municipality_is_found_where_a_vacancy_says_that_the_work_is_there(
    here: Service,
) -> None:
    missed = [
        place.name
        for place in here.territory.municipalities
        if read(
            here,
            f"Cerchiamo una cameriera.\nSede di lavoro: {place.name} ({place.province})",
            DocumentKind.VACANCY,
        )
        != place.istat
    ]
    assert missed == []


def test_the_catalogue_has_what_the_documents_ask_for(here: Service, catalogue: Catalogue) -> None:
    services, providers = ASKED[here.territory.code]
    assert len(catalogue.services) >= services
    assert len(catalogue.providers) >= providers
    assert {service.provider for service in catalogue.services} == set(catalogue.providers)


def test_every_service_and_provider_is_marked_as_an_example(catalogue: Catalogue) -> None:
    assert all(service.example for service in catalogue.services)
    for provider in catalogue.providers.values():
        assert provider.example
        assert provider.name.endswith("(esempio)")


def test_every_service_says_where_it_is_for_and_when_that_was_confirmed(
    catalogue: Catalogue,
) -> None:
    assert [service.slug for service in catalogue.services if not service.area] == []
    assert [service.slug for service in catalogue.services if service.assured is None] == []


def test_an_edition_begins_on_a_day_of_the_service(catalogue: Catalogue) -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    wrong = [
        (service.slug, start)
        for service in catalogue.services
        for start in service.starts
        if service.weekdays and days[start.weekday()] not in service.weekdays
    ]
    assert wrong == []


@pytest.mark.parametrize("need", [need for need in Need if need is not Need.SKILLS])
def test_every_need_has_a_service_that_answers_it(here: Service, need: Need) -> None:
    assert here.catalogue is not None
    plan = here.plan(a_profile(), (), (), needs=[need], as_of=DAY)
    offered = {service.slug for service in here.catalogue.services}
    assert [step.needs for step in plan.steps] == [(need,)]
    assert {step.service for step in plan.steps} <= offered


def test_what_a_target_is_about_is_in_the_catalogue(here: Service, catalogue: Catalogue) -> None:
    assert here.territory.targets
    offered = {service.slug: service for service in catalogue.services}
    for target in here.territory.targets:
        assert set(target.services) <= set(offered)
        if target.kind is TargetKind.COURSE_PLACES:
            assert sum(_places(offered[slug]) for slug in target.services) == target.number


def _places(service: Offered) -> int:
    return service.seats * max(1, len(service.starts))


def test_what_no_document_says_is_marked_with_a_reason(here: Service) -> None:
    territory = here.territory
    assert all(hub.example for hub in territory.hubs)
    assert territory.limits.reason.startswith("Assunzione")
    assert territory.policy.priority.reason.startswith("Assunzione")
    for target in territory.targets:
        assert target.source
        assert bool(target.reason) is target.assumed


@pytest.fixture(scope="module")
def documents(here: Service) -> dict[DocumentKind, list[ReadSample]]:
    samples = samples_folder(shipped_data(), here.territory.code)
    return {
        kind: read_samples(Console(file=io.StringIO()), here, samples, kind, DAY)
        for kind in DocumentKind
    }


def test_every_sample_tells_where_it_is_and_the_form_agrees(
    here: Service, documents: dict[DocumentKind, list[ReadSample]]
) -> None:
    for item in (item for kind in documents.values() for item in kind):
        place = here.territory.find_municipality(item.sample.comune)
        assert place is not None, item.sample.file
        found = item.found.facts.comune
        assert found is None or str(found.value) == place.istat, item.sample.file


def test_one_person_told_of_her_situation_household_and_needs(
    documents: dict[DocumentKind, list[ReadSample]],
) -> None:
    told = Counter(bool(item.sample.situation) for item in documents[DocumentKind.CV])
    assert told[True] == 1
    (person,) = (item.sample for item in documents[DocumentKind.CV] if item.sample.situation)
    assert person.answers
    assert person.household


def test_the_demo_shows_the_shortlist_the_vacancies_and_a_path_of_the_catalogue(
    here: Service, catalogue: Catalogue, documents: dict[DocumentKind, list[ReadSample]]
) -> None:
    file = io.StringIO()
    people, offers = documents[DocumentKind.CV], documents[DocumentKind.VACANCY]
    samples = samples_folder(shipped_data(), here.territory.code)
    console = Console(file=file, width=100)
    measures = shipped_data() / "measures"
    asked = tell_person(console, here, people, offers, DAY, samples=samples, measures=measures)
    tell_fund(console, here, asked, DAY, samples=samples)
    shown = " ".join(file.getvalue().split())
    for item in people:
        assert Path(item.sample.file).stem.replace("-", " ").title() in shown
    for part in ("rights", "plan", "fund"):
        assert here.wording.say(f"demo.{part}") in shown
    rights = shown.partition(here.wording.say("demo.rights"))[2]
    assert "da verificare. Dove: " in rights.partition(here.wording.say("demo.plan"))[0]
    fund = shown.partition(here.wording.say("demo.fund"))[2]
    assert re.search(r"proposti [\d.]+ € per [3-9] passi su 1\d chiesti", fund)
    assert "Il budget va a passi che insieme aprono di più" in fund
    assert "persona-demo" in fund
    assert any(service.name in shown for service in catalogue.services)


def test_a_synthetic_district_is_of_the_territory(here: Service) -> None:
    size = Size(people=60, vacancies=8, pool=(3, 6))
    district = generate(here.territory, here.taxonomy, seed=5, size=size)
    codes = {place.istat for place in here.territory.municipalities}
    assert district.territory == here.territory.code
    assert set(district.people["comune"]) <= codes
    assert set(district.vacancies["comune"]) <= codes
