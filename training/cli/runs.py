"""What ``train`` and ``demo`` share: a history, what is read in it, a model from it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matching.cli.progress import progress, waiting
from matching.errors import InputError
from matching.service import Service
from training.dataset import considered, read_pairs, read_person, read_vacancy, spell_set
from training.history import History, history_of, read_history, write_history
from training.hub_risk.demand import unstated, with_local_demand
from training.pipeline import Trained, train_ranker, train_risk
from training.protected_people import (
    ProtectedPeople,
    protected_of,
    read_protected,
    write_protected,
)
from training.synthetic import SETTINGS, Size, generate


@dataclass(frozen=True, slots=True)
class Past:
    """A history, and apart from it what is known of its people's sex, age and citizenship."""

    history: History
    protected: ProtectedPeople | None

    def write(self, folder: Path) -> None:
        """Write both to a folder."""
        write_history(self.history, folder)
        if self.protected is not None:
            write_protected(self.protected, folder)


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
        return self.read_past(service).history

    def read_past(self, service: Service) -> Past:
        """The same with what is known of the people's groups, for the audit."""
        if self.folder is not None:
            history = read_history(self.folder, outcome=service.territory.policy.outcome)
            return Past(history, read_protected(self.folder))
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
        return Past(history_of(district), protected_of(district))


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


def risk_from(
    history: History,
    service: Service,
    *,
    as_of: date,
    test_months: int,
    protected: ProtectedPeople | None = None,
) -> Trained:
    """Train the risk model on the spells of a history.

    Texts are read only where the local demand of somebody is not stated, to tell it from the
    vacancies. With what is known of the people's groups the model is audited by group; the age
    enters only where the territory's policy says so.
    """
    history = demand_told(history, service)
    with waiting("Training the risk model"):
        return train_risk(
            spell_set(history),
            history.sheet,
            as_of=as_of,
            test_months=test_months,
            protected=protected,
            age=service.territory.policy.risk.age,
        )


def demand_told(history: History, service: Service) -> History:
    """The history with the local demand of whom it does not state, told from its vacancies."""
    if not unstated(history):
        return history
    return with_local_demand(
        history,
        service,
        minutes=service.territory.policy.reach.most_minutes,
        vacancy_days=service.territory.limits.vacancy_days,
        watched=progress,
    )


def last_known(history: History, as_of: date, say: Callable[[str], None]) -> date:
    """The day as of which to train: no later than the last that the history knows."""
    last = history.sheet.last_day
    if as_of > last:
        say(f"The history ends on {last}: computed as of that day.")
    return min(as_of, last)
