"""What is exported comes back as it was, in either form, and in the territory's own files."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.accompaniment import Catalogue, Service, load_catalogue
from matching.accompaniment.catalogue_writing import _ORDER, drafts_of, written
from matching.accompaniment.hsds import Rows
from matching.service import Service as Whole
from matching.territory import load_territory
from tests.accompaniment.hsds.catalogues import catalogues
from tests.accompaniment.hsds.conftest import FORMS, Importing
from tests.accompaniment.hsds.conftest import written as in_form

TERRITORIES = Path(__file__).parents[3] / "data" / "territories"
CATALOGUES = sorted(path.parent for path in TERRITORIES.glob("*/services.toml"))


@pytest.mark.parametrize("form", FORMS)
def test_the_territory_s_own_catalogue_comes_back_as_it_was(
    service: Whole,
    exported: Callable[[Catalogue], Rows],
    read: Importing,
    tmp_path: Path,
    form: str,
) -> None:
    assert service.catalogue is not None
    found = read(in_form(exported(service.catalogue), form, tmp_path))
    assert found.findings == ()
    assert found.catalogue() == service.catalogue


@pytest.mark.parametrize("form", FORMS)
def test_any_catalogue_comes_back_as_it_was(
    service: Whole,
    exported: Callable[[Catalogue], Rows],
    read: Importing,
    tmp_path: Path,
    form: str,
) -> None:
    @settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        catalogue = data.draw(catalogues(service.territory, service.taxonomy))
        found = read(in_form(exported(catalogue), form, tmp_path))
        assert found.findings == ()
        assert found.catalogue() == catalogue

    holds()


def test_any_catalogue_comes_back_from_the_files_of_a_territory(
    service: Whole, tmp_path: Path
) -> None:
    @settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        catalogue = data.draw(catalogues(service.territory, service.taxonomy))
        files = written(
            drafts_of(catalogue), taxonomy=service.taxonomy, places={}, head="prova\ndi file"
        )
        for name, text in files.items():
            (tmp_path / name).write_bytes(text.encode())
        assert load_catalogue(tmp_path, service.taxonomy, service.territory) == catalogue

    holds()


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.name)
def test_the_catalogue_of_every_territory_is_written_as_it_is_read(
    folder: Path, service: Whole, tmp_path: Path
) -> None:
    territory = load_territory(folder)
    catalogue = load_catalogue(folder, service.taxonomy, territory)
    files = written(drafts_of(catalogue), taxonomy=service.taxonomy, places={}, head="prova")
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode())
    assert load_catalogue(tmp_path, service.taxonomy, territory) == catalogue


def test_every_field_of_a_service_is_written() -> None:
    assert set(_ORDER) == {field.name for field in fields(Service)}


def test_equal_catalogues_give_equal_files(
    service: Whole, exported: Callable[[Catalogue], Rows], tmp_path: Path
) -> None:
    assert service.catalogue is not None
    first, second = (
        in_form(exported(service.catalogue), "zip", tmp_path).read_bytes() for _ in range(2)
    )
    assert first == second
