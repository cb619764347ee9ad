from collections.abc import Callable
from pathlib import Path

from matching.jobs.composition import handlers_of, worker_name
from matching.jobs.gazetteer import gazetteer_of
from matching.jobs.kinds import JobKind
from matching.jobs.schedule import SCHEDULE
from matching.service import Service
from matching.settings import shipped_data
from matching.store.anchor import Anchor
from matching.territory import Territory, territory_folder
from tests.databases import LECCO, MERATE


def test_every_kind_of_job_has_a_handler_and_what_comes_back_is_among_them(
    service: Service, tmp_path: Path
) -> None:
    folder = territory_folder(shipped_data() / "territories", "lecco")
    handlers = handlers_of(service, folder, Anchor(tmp_path / "heads"), lambda gone: None)
    assert set(handlers) == set(JobKind)
    assert {one.kind for one in SCHEDULE} < set(handlers)


def test_no_two_workers_have_one_name() -> None:
    names = {worker_name() for _ in range(100)}
    assert len(names) == 100
    assert all(len(name) <= 200 for name in names)


def looking_up(territory: Territory, hub: str) -> Callable[[str], str | None]:
    return gazetteer_of(territory)(hub).municipality


def test_municipalities_are_known_by_name_and_by_code_without_its_zeros(
    territory: Territory,
) -> None:
    place = territory.municipalities[0]
    found = looking_up(territory, LECCO)
    for written in (place.name, place.name.upper(), place.istat, place.istat.lstrip("0")):
        assert found(written) == place.istat
    assert found("Atlantide") is None
    assert found("0") is None


def test_points_are_known_in_their_own_hub_by_identifier_and_by_name(territory: Territory) -> None:
    point = next(one for one in territory.points if one.hub == LECCO)
    own, other = gazetteer_of(territory)(LECCO), gazetteer_of(territory)(MERATE)
    for written in (point.id, point.name, f" {point.name.upper()} "):
        assert own.point(written) == point.id
        assert other.point(written) is None
