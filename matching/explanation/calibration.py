"""Whether chances are those of a hub's own people, in sentences for whoever reads them."""

from collections.abc import Sequence

from matching.domain import CalibrationState, HubCalibration
from matching.wording import Wording

_KEYS = {
    CalibrationState.DONE: "calibration.done",
    CalibrationState.RIGHT: "calibration.right",
    CalibrationState.FEW: "calibration.few",
    CalibrationState.TURNED: "calibration.turned",
}


def calibration_notes(calibration: Sequence[HubCalibration], wording: Wording) -> tuple[str, ...]:
    """A sentence for each state that some horizons are in; how many outcomes are still missing.

    Parameters
    ----------
    calibration
        By horizon; of nothing nothing is said but that it is not recorded.
    wording
        The language.
    """
    if not calibration:
        return (wording.say("calibration.unrecorded"),)
    notes = []
    for state, key in _KEYS.items():
        horizons = [one for one in calibration if one.state is state]
        if horizons:
            notes.append(
                wording.say(key, horizons=wording.list([str(one.months) for one in horizons]))
            )
        first = horizons[0] if horizons else None
        if first and state is CalibrationState.FEW and first.needed is not None:
            notes.append(
                wording.say(
                    "calibration.missing",
                    months=first.months,
                    outcomes=first.outcomes,
                    needed=first.needed,
                    exits=first.exits,
                    needed_exits=first.needed_exits,
                )
            )
    return tuple(notes)
