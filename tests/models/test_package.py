import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain import ModelStamp
from matching.errors import ModelError
from matching.models import package as package_module
from matching.models import risk_models
from matching.models.boosted_hazard import BoostedHazard
from matching.models.canary import CLOSE, canary_text, check_canary
from matching.models.card import ENTRIES
from matching.models.gate import Check, Gate
from matching.models.package import (
    Kind,
    Package,
    open_model,
    open_ranker,
    open_risk,
    pack_ranker,
    pack_risk,
    sha256,
    stamp,
)
from matching.models.package_files import MANIFEST, MOST_FILES, read_package, write_package
from matching.models.ranker import LambdaRanker
from matching.models.recalibrated_hazard import RecalibratedHazard
from matching.models.risk import DiscreteHazard
from matching.models.splined_hazard import SplinedHazard
from tests.models.frames import a_frame
from tests.models.packages import (
    CARD,
    FAILED,
    PASSED,
    a_boosted_hazard,
    a_boosted_package,
    a_hazard,
    a_ranker,
    a_ranker_package,
    a_recalibrated_package,
    a_risk_package,
    a_splined_hazard,
    a_splined_package,
    contents,
    lay,
    people,
    some_lines,
)
from tests.repeats import examples

RISKS = [a_risk_package, a_splined_package, a_boosted_package, a_recalibrated_package]
PACKAGES = [a_ranker_package, *RISKS]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packages") / "one"


def with_text(package: Package, name: str, change: Callable[[Any], object]) -> Package:
    """The package with one of its files said otherwise, and hashes that fit."""
    text = json.dumps(change(json.loads(package.files[name])))
    return Package(
        kind=package.kind,
        synthetic=package.synthetic,
        known_until=package.known_until,
        files={**package.files, name: text},
    )


# What is packed


def test_a_ranker_comes_back_from_disk_with_the_same_scores(tmp_path: Path) -> None:
    package = a_ranker_package()
    write_package(package, tmp_path / "kept")
    back = open_model(read_package(tmp_path / "kept", package.digest))
    assert isinstance(back, LambdaRanker)
    frame = a_frame(100, seed=4)
    np.testing.assert_array_equal(back.predict(frame), a_ranker().predict(frame))


def test_a_risk_model_comes_back_from_disk_with_the_same_chances(tmp_path: Path) -> None:
    package = a_risk_package()
    write_package(package, tmp_path / "kept")
    back = open_model(read_package(tmp_path / "kept", package.digest))
    assert isinstance(back, DiscreteHazard)
    frame = people(30)
    pd.testing.assert_frame_equal(
        back.predict(frame, [6, 12]), a_hazard().predict(frame, [6, 12]), check_exact=True
    )


@pytest.mark.parametrize(
    ("make", "model"),
    [(a_splined_package, a_splined_hazard), (a_boosted_package, a_boosted_hazard)],
)
def test_every_kind_of_risk_model_comes_back_as_what_it_was(
    tmp_path: Path, make: Callable[[], Package], model: Callable[[], Any]
) -> None:
    package = make()
    write_package(package, tmp_path / "kept")
    back = open_risk(read_package(tmp_path / "kept", package.digest))
    assert type(back) is type(model())
    frame = people(30)
    for answer in ("predict", "predict_interval", "contributions", "swings"):
        asked = ([6, 12],) if answer.startswith("predict") else ()
        for one, other in zip(
            _frames(getattr(back, answer)(frame, *asked)),
            _frames(getattr(model(), answer)(frame, *asked)),
            strict=True,
        ):
            pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_the_lines_of_a_hub_come_back_with_the_model_and_are_applied(tmp_path: Path) -> None:
    package = a_recalibrated_package()
    write_package(package, tmp_path / "kept")
    read = read_package(tmp_path / "kept", package.digest)
    back = open_risk(read)
    assert isinstance(back, RecalibratedHazard)
    assert read.recalibration == some_lines()
    assert [one.months for one in package_module.calibration(read)] == [6, 12]
    plain = a_hazard().predict(people(30), [6])["no_work_6"].to_numpy()
    found = back.predict(people(30), [6])["no_work_6"].to_numpy()
    np.testing.assert_allclose(found, some_lines()[0].at(plain))
    assert np.abs(found - plain).max() > 0.01


def test_lines_that_are_not_applied_are_kept_and_change_nothing() -> None:
    package = pack_risk(a_hazard(), people(6), CARD, some_lines()[1:])
    assert isinstance(open_risk(package), DiscreteHazard)
    assert package.recalibration == some_lines()[1:]
    assert a_risk_package().recalibration == ()


def test_damaged_lines_are_refused_with_the_name_of_their_file() -> None:
    broken = with_text(a_recalibrated_package(), "recalibration.json", lambda _: {"lines": []})
    with pytest.raises(ModelError, match=r"recalibration\.json of the risk model: .*calibrate"):
        open_risk(broken)


def test_lines_that_were_changed_no_longer_answer_as_they_did() -> None:
    def steeper(content: dict[str, Any]) -> object:
        content["lines"][0]["slope"] = 1.2
        return content

    broken = with_text(a_recalibrated_package(), "recalibration.json", steeper)
    with pytest.raises(ModelError, match="does not answer as it did"):
        open_risk(broken)


def _frames(answer: Any) -> tuple[pd.DataFrame, ...]:
    return answer if isinstance(answer, tuple) else (answer,)


def test_the_files_are_texts_of_known_names(tmp_path: Path) -> None:
    names = {
        a_ranker_package: {"trees.txt", "ranker.json"},
        a_risk_package: {"hazard.json"},
        a_splined_package: {"hazard.json"},
        a_boosted_package: {"hazard.json"},
        a_recalibrated_package: {"hazard.json", "recalibration.json"},
    }
    for make, model in names.items():
        package = make()
        folder = tmp_path / make.__name__
        write_package(package.with_gate(PASSED), folder)
        found = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
        assert set(found) == model | {"manifest.json", "card.json", "canary.json", "gate.json"}
        assert all(json.loads(text) for name, text in found.items() if name.endswith(".json"))


def test_the_manifest_says_what_the_model_is(tmp_path: Path) -> None:
    manifest = json.loads(a_ranker_package().manifest)
    assert manifest["kind"] == "ranker"
    assert manifest["synthetic"] is True
    assert manifest["known_until"] == "2026-06-30"
    assert set(manifest["files"]) == set(a_ranker_package().files)


def test_equal_models_have_one_digest_and_another_model_another() -> None:
    again = pack_ranker(a_ranker(), a_frame(6, seed=9), CARD)
    assert again.digest == a_ranker_package().digest
    other = [
        a_ranker_package(1),
        pack_ranker(a_ranker(), a_frame(7, seed=9), CARD),
        pack_ranker(a_ranker(), a_frame(6, seed=9), {**CARD, "limits": "others"}),
        again.with_gate(PASSED),
        again.with_gate(FAILED),
    ]
    assert len({again.digest, *(package.digest for package in other)}) == 6


def test_what_is_not_known_survives_as_null() -> None:
    canary = json.loads(a_ranker_package().files["canary.json"])
    frame = a_frame(6, seed=9)
    assert canary["columns"] == list(frame.columns)
    rows = pd.DataFrame(canary["rows"], columns=canary["columns"], dtype=float)
    assert frame.isna().any(axis=None)
    np.testing.assert_array_equal(rows.to_numpy(), frame.to_numpy())
    assert "NaN" not in a_ranker_package().files["canary.json"]


def test_the_stamp_says_which_model_it_is() -> None:
    package = a_ranker_package()
    assert stamp(package, 3, "ranker") == ModelStamp(
        name="ranker",
        version=3,
        digest=package.digest,
        synthetic=True,
        known_until=date(2026, 6, 30),
    )


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.parametrize("nothing", [None, "", {}])
def test_a_card_that_leaves_something_out_is_refused(entry: str, nothing: object) -> None:
    with pytest.raises(ModelError, match=f"says nothing of {entry}"):
        pack_risk(a_hazard(), people(3), {**CARD, entry: nothing})


@pytest.mark.parametrize(
    ("entry", "value", "message"),
    [
        ("synthetic", "yes", "'yes'"),
        ("synthetic", 1, "synthetic=1"),
        ("known_until", "June", "'June'"),
        ("metrics", {"auc": float("nan")}, "JSON"),
        ("limits", {1j}, "JSON"),
    ],
)
def test_a_card_that_cannot_be_relied_on_is_refused(
    entry: str, value: object, message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        pack_risk(a_hazard(), people(3), {**CARD, entry: value})


def test_a_card_may_say_no_and_more_than_it_must() -> None:
    card = {**CARD, "synthetic": False, "known_until": date(2026, 1, 2), "people": 300}
    package = pack_risk(a_hazard(), people(3), card)
    assert package.synthetic is False
    assert package.known_until == date(2026, 1, 2)
    assert package.card["people"] == 300


@pytest.mark.parametrize("rows", [0, 101])
def test_a_canary_has_a_few_rows(rows: int) -> None:
    with pytest.raises(ModelError, match=f"not {rows}"):
        pack_risk(a_hazard(), people(rows), CARD)


# What is refused before it is read


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to parse a model ends the test."""

    def never(*arguments: object) -> None:
        raise AssertionError("parsed before it was verified")

    for kind in (LambdaRanker, DiscreteHazard, SplinedHazard, BoostedHazard):
        monkeypatch.setattr(kind, "from_json", never)
    monkeypatch.setattr(risk_models, "json", never)
    monkeypatch.setattr(package_module, "read_recalibrations", never)


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("make", PACKAGES)
def test_a_changed_byte_at_either_end_of_any_file_is_refused(
    make: Callable[[], Package], place: Path
) -> None:
    package = make()
    whole = contents(package)
    for name, content in whole.items():
        for at in (0, len(content) // 2, len(content) - 1):
            altered = bytearray(content)
            altered[at] ^= 1
            lay({**whole, name: bytes(altered)}, place)
            with pytest.raises(ModelError, match=f"{name} was altered") as refusal:
                open_model(read_package(place, package.digest))
            assert str(place) in str(refusal.value)
            assert "train the model again" in str(refusal.value)


@st.composite
def corruptions(draw: st.DrawFn, make: Callable[[], Package]) -> dict[str, bytes]:
    """The files of a package after an accident to one of them."""
    files = contents(make())
    name = draw(st.sampled_from(sorted(files)))
    whole = files[name]
    at = draw(st.integers(0, len(whole) - 1))
    match draw(st.sampled_from(["flip", "cut", "drop", "add", "blank", "swap", "remove", "extra"])):
        case "flip":
            value = draw(st.integers(0, 255).filter(lambda value: value != whole[at]))
            files[name] = whole[:at] + bytes([value]) + whole[at + 1 :]
        case "cut":
            files[name] = whole[:at]
        case "drop":
            files[name] = whole[:at] + whole[at + 1 :]
        case "add":
            files[name] = whole[:at] + draw(st.binary(min_size=1, max_size=9)) + whole[at:]
        case "blank":
            files[name] = whole[:at] + bytes(len(whole) - at)
        case "swap":
            other = draw(st.sampled_from(sorted({*files} - {name})))
            files[name], files[other] = files[other], files[name]
        case "remove":
            del files[name]
        case "extra":
            files[draw(st.sampled_from(["model.pkl", "trees.txt.bak", ".hidden"]))] = whole
    return files


@pytest.mark.slow
@pytest.mark.parametrize("make", PACKAGES)
def test_every_corruption_is_refused_cleanly(make: Callable[[], Package], place: Path) -> None:
    digest = make().digest

    # A thousand in `make prove`.
    @settings(max_examples=examples(50))
    @given(corruptions(make))
    def try_it(files: dict[str, bytes]) -> None:
        with pytest.raises(ModelError):
            open_model(read_package(lay(files, place), digest))

    try_it()


@pytest.mark.usefixtures("unread")
def test_files_of_another_version_are_refused(place: Path) -> None:
    mine, other = a_ranker_package(), a_ranker_package(1)
    for name in mine.files:
        if contents(mine)[name] != contents(other)[name]:
            lay({**contents(mine), name: contents(other)[name]}, place)
            with pytest.raises(ModelError, match=f"{name} was altered, or is another model's"):
                read_package(place, mine.digest)
    lay(contents(other), place)
    with pytest.raises(ModelError, match="manifest.json was altered, or is another model's"):
        read_package(place, mine.digest)


def test_a_file_that_is_missing_or_not_listed_is_named(place: Path) -> None:
    package = a_risk_package()
    whole = contents(package)
    for name in whole:
        lay({key: value for key, value in whole.items() if key != name}, place)
        with pytest.raises(ModelError, match=f"{name} is missing"):
            read_package(place, package.digest)
    lay({**whole, "model.pkl": b"x"}, place)
    with pytest.raises(ModelError, match="model.pkl is not part of the model"):
        read_package(place, package.digest)


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    package = a_risk_package()
    for number, make in enumerate(
        [
            lambda path: os.mkfifo(path),
            lambda path: path.symlink_to("/dev/zero"),
            lambda path: path.mkdir(),
        ]
    ):
        folder = lay(contents(package), tmp_path / str(number))
        (folder / "card.json").unlink()
        make(folder / "card.json")
        with pytest.raises(ModelError, match="card.json is no plain file"):
            read_package(folder, package.digest)


def test_what_is_too_large_or_too_much_is_not_read_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = a_risk_package()
    many = {f"extra{number}": b"" for number in range(MOST_FILES)}
    with pytest.raises(ModelError, match=f"more than {MOST_FILES} files"):
        read_package(lay({**contents(package), **many}, tmp_path / "many"), package.digest)
    monkeypatch.setattr("matching.models.package_files.MOST_BYTES", 1000)
    large = lay({MANIFEST: b"", "card.json": b" " * 1001}, tmp_path / "large")
    with pytest.raises(ModelError, match="card.json is larger than 1000 bytes"):
        read_package(large, package.digest)


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        (b"[]", "of a form that is not read"),
        (b"[" * 50_000, "of a form that is not read"),
        (json.dumps(json.loads(a_risk_package().manifest)).encode(), "not written as this version"),
    ],
)
def test_a_manifest_of_another_form_is_refused(place: Path, manifest: bytes, why: str) -> None:
    lay({**contents(a_risk_package()), MANIFEST: manifest}, place)
    with pytest.raises(ModelError, match=why):
        read_package(place, sha256(manifest))


def test_a_file_that_is_no_text_is_refused(place: Path) -> None:
    package = a_risk_package()
    manifest = json.loads(package.manifest)
    manifest["files"]["card.json"] = sha256(b"\xff")
    files = {"card.json": b"\xff", MANIFEST: json.dumps(manifest).encode()}
    lay({**contents(package), **files}, place)
    with pytest.raises(ModelError, match=r"card\.json is not UTF-8"):
        read_package(place, sha256(files[MANIFEST]))


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No such file"):
        read_package(tmp_path / "nowhere", "0" * 64)


# Writing


def test_a_package_is_never_written_over_another(tmp_path: Path) -> None:
    write_package(a_risk_package(), tmp_path / "kept")
    with pytest.raises(ModelError, match="is there already"):
        write_package(a_ranker_package(), tmp_path / "kept")
    assert read_package(tmp_path / "kept", a_risk_package().digest).kind is Kind.RISK


def test_a_package_that_cannot_be_written_whole_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "card.json":
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ModelError, match="No space left on device"):
        write_package(a_ranker_package(), tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


# Opening


def test_a_model_that_answers_otherwise_is_refused() -> None:
    def moved(canary: dict[str, Any]) -> object:
        canary["answers"]["score"][2] += 2 * CLOSE
        return canary

    package = with_text(a_ranker_package(), "canary.json", moved)
    with pytest.raises(ModelError, match="ranker does not answer .* row 3 .* score"):
        open_ranker(package)


def test_answers_as_close_as_rounding_are_the_same() -> None:
    def moved(canary: dict[str, Any]) -> object:
        for answers in canary["answers"].values():
            answers[0] += CLOSE / 2
        return canary

    assert open_risk(with_text(a_risk_package(), "canary.json", moved)).months == 12


@pytest.mark.parametrize(
    "change",
    [
        lambda canary: {**canary, "rows": [], "answers": {"no_work_6": [], "inactive_6": []}},
        lambda canary: {**canary, "answers": {}},
        lambda canary: {**canary, "columns": canary["columns"][::-1][1:]},
        lambda canary: {**canary, "columns": ["shoe_size", "own_vehicle"]},
        lambda canary: {**canary, "rows": canary["rows"][1:]},
        lambda canary: {**canary, "rows": [["a", 1.0]]},
        lambda canary: {**canary, "more": 1},
        lambda canary: [canary],
    ],
)
def test_a_canary_that_is_none_is_refused(change: Callable[[Any], object]) -> None:
    with pytest.raises(ModelError, match="canary.json"):
        open_risk(with_text(a_risk_package(), "canary.json", change))


def test_an_answer_that_is_no_number_is_not_close_to_anything() -> None:
    text = canary_text(people(2), lambda frame: {"score": np.zeros(len(frame))})
    with pytest.raises(ModelError, match="nan now"):
        check_canary(text, lambda frame: {"score": np.array([0.0, np.nan])})
    with pytest.raises(ModelError, match="2 answers 'score' to 1 rows"):
        check_canary(text, lambda frame: {"score": np.array([0.0])})


def test_what_the_model_refuses_of_its_own_file_is_said_with_the_name_of_the_file() -> None:
    broken = with_text(a_risk_package(), "hazard.json", lambda _: {"format": "another"})
    with pytest.raises(ModelError, match=r"hazard\.json of the risk model: .*train again"):
        open_risk(broken)
    broken = with_text(a_ranker_package(), "ranker.json", lambda _: {"format": "another"})
    with pytest.raises(ModelError, match=r"ranker\.json and trees\.txt of the ranker: "):
        open_ranker(broken)


def test_a_model_is_opened_as_what_it_is() -> None:
    with pytest.raises(ModelError, match="holds a risk model, not a ranker"):
        open_ranker(a_risk_package())
    with pytest.raises(ModelError, match="holds a ranker model, not a risk"):
        open_risk(a_ranker_package())


def test_a_model_whose_files_are_not_all_there_is_refused() -> None:
    package = a_ranker_package()
    files = {name: text for name, text in package.files.items() if name != "trees.txt"}
    half = Package(kind=package.kind, synthetic=True, known_until=package.known_until, files=files)
    with pytest.raises(ModelError, match=r"has no trees\.txt"):
        open_ranker(half)


# The gate


def test_a_gate_is_passed_when_every_check_is_and_there_is_one() -> None:
    assert PASSED.passed
    assert not FAILED.passed
    assert not Gate(()).passed
    assert [check.name for check in FAILED.failed] == ["above the baseline"]


def test_a_gate_comes_back_as_it_was_and_what_is_no_number_as_not_measured() -> None:
    odd = Gate((Check(name="slope", passed=False, value=float("nan"), needed=".9 to 1.1"),))
    for gate in (PASSED, FAILED, Gate(())):
        assert Gate.from_json(gate.to_json()) == gate
    assert Gate.from_json(odd.to_json()).checks[0].value is None
    assert str(Gate.from_json(odd.to_json()).checks[0]) == "slope: not measured (needed: .9 to 1.1)"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"checks": 1}', '{"checks": [{"name": "x"}]}', "[" * 100_000]
)
def test_what_is_no_gate_is_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"gate\.json"):
        Gate.from_json(text)
