"""What ``train`` and ``demo`` share: a history, what is read in it, a model from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matching.cli.progress import progress, waiting
from matching.errors import InputError
from matching.service import Service
from training.dataset import considered, read_pairs, read_person, read_vacancy, spell_set
from training.history import History, history_of, read_history
from training.pipeline import Trained, train_ranker, train_risk
from training.synthetic import SETTINGS, Size, generate


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a history comes from: a folder, or a synthetic district."""

    folder: Path | None = None
    setting: str = "mild"
    seed: int = 1
    size: Size = Size()

    def read(self, service: Service) -> History:
        """Read the folder, or generate the district in the service's territory.

        Raises
        ------
        InputError
            For a folder that is no history, or a setting that does not exist.
        """
        if self.folder is not None:
            return read_history(self.folder, outcome=service.territory.policy.outcome)
        if self.setting not in SETTINGS:
            raise InputError(
                f"There is no synthetic setting {self.setting!r}; give one of: "
                f"{', '.join(SETTINGS)}."
            )
        with waiting("Generating a synthetic district"):
            district = generate(
                service.territory,
                service.taxonomy,
                seed=self.seed,
                setting=SETTINGS[self.setting],
                size=self.size,
            )
        return history_of(district)


def ranker_from(
    history: History, service: Service, *, as_of: date, test_months: int, seed: int = 0
) -> Trained:
    """Read the texts of a history and train a ranker on its decisions.

    Raises
    ------
    DataError
        When the history does not do.
    DocumentError
        For a text that cannot be read, naming nobody.
    """
    persons, openings = considered(history)
    people = {str(r["id"]): read_person(service, r) for r in progress(persons, "Reading CVs")}
    vacancies = {
        str(r["id"]): read_vacancy(service, r) for r in progress(openings, "Reading vacancies")
    }
    with waiting("Training the ranker"):
        pairs = read_pairs(history, service, people, vacancies)
        return train_ranker(pairs, history.sheet, as_of=as_of, test_months=test_months, seed=seed)


def risk_from(history: History, service: Service, *, as_of: date, test_months: int) -> Trained:
    """Train the risk model on the spells of a history; no text is read for it."""
    with waiting("Training the risk model"):
        return train_risk(spell_set(history), history.sheet, as_of=as_of, test_months=test_months)


def last_known(history: History, as_of: date, say: Callable[[str], None]) -> date:
    """The day as of which to train: no later than the last that the history knows."""
    last = history.sheet.last_day
    if as_of > last:
        say(f"The history ends on {last}: computed as of that day.")
    return min(as_of, last)
