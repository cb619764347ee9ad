from collections.abc import Callable
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from matching.accompaniment import Catalogue, find_catalogue, load_catalogue
from matching.domain import Freshness, Need, Payer
from matching.errors import TerritoryError
from matching.taxonomy import Taxonomy
from matching.territory import Territory

TERRITORIES = Path(__file__).parents[2] / "data" / "territories"
FOLDER = next(path.parent for path in sorted(TERRITORIES.glob("*/services.toml")))


@pytest.fixture(scope="module")
def catalogue(taxonomy: Taxonomy, territory: Territory) -> Catalogue:
    return load_catalogue(FOLDER, taxonomy, territory)


def test_the_starter_catalogue_has_sixty_services_of_fifteen_providers(
    catalogue: Catalogue,
) -> None:
    assert len(catalogue.services) >= 60
    assert len(catalogue.providers) == 15
    assert all(provider.example for provider in catalogue.providers.values())
    assert {service.provider for service in catalogue.services} == set(catalogue.providers)


def test_work_skills_housing_and_care_are_answered(catalogue: Catalogue) -> None:
    answered = {need for service in catalogue.services for need in service.needs}
    assert {Need.WORK, Need.SKILLS, Need.HOUSING, Need.CARE} <= answered


def test_what_is_taught_is_in_the_taxonomy(catalogue: Catalogue, taxonomy: Taxonomy) -> None:
    taught = {uri for service in catalogue.services for uri in service.teaches}
    assert len(taught) > 100
    assert taught <= set(taxonomy.concepts)


def test_who_asks_too_late_for_the_last_edition_finds_it_closed(catalogue: Catalogue) -> None:
    dated = next(service for service in catalogue.services if len(service.starts) > 1)
    last = max(dated.starts)
    assert dated in catalogue.open_on(catalogue.valid_from)
    assert dated not in catalogue.open_on(last)
    continuous = next(service for service in catalogue.services if not service.starts)
    assert continuous in catalogue.open_on(catalogue.valid_to)


def test_outside_its_validity_the_catalogue_offers_nothing(catalogue: Catalogue) -> None:
    assert catalogue.open_on(date(2020, 1, 1)) == ()
    assert catalogue.open_on(date(2035, 1, 1)) == ()


@pytest.fixture
def broken(
    tmp_path: Path, taxonomy: Taxonomy, territory: Territory
) -> Callable[[str, str, str], str]:
    """What loading says after one text of one file is replaced."""

    def load(file: str, old: str, new: str) -> str:
        for name in ("providers.toml", "services.toml"):
            copy(FOLDER / name, tmp_path / name)
        content = (tmp_path / file).read_text("utf-8")
        assert old in content
        (tmp_path / file).write_text(content.replace(old, new, 1), "utf-8")
        with pytest.raises(TerritoryError) as caught:
            load_catalogue(tmp_path, taxonomy, territory)
        return str(caught.value)

    return load


FIRST = 'slug = "patentino-carrello-feriale"'


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('provider = "sicurezza"', 'provider = "nobody"', "provider = 'nobody'"),
        ('measure = "certificate"', 'measure = "magic"', "measure = 'magic'"),
        ('needs = ["work", "skills"]', 'needs = ["work", "gold"]', "needs = 'gold'"),
        ('teaches = ["patentino-muletto"', 'teaches = ["volo"', "teaches = 'volo'"),
        ("teaches = [", "teaches = [7, ", "teaches = [7, "),
        ("requires = []", 'requires = ["magazziniere"]', "requires = 'magazziniere'"),
        ("cost_eur = 175", "cost_eur = 0", "cost_eur = 0 and paid_by = 'fund' do not agree"),
        ("cost_eur = 175", 'cost_eur = "175"', "cost_eur = '175'"),
        ("seats = 8", "seats = -1", "seats = -1"),
        ("seats = 8", "seats = true", "seats = True"),
        ("starts = [2026-12-14", "starts = [2031-12-14", "starts = 2031-12-14 is outside"),
        ("starts = [2026-12-14", 'starts = ["2026-12-14"', "starts = ['2026-12-14'"),
        ('weekdays = ["mon"', 'weekdays = ["lun"', "weekdays = 'lun'"),
        ('time_band = ["morning"]', 'time_band = ["night"]', "time_band = 'night'"),
        ("seats = 8", "posti = 8", "'seats' is missing"),
        ("seats = 8", "seats = 8\ncolour = 1", "'colour'"),
        ('place = "097083"', 'place = "000000"', "place = '000000'"),
        ("min_age = 18", "min_age = -1", "min_age = -1"),
        ("min_age = 18", "min_age = 18\nmax_age = 17", "min_age = 18 is above max_age = 17"),
        ("min_age = 18", 'audiences = ["giants"]', "audiences = 'giants'"),
        ("min_age = 18", 'audiences = ["everyone", "women"]', "'everyone' beside others"),
        ("min_age = 18", "audiences = []", "audiences = []"),
        ("min_age = 18", 'documents = ["identity"]', "documents = ['identity']"),
        ("min_age = 18", 'languages = ["italiano"]', "languages = 'italiano'"),
        ("min_age = 18", 'contact = { email = "a" }', "contact.email = 'a'"),
        ("min_age = 18", 'contact = { web = "a.it" }', "contact.web = 'a.it'"),
        ("min_age = 18", 'interpreting = "maybe"', "interpreting = 'maybe'"),
        ("min_age = 18", "wait_days = -1", "wait_days = -1"),
        ('area = ["territory"]', 'area = ["moon"]', "area = 'moon'"),
        ('area = ["territory"]', 'area = ["territory", "097083"]', "'territory' beside others"),
        ("assured = 2026-11-01", 'assured = "ieri"', "assured = 'ieri'"),
    ],
)
def test_a_wrong_service_is_refused_with_file_entry_key_value_and_remedy(
    broken: Callable[[str, str, str], str], old: str, new: str, says: str
) -> None:
    said = broken("services.toml", old, new)
    assert said.startswith("services.toml [[service]] number 1 (patentino-carrello-feriale): ")
    assert says in said
    assert "; " in said


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (FIRST, 'slug = "patentino-carrello-sabato"', "number 2: slug = 'patentino-"),
        (FIRST, "slug = ", "services.toml: not valid TOML"),
        (FIRST, "slug = 3", "number 1: slug = 3"),
        ("valid_to = 2027-06-30", "valid_to = 2025-06-30", "valid_to = 2025-06-30 is before"),
        ("valid_to = 2027-06-30", 'valid_to = "2027"', "valid_to = '2027'"),
        ("valid_to = 2027-06-30", "valid_to = 2028-06-30", "providers.toml: valid_from and"),
        ("valid_to = 2027-06-30", "valid_to = 2027-06-30\ncolour = 1", "'colour'"),
    ],
)
def test_a_wrong_file_is_refused_with_what_and_where(
    broken: Callable[[str, str, str], str], old: str, new: str, says: str
) -> None:
    assert says in broken("services.toml", old, new)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('slug = "centro-tecnico"', 'slug = "coop-formazione"', "number 2: slug = 'coop-form"),
        ('municipality = "097042"', 'municipality = "1"', "(coop-formazione): municipality = '1'"),
        ("example = true\n", 'example = "sì"\n', "(coop-formazione): example = 'sì'"),
    ],
)
def test_a_wrong_provider_is_refused(
    broken: Callable[[str, str, str], str], old: str, new: str, says: str
) -> None:
    assert says in broken("providers.toml", old, new)


def test_a_territory_may_have_no_catalogue_but_not_half_of_one(
    tmp_path: Path, taxonomy: Taxonomy, territory: Territory
) -> None:
    assert find_catalogue(tmp_path, taxonomy, territory) is None
    copy(FOLDER / "services.toml", tmp_path)
    with pytest.raises(TerritoryError, match=r"providers\.toml: there is no such file"):
        find_catalogue(tmp_path, taxonomy, territory)
    copy(FOLDER / "providers.toml", tmp_path)
    assert find_catalogue(tmp_path, taxonomy, territory) == load_catalogue(
        FOLDER, taxonomy, territory
    )


def test_only_the_fund_pays_what_the_fund_pays(catalogue: Catalogue) -> None:
    for service in catalogue.services:
        assert (service.cost_eur > 0) is (service.paid_by is Payer.FUND)


def test_a_wrong_value_is_named_with_its_line(broken: Callable[[str, str, str], str]) -> None:
    content = (FOLDER / "services.toml").read_text("utf-8")
    line = 1 + content[: content.index("min_age = 18")].count("\n")
    said = broken("services.toml", "min_age = 18", 'audiences = ["giants"]')
    assert f"audiences = 'giants' (line {line}) is not valid; write one of everyone," in said


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ('documents = [{ kind = "badge" }]', "[[documents]] number 1: kind = 'badge'"),
        ('documents = [{ kind = "cv", note = "x" }]', "[[documents]] number 1: unknown key 'note'"),
        ('contact = { fax = "1" }', "[contact]: unknown key 'fax'"),
        ('contact = { phone = "" }', "[contact]: phone = ''"),
    ],
)
def test_a_wrong_document_or_contact_is_named(
    broken: Callable[[str, str, str], str], new: str, says: str
) -> None:
    said = broken("services.toml", "min_age = 18", new)
    assert f"(patentino-carrello-feriale) {says}" in said


def test_a_header_within_a_text_costs_the_lines_and_nothing_else(
    broken: Callable[[str, str, str], str],
) -> None:
    long = 'changes = """\n[[service]]\nApre."""\nwait_days = -1\nchanged = '
    said = broken("services.toml", "changes = ", long)
    assert "wait_days = -1 is not valid" in said


def test_every_entry_says_when_it_was_confirmed_and_for_people_of_which_places(
    catalogue: Catalogue, territory: Territory
) -> None:
    months = territory.limits.service_months
    assert months is not None
    for service in catalogue.services:
        assert service.area
        assert service.freshness(catalogue.valid_from, months) is Freshness.FRESH


def test_what_is_not_known_of_a_service_is_empty(catalogue: Catalogue) -> None:
    plain = next(one for one in catalogue.services if one.slug == "cablaggio-quadri")
    assert (plain.min_age, plain.audiences, plain.documents, plain.contacts) == (None, (), (), ())
    rich = next(one for one in catalogue.services if one.slug == "spid-cie")
    assert [paper.kind for paper in rich.documents] == ["identity", "health_card", "other"]
