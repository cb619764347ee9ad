import pytest

from matching.domain import CalibrationState, HubCalibration
from matching.explanation.calibration import calibration_notes
from matching.settings import shipped_data
from matching.wording import load_wording

IN = {name: load_wording(shipped_data() / "wording", name) for name in ("it", "en")}


def of(months: int, state: CalibrationState, needed: int | None = 400) -> HubCalibration:
    return HubCalibration(
        months=months, state=state, outcomes=143, exits=61, needed=needed, needed_exits=100
    )


def test_before_there_is_enough_it_is_said_and_how_much_is_missing() -> None:
    few = [of(months, CalibrationState.FEW) for months in (6, 12)]
    first, second = calibration_notes(few, IN["it"])
    assert first.startswith("Probabilità a 6, 12 mesi: qui non ci sono ancora abbastanza esiti")
    assert second == (
        "A 6 mesi si conoscono 143 esiti, ne servono circa 400; lavori trovati 61, ne servono 100."
    )
    assert "not enough data here" in calibration_notes(few, IN["en"])[0]


def test_how_many_it_takes_is_left_out_where_it_cannot_be_said() -> None:
    assert len(calibration_notes([of(6, CalibrationState.FEW, None)], IN["it"])) == 1


def test_every_horizon_is_in_one_sentence() -> None:
    mixed = [
        of(6, CalibrationState.DONE),
        of(12, CalibrationState.RIGHT),
        of(18, CalibrationState.TURNED),
        of(24, CalibrationState.FEW, None),
    ]
    notes = calibration_notes(mixed, IN["it"])
    assert [note.split(":")[0] for note in notes] == [
        f"Probabilità a {months} mesi" for months in (6, 12, 24, 18)
    ]
    assert "tarate" in notes[0]
    assert "confermano" in notes[1]
    assert "Da verificare" in notes[3]


@pytest.mark.parametrize("language", IN)
def test_a_model_from_before_it_was_recorded_says_that_it_does_not_know(language: str) -> None:
    (note,) = calibration_notes([], IN[language])
    assert "hub" in note
