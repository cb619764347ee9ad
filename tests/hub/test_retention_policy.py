import shutil
from datetime import date
from pathlib import Path

import pytest

from matching.errors import TerritoryError
from matching.hub.retention_policy import Duty, load_retention
from matching.settings import shipped_data
from matching.store.columns import Lane
from matching.store.tables import metadata
from matching.territory import territory_folders

FOLDERS = territory_folders(shipped_data() / "territories")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_territory_says_for_how_long_why_and_who_says_so(folder: Path) -> None:
    policy = load_retention(folder)
    assert {*policy.lanes} == {lane for lane in Lane if lane is not Lane.ALWAYS}
    assert {table.info["lane"] for table in metadata.sorted_tables} <= {*policy.lanes, Lane.ALWAYS}
    for kept in (*policy.lanes.values(), *policy.duties.values(), policy.reliability):
        assert kept.months > 0
        assert kept.reason.endswith(".")
        assert kept.source
    assert policy.lanes[Lane.FILE].months <= 48
    assert policy.lanes[Lane.JOURNAL].months >= 6
    # A result outlives the entry of the journal that tells of it, so that it can be explained.
    assert policy.lanes[Lane.RESULT].months >= policy.lanes[Lane.JOURNAL].months
    assert policy.duties[Duty.STAFF_LEASING].months == 11 * 12


def test_days_are_counted_in_months_of_the_calendar() -> None:
    policy = load_retention(FOLDERS[0])
    assert policy.begins(Lane.FILE, date(2026, 11, 30)) == date(2022, 11, 30)
    assert policy.begins(Lane.JOURNAL, date(2026, 2, 28)) == date(2024, 2, 28)
    assert policy.restricted_until(Duty.ACCOUNTS, date(2026, 11, 27)) == date(2036, 11, 27)
    assert policy.valid_on(policy.valid_to)
    assert not policy.valid_on(date(2199, 1, 1))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[lane.file]\nmonths = 48", "[lane.file]\nmonths = 49", "at most 48"),
        ("[lane.journal]\nmonths = 24", "[lane.journal]\nmonths = 5", "at least 6"),
        ("[lane.result]\nmonths = 60", "[lane.result]\nmonths = 1", "at least 6"),
        ("valid_to = 2028-12-31", "valid_to = 2025-12-31", "before valid_from"),
        ("[lane.work]", "[lane.works]", "'work' is missing"),
        ("\n[reliability]", "\n[reliable]", "'reliability' is missing"),
        ("valid_from", "other = 1\nvalid_from", "unknown key 'other'"),
    ],
)
def test_months_beyond_the_law_and_faults_are_refused(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    text = (FOLDERS[0] / "retention.toml").read_text("utf-8")
    assert text.count(before) == 1
    (tmp_path / "retention.toml").write_text(text.replace(before, after), "utf-8")
    with pytest.raises(TerritoryError, match=said):
        load_retention(tmp_path)


def test_a_territory_without_the_file_is_refused(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    with pytest.raises(TerritoryError, match="no such file"):
        load_retention(tmp_path)
