import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from matching.domain import ModelStamp
from matching.errors import ModelError
from matching.models.loading import Loaded, load
from matching.models.locks import locked
from matching.models.package import open_ranker
from matching.models.ranker import LambdaRanker
from matching.models.registry import Registry
from matching.models.versions import Change, ModelVersion
from tests.models.frames import a_frame
from tests.models.packages import (
    DAY,
    FAILED,
    PASSED,
    a_ranker,
    a_ranker_package,
    a_risk_package,
)

ROOT = Path(__file__).parents[2]
# Endings and first bytes of what Python would execute on reading.
PICKLES = {".pkl", ".pickle", ".joblib", ".skops", ".cloudpickle", ".npy", ".pt"}
PICKLED = (*(bytes([0x80, protocol]) for protocol in range(2, 6)), b"PK\x03\x04")


@pytest.fixture(scope="module")
def registered(registered_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose champion was served once, and so is kept as the last good."""
    made = tmp_path_factory.mktemp("registered") / "home"
    shutil.copytree(registered_home, made)
    assert load(made, "ranker").problems == ()
    return made


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another place than the one that MLflow recorded, the same for all tests: opening is slow."""
    return tmp_path_factory.mktemp("moved") / "a home (moved) 100%"


@pytest.fixture
def served(registered: Path, moved: Path) -> Iterator[Path]:
    """A copy, with the last good model."""
    yield shutil.copytree(registered, moved)
    shutil.rmtree(moved)


@pytest.fixture
def home(served: Path) -> Path:
    """A copy whose champion was not served yet."""
    shutil.rmtree(served / "models")
    return served


def numbered(home: Path, name: str = "ranker") -> dict[int, ModelVersion]:
    return {version.version: version for version in Registry(home).versions(name)}


def pointed(home: Path, name: str = "ranker") -> dict[str, int]:
    return {alias: one.version for one in Registry(home).versions(name) for alias in one.aliases}


def files_of(home: Path, version: int) -> Path:
    run = numbered(home)[version].run_id
    return home / "registry" / "artifacts" / run / "artifacts" / "package"


def alter(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def assert_serves(loaded: Loaded, *, version: int, seed: int) -> None:
    frame = a_frame(20, seed=8)
    assert isinstance(loaded.model, LambdaRanker)
    np.testing.assert_array_equal(loaded.model.predict(frame), a_ranker(seed).predict(frame))
    assert loaded.stamp is not None
    assert (loaded.stamp.name, loaded.stamp.version) == ("ranker", version)


# Registering


def test_a_version_says_what_was_registered(home: Path) -> None:
    version = numbered(home)[3]
    assert version.digest == a_ranker_package().with_gate(FAILED).digest
    assert dict(version.metrics) == {"ndcg@10": 0.82, "auc": 0.7}
    assert (version.synthetic, version.known_until) == (True, date(2026, 6, 30))
    gates = {number: one.gate_passed for number, one in numbered(home).items()}
    assert gates == {1: True, 2: True, 3: False, 4: None}


def test_versions_are_listed_the_newest_first(home: Path) -> None:
    listed = [(one.name, one.version) for one in Registry(home).versions()]
    assert listed == [("risk", 1), ("ranker", 4), ("ranker", 3), ("ranker", 2), ("ranker", 1)]
    assert [one.version for one in Registry(home).versions("ranker")] == [4, 3, 2, 1]


def test_more_versions_than_mlflow_gives_at_once_are_all_listed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.models.registry._PAGE", 3)
    assert sorted(numbered(home)) == [1, 2, 3, 4]


def test_a_model_keeps_the_gate_that_it_came_with(home: Path) -> None:
    package = a_risk_package().with_gate(FAILED)
    made = Registry(home).register(package, parameters={}, metrics={}, gate=None)
    assert (made.gate_passed, made.digest) == (False, package.digest)


def test_the_newest_version_is_the_candidate(home: Path) -> None:
    assert pointed(home) == {"previous": 1, "champion": 2, "candidate": 4}
    assert pointed(home, "risk") == {"candidate": 1}


def test_the_same_model_twice_is_two_versions_of_one_digest(home: Path) -> None:
    again = Registry(home).register(a_ranker_package(), parameters={}, metrics={}, gate=PASSED)
    assert again.version == 5
    assert again.aliases == ("candidate",)
    assert again.digest == numbered(home)[1].digest
    assert load(home, "ranker").stamp != again


def test_what_is_registered_after_a_move_is_kept_in_the_new_place(home: Path) -> None:
    registry = Registry(home)
    made = registry.register(a_risk_package(), parameters={}, metrics={}, gate=PASSED)
    folder = registry.artifacts / made.run_id / "artifacts" / "package"
    assert (folder / "hazard.json").is_file()


def test_mlflow_holds_parameters_metrics_and_tags_for_its_own_tools(home: Path) -> None:
    with sqlite3.connect(home / "registry" / "mlflow.db") as connection:
        run = (numbered(home)[2].run_id,)

        def rows(table: str) -> dict[str, object]:
            return dict(
                connection.execute(f"select key, value from {table} where run_uuid = ?", run)
            )

        assert rows("params") == {"trees": "5", "seed": "1"}
        assert rows("latest_metrics") == {"ndcg_at_10": 0.81, "auc": 0.7}
        assert rows("tags").items() >= {"synthetic": "true", "known_until": "2026-06-30"}.items()
        assert rows("tags")["dataset_digest"] == "f" * 64
    connection.close()


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_metric_that_is_no_number_is_refused(tmp_path: Path, value: float) -> None:
    with pytest.raises(ModelError, match="metric auc of the ranker"):
        Registry(tmp_path).register(
            a_ranker_package(), parameters={}, metrics={"auc": value}, gate=None
        )
    assert list(tmp_path.iterdir()) == []


def test_what_mlflow_refuses_is_said_and_makes_no_version(home: Path) -> None:
    with pytest.raises(ModelError, match="cannot be used"):
        Registry(home).register(a_ranker_package(), parameters={"a*b": 1}, metrics={}, gate=PASSED)
    assert len(numbered(home)) == 4


def test_nothing_in_a_home_is_a_pickle(served: Path) -> None:
    paths = [path for path in served.rglob("*") if path.is_file()]
    assert {path.name for path in paths} >= {"trees.txt", "hazard.json", "mlflow.db"}
    assert [path for path in paths if path.suffix in PICKLES] == []
    assert [path for path in paths if path.read_bytes().startswith(PICKLED)] == []


REGISTER = """
import sys
from pathlib import Path
from matching.models.registry import Registry
from tests.models.packages import PASSED, a_risk_package
import mlflow
package = a_risk_package()
sys.stdout.write("ready\\n")
sys.stdout.flush()
for number in range(3):
    Registry(Path(sys.argv[1])).register(package, parameters={}, metrics={}, gate=PASSED)
"""


@pytest.mark.slow
def test_two_processes_may_register_at_once_in_a_new_home(tmp_path: Path) -> None:
    registry = Registry(tmp_path / "home")
    command = [sys.executable, "-c", REGISTER, str(registry.home)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        for _ in range(3):
            registry.register(a_risk_package(), parameters={}, metrics={}, gate=PASSED)
    assert other.returncode == 0
    assert [version.version for version in registry.versions("risk")] == [6, 5, 4, 3, 2, 1]
    for number in range(1, 7):
        registry.promote("risk", number, by="Ada", on=DAY)


def test_who_waits_too_long_for_another_is_told(tmp_path: Path) -> None:
    with (
        locked(tmp_path / ".lock"),
        pytest.raises(ModelError, match=r"\.lock: another command"),
        locked(tmp_path / ".lock", seconds=0.1),
    ):
        pytest.fail("two hold one lock")
    with locked(tmp_path / ".lock", seconds=0):
        pass


# Promoting


def test_a_promoted_version_serves_and_the_one_before_is_remembered(home: Path) -> None:
    Registry(home).promote("ranker", 1, by="Bea", on=DAY)
    assert pointed(home) == {"previous": 2, "champion": 1, "candidate": 4}
    assert_serves(load(home, "ranker"), version=1, seed=0)


def test_without_a_number_the_candidate_is_promoted_and_is_none_any_more(home: Path) -> None:
    promoted = Registry(home).promote("risk", by="Bea", on=DAY)
    assert promoted.aliases == ("champion",)
    assert promoted.history == (Change(what="promoted", by="Bea", on=DAY),)
    loaded = load(home, "risk")
    assert loaded.stamp == ModelStamp(
        name="risk",
        version=1,
        digest=a_risk_package().with_gate(PASSED).digest,
        synthetic=True,
        known_until=date(2026, 6, 30),
    )
    with pytest.raises(ModelError, match="no candidate of the risk"):
        Registry(home).promote("risk", by="Bea", on=DAY)


@pytest.mark.parametrize(
    ("version", "why"),
    [
        (3, r"Version 3 .* failed: above the baseline: -0\.02 \(needed: above 0\)\."),
        (4, "Version 4 .* no check was recorded"),
        (None, "Version 4 .* no check was recorded"),
        (2, "Version 2 of the ranker is in service already"),
        (9, "no version 9 of the ranker; there are: 1, 2, 3, 4"),
    ],
)
def test_what_did_not_pass_is_not_promoted(home: Path, version: int | None, why: str) -> None:
    before = pointed(home)
    with pytest.raises(ModelError, match=why):
        Registry(home).promote("ranker", version, by="Ada", on=DAY)
    assert pointed(home) == before
    assert [len(one.history) for one in Registry(home).versions("ranker")] == [0, 0, 1, 1]


def test_a_refusal_says_what_stays_in_service(home: Path) -> None:
    with pytest.raises(ModelError, match="Version 2 stays in service"):
        Registry(home).promote("ranker", 3, by="Ada", on=DAY)
    registry = Registry(home)
    registry.register(a_risk_package(), parameters={}, metrics={}, gate=FAILED)
    with pytest.raises(ModelError, match="The baseline stays in service"):
        registry.promote("risk", by="Ada", on=DAY)


def test_a_gate_that_was_improved_on_disk_does_not_promote(home: Path) -> None:
    (files_of(home, 3) / "gate.json").write_text(PASSED.to_json(), "utf-8")
    with pytest.raises(ModelError, match=r"Version 3 .*gate\.json was altered"):
        Registry(home).promote("ranker", 3, by="Ada", on=DAY)
    assert pointed(home)["champion"] == 2


def test_a_version_whose_files_were_altered_is_not_promoted(home: Path) -> None:
    alter(files_of(home, 1) / "trees.txt")
    with pytest.raises(ModelError, match=r"Version 1 .*trees\.txt was altered"):
        Registry(home).promote("ranker", 1, by="Ada", on=DAY)
    assert pointed(home) == {"previous": 1, "champion": 2, "candidate": 4}


def test_nobody_in_particular_promotes_nothing(home: Path) -> None:
    for change in (Registry(home).promote, Registry(home).rollback):
        with pytest.raises(ModelError, match="--by"):
            change("ranker", by=" ", on=DAY)


# Going back


def test_a_rollback_puts_back_the_version_before_and_says_who(home: Path) -> None:
    back = Registry(home).rollback("ranker", by="Bea", on=date(2026, 12, 1))
    assert back.version == 1
    assert pointed(home) == {"champion": 1, "candidate": 4}
    assert_serves(load(home, "ranker"), version=1, seed=0)
    promoted = Change(what="promoted", by="Ada", on=DAY)
    assert [version.history for version in Registry(home).versions("ranker")] == [
        (),
        (),
        (promoted, Change(what="withdrawn", by="Bea", on=date(2026, 12, 1))),
        (promoted, Change(what="restored", by="Bea", on=date(2026, 12, 1))),
    ]


def test_there_is_one_step_back_and_the_withdrawn_may_be_promoted_again(home: Path) -> None:
    registry = Registry(home)
    registry.rollback("ranker", by="Bea", on=DAY)
    with pytest.raises(ModelError, match=r"no version of the ranker to go back to.*--version N"):
        registry.rollback("ranker", by="Bea", on=DAY)
    registry.promote("ranker", 2, by="Bea", on=DAY)
    assert pointed(home) == {"previous": 1, "champion": 2, "candidate": 4}


def test_a_rollback_to_altered_files_is_refused(home: Path) -> None:
    alter(files_of(home, 1) / "ranker.json")
    with pytest.raises(ModelError, match=r"Version 1 .*ranker\.json was altered"):
        Registry(home).rollback("ranker", by="Ada", on=DAY)
    assert pointed(home)["champion"] == 2


# An empty home, and names


def test_where_nothing_was_trained_there_is_nothing_and_nothing_is_made(tmp_path: Path) -> None:
    registry = Registry(tmp_path)
    assert registry.versions() == ()
    assert registry.champion("ranker") is None
    for change in (registry.promote, registry.rollback):
        with pytest.raises(ModelError, match=r"No model has been trained in .* train ranker"):
            change("ranker", by="Ada", on=DAY)
    assert load(tmp_path, "ranker") == Loaded()
    assert list(tmp_path.iterdir()) == []


def test_a_new_hub_does_without_mlflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mlflow", None)
    assert load(tmp_path, "risk") == Loaded()


@pytest.mark.parametrize("name", ["", "rank", "../ranker", "ranker' or '1"])
def test_only_the_models_of_the_product_have_a_name(tmp_path: Path, name: str) -> None:
    registry = Registry(tmp_path)
    for ask in (
        lambda: registry.versions(name),
        lambda: registry.champion(name),
        lambda: registry.promote(name, by="Ada", on=DAY),
        lambda: registry.rollback(name, by="Ada", on=DAY),
        lambda: load(tmp_path, name),
    ):
        with pytest.raises(ModelError, match="there are: ranker, risk"):
            ask()


# Serving


def test_the_champion_serves_from_wherever_the_home_is(home: Path) -> None:
    loaded = load(home, "ranker")
    assert loaded.problems == ()
    assert_serves(loaded, version=2, seed=1)
    assert loaded.stamp is not None
    assert loaded.stamp.digest == numbered(home)[2].digest


def test_a_candidate_alone_does_not_serve(home: Path) -> None:
    assert load(home, "risk") == Loaded()


def remove_registry(home: Path) -> None:
    shutil.rmtree(home / "registry")


def garbage(home: Path) -> None:
    (home / "registry" / "mlflow.db").write_bytes(b"\x00garbage\xff" * 999)


def empty(home: Path) -> None:
    (home / "registry" / "mlflow.db").write_bytes(b"")


def halve(home: Path) -> None:
    path = home / "registry" / "mlflow.db"
    path.write_bytes(path.read_bytes()[:400_000])


def blank_pages(home: Path) -> None:
    path = home / "registry" / "mlflow.db"
    content = path.read_bytes()
    path.write_bytes(content[:409_600] + bytes(40_960) + content[450_560:])


def misspell_the_schema(home: Path) -> None:
    path = home / "registry" / "mlflow.db"
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE", b"CREATE T\xe8BLE"))


def another_database(home: Path) -> None:
    (home / "registry" / "mlflow.db").unlink()
    with sqlite3.connect(home / "registry" / "mlflow.db") as connection:
        connection.execute("create table people (name text)")
    connection.close()


def run_on_the_database(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "registry" / "mlflow.db") as connection:
        connection.execute(statement)
    connection.close()


def newer_schema(home: Path) -> None:
    run_on_the_database(home, "update alembic_version set version_num = 'ffffffffffff'")


def newer_schema_with_fewer_tables(home: Path) -> None:
    newer_schema(home)
    run_on_the_database(home, "drop table assessments")


def folder_for_a_database(home: Path) -> None:
    (home / "registry" / "mlflow.db").unlink()
    (home / "registry" / "mlflow.db").mkdir()


def remove_artifacts(home: Path) -> None:
    shutil.rmtree(home / "registry" / "artifacts")


def alter_trees(home: Path) -> None:
    alter(files_of(home, 2) / "trees.txt")


def truncate_trees(home: Path) -> None:
    path = files_of(home, 2) / "trees.txt"
    path.write_bytes(path.read_bytes()[:-300])


def swap_versions(home: Path) -> None:
    mine, other = files_of(home, 2), files_of(home, 1)
    shutil.rmtree(mine)
    shutil.copytree(other, mine)


def forget_the_champion(home: Path) -> None:
    run_on_the_database(home, "delete from registered_model_aliases where alias = 'champion'")


def tag_without_sense(home: Path) -> None:
    run_on_the_database(home, "update model_version_tags set value = 'x' where key = 'synthetic'")


def run_that_leads_elsewhere(home: Path) -> None:
    run_on_the_database(home, "update model_versions set run_id = '../../elsewhere'")


DAMAGES = [
    remove_registry, garbage, empty, halve, blank_pages, misspell_the_schema,
    another_database, folder_for_a_database, remove_artifacts, alter_trees, truncate_trees,
    swap_versions, forget_the_champion, tag_without_sense, run_that_leads_elsewhere,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_when_the_registry_is_lost_the_last_good_model_serves(
    served: Path, damage: Callable[[Path], None], capfd: pytest.CaptureFixture[str]
) -> None:
    damage(served)
    loaded = load(served, "ranker")
    assert_serves(loaded, version=2, seed=1)
    assert len(loaded.problems) == 2
    assert loaded.problems[1] == "The last good ranker, version 2, serves instead."
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("damage", [newer_schema, newer_schema_with_fewer_tables])
def test_a_database_of_another_mlflow_is_left_alone_and_the_last_good_model_serves(
    registered: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    # MLflow looks at a schema once in a process: only a new place is like a new process.
    new = shutil.copytree(registered, tmp_path / "new")
    damage(new)
    before = (new / "registry" / "mlflow.db").read_bytes()
    loaded = load(new, "ranker")
    assert_serves(loaded, version=2, seed=1)
    assert "cannot be used" in loaded.problems[0]
    assert (new / "registry" / "mlflow.db").read_bytes() == before


@pytest.mark.parametrize("damage", [d for d in DAMAGES if d is not forget_the_champion])
def test_without_a_last_good_model_none_serves_and_why_is_said(
    home: Path, damage: Callable[[Path], None]
) -> None:
    damage(home)
    loaded = load(home, "ranker")
    assert (loaded.model, loaded.stamp) == (None, None)
    # A home without a registry is like a new one.
    assert len(loaded.problems) == (0 if damage is remove_registry else 2)


def test_when_both_are_damaged_none_serves_and_both_are_said(served: Path) -> None:
    garbage(served)
    alter(next((served / "models" / "ranker" / "last_good").glob("*/trees.txt")))
    loaded = load(served, "ranker")
    assert (loaded.model, loaded.stamp) == (None, None)
    assert "file is not a database" in loaded.problems[0]
    assert "trees.txt was altered" in loaded.problems[1]
    assert "No learned ranker serves" in loaded.problems[1]


def test_without_mlflow_the_last_good_model_serves(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mlflow", None)
    loaded = load(served, "ranker")
    assert_serves(loaded, version=2, seed=1)
    assert "MLflow cannot be imported" in loaded.problems[0]


def test_an_error_of_the_program_is_not_taken_for_a_damaged_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object) -> None:
        raise TypeError("a slip of ours")

    monkeypatch.setattr(LambdaRanker, "from_json", broken)
    with pytest.raises(TypeError, match="a slip of ours"):
        load(home, "ranker")


# The last good model


def test_the_last_good_model_follows_the_champion(served: Path) -> None:
    kept = served / "models" / "ranker" / "last_good"
    assert json.loads((kept / "version.json").read_text("utf-8"))["version"] == 2
    Registry(served).rollback("ranker", by="Ada", on=DAY)
    load(served, "ranker")
    assert json.loads((kept / "version.json").read_text("utf-8"))["version"] == 1
    assert {path.name for path in kept.iterdir()} == {"version.json", numbered(served)[1].digest}


def test_a_last_good_model_that_was_damaged_is_kept_anew(served: Path) -> None:
    kept = served / "models" / "ranker" / "last_good"
    for file in ("trees.txt", "manifest.json"):
        alter(next(kept.glob(f"*/{file}")))
        assert load(served, "ranker").problems == ()
    remove_registry(served)
    assert_serves(load(served, "ranker"), version=2, seed=1)


def test_what_is_kept_already_is_not_written_again(served: Path) -> None:
    def times() -> dict[Path, int]:
        paths = (served / "models").rglob("*")
        return {path: path.stat().st_mtime_ns for path in paths}

    before = times()
    load(served, "ranker")
    assert times() == before


@pytest.mark.parametrize("at", range(0, 180, 12))
def test_a_changed_byte_of_what_says_which_version_it_is_is_refused(served: Path, at: int) -> None:
    remove_registry(served)
    path = served / "models" / "ranker" / "last_good" / "version.json"
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    loaded = load(served, "ranker")
    assert (loaded.model, loaded.stamp) == (None, None)
    assert "version.json" in loaded.problems[0]


def test_where_the_last_good_cannot_be_kept_the_champion_serves_and_it_is_said(home: Path) -> None:
    (home / "models").write_bytes(b"a file where a folder is due")
    loaded = load(home, "ranker")
    assert_serves(loaded, version=2, seed=1)
    assert len(loaded.problems) == 1
    assert "cannot be kept" in loaded.problems[0]


def test_the_champion_has_its_package_and_its_stamp(home: Path) -> None:
    champion = Registry(home).champion("ranker")
    assert champion is not None
    assert champion.package.card["limits"] == "it knows nothing"
    assert champion.stamp == load(home, "ranker").stamp
    assert open_ranker(champion.package).trees == 5
