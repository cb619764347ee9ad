"""The one readable chain: bytes -> text -> mentions -> profile -> features -> score -> reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd

from matching.accompaniment import Catalogue, plan_for
from matching.accompaniment.agreement import Paths
from matching.accompaniment.fund.policy import FundPolicy
from matching.accompaniment.market import Market, market
from matching.accompaniment.ordering import Placed
from matching.accompaniment.reach_gain import reach_gains, with_gains
from matching.documents import Document, Recognition, WorkerPool
from matching.domain import (
    Assessed,
    Dimension,
    DocumentErrorCode,
    DocumentKind,
    Extraction,
    Happened,
    HubCalibration,
    InCharge,
    ModelStamp,
    Need,
    PersonMatches,
    Plan,
    Profile,
    RiskAssessment,
    Shortlist,
    Situation,
    Told,
    Vacancy,
    Weighting,
    Worklist,
)
from matching.domain.reach import Reach, ReachGain
from matching.errors import DocumentError, InputError, ModelError
from matching.explanation.risk import assess
from matching.extraction import Extractor
from matching.features import FeatureSpace, pair_features
from matching.features.demand import demand_among
from matching.models import BaselineRanker, Ranker
from matching.models.risk_models import RiskModel
from matching.models.watch import Watch
from matching.profiles import main_first, profile_from, vacancy_from
from matching.ranking.rules import Rules
from matching.service.attention import expected_thresholds, hub_worklist, with_priority
from matching.service.matcher import Matcher, Pool
from matching.service.offers import Offers
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from matching.wording import Wording

BASELINE = ModelStamp(name="baseline")
_NO_AGES: Mapping[str, int] = MappingProxyType({})
_DECIMALS = 6


@dataclass(frozen=True)
class Service:
    """What every command and route calls. Made once by :func:`matching.service.build`.

    ``model`` says which ranker scores, ``risk_model`` which model assesses (None without one);
    ``problems`` are sentences on models that could not serve, to be said to whoever runs this;
    ``fund_policy`` are the rules of the territory's fund, None where it has none;
    ``ocr`` is whether scans are read by text recognition unless a call says otherwise;
    ``risk_reference`` are chances of no work by 12 months of people whom the risk model knows of,
    ``risk_watch`` what the last watch over it found, ``risk_calibration`` what the hub's own
    outcomes did to its chances, by horizon; ``paths`` what orders and prints a path.
    """

    taxonomy: Taxonomy = field(repr=False)
    territory: Territory = field(repr=False)
    extractor: Extractor = field(repr=False)
    space: FeatureSpace = field(repr=False)
    wording: Wording = field(repr=False)
    ranker: Ranker
    model: ModelStamp
    risk: RiskModel | None
    risk_model: ModelStamp | None
    catalogue: Catalogue | None = field(repr=False)
    rules: Rules = field(repr=False)
    problems: tuple[str, ...]
    readers: WorkerPool = field(repr=False)
    ocr: bool = False
    risk_reference: tuple[float, ...] = ()
    risk_watch: Watch | None = None
    fund_policy: FundPolicy | None = field(default=None, repr=False)
    risk_calibration: tuple[HubCalibration, ...] = ()
    paths: Paths = field(default=Paths(), repr=False)

    def read_document(self, data: bytes, name: str, *, ocr: bool | None = None) -> Document:
        """Text of a file, parsed in a limited child process.

        ``ocr`` asks for text recognition where the file is a scan; without it, the service's
        own setting counts.

        Raises
        ------
        DocumentError
            With a code of the closed list.
        """
        asked = self.ocr if ocr is None else ocr
        return self.readers.read(data, name, recognition=Recognition() if asked else None)

    def extract(self, text: str, *, kind: DocumentKind, as_of: date) -> Extraction:
        """Everything that is read in one text; its main occupation comes first.

        Raises
        ------
        DocumentError
            ``no_text`` for blank text, ``unsupported_language``.
        """
        if not text.strip():
            raise DocumentError(
                DocumentErrorCode.NO_TEXT, "the text is blank: there is nothing to read."
            )
        found = self.extractor.extract(text, kind=kind, as_of=as_of)
        return main_first(found, self.taxonomy)

    def person(
        self, person_id: str, text: str, *, as_of: date, comune: str | None = None
    ) -> Profile:
        """The profile in a CV text; ``comune`` is an ISTAT code."""
        found = self.extract(text, kind=DocumentKind.CV, as_of=as_of)
        return profile_from(person_id, found, comune=comune)

    def vacancy(
        self,
        vacancy_id: str,
        text: str,
        *,
        as_of: date,
        title: str = "",
        comune: str | None = None,
    ) -> Vacancy:
        """The vacancy in a text; ``comune`` is an ISTAT code. The title is read with the text."""
        whole = f"{title}\n\n{text}" if title and not text.startswith(title) else text
        found = self.extract(whole, kind=DocumentKind.VACANCY, as_of=as_of)
        return vacancy_from(vacancy_id, title, found, self.taxonomy, comune=comune)

    @cached_property
    def matcher(self) -> Matcher:
        """What ranks, in both directions."""
        return Matcher(
            space=self.space,
            territory=self.territory,
            wording=self.wording,
            rules=self.rules,
            catalogue=self.catalogue,
            ranker=self.ranker,
            model=self.model,
        )

    def scores(
        self,
        vacancies: Sequence[Vacancy],
        profiles: Sequence[Profile],
        *,
        weights: Mapping[Dimension, float] | None = None,
    ) -> pd.DataFrame:
        """Score, interval and state of every pair; see :meth:`Matcher.scores`."""
        return self.matcher.scores(vacancies, profiles, weights=weights)

    def weightings(
        self, vacancies: Sequence[Vacancy], weights: Mapping[Dimension, float]
    ) -> dict[str, Weighting]:
        """What weights apply to each vacancy; see :meth:`Matcher.weightings`."""
        return self.matcher.weightings(vacancies, weights)

    def shortlist(
        self,
        vacancy: Vacancy,
        people: Pool | Sequence[Profile],
        *,
        as_of: date,
        explained: int | None = None,
        weights: Mapping[Dimension, float] | None = None,
    ) -> Shortlist:
        """The whole pool for one vacancy, best first; see :meth:`Matcher.shortlist`."""
        return self.matcher.shortlist(
            vacancy, people, as_of=as_of, explained=explained, weights=weights
        )

    def matches(
        self,
        profile: Profile,
        vacancies: Offers | Sequence[Vacancy],
        *,
        as_of: date,
        explained: int | None = None,
    ) -> PersonMatches:
        """Every vacancy for one person, best first; see :meth:`Matcher.matches`."""
        return self.matcher.matches(profile, vacancies, as_of=as_of, explained=explained)

    def with_baseline(self) -> "Service":
        """The same service with the transparent baseline in place of any learned ranker."""
        return replace(self, ranker=baseline(self.space), model=BASELINE)

    def assess(
        self,
        situations: Sequence[Situation],
        *,
        as_of: date,
        ages: Mapping[str, int] = _NO_AGES,
    ) -> tuple[RiskAssessment, ...]:
        """The risk of staying without work of each person, used only to add help.

        ``ages`` are in years by person, for a territory whose policy lets the age in.

        Raises
        ------
        ModelError
            When no risk model is in service.
        InputError
            For an answer that cannot be, or an age where the policy lets none in.
        """
        if ages and not self.territory.policy.risk.age:
            raise InputError(
                f"In {self.territory.code} the age is no input of the estimate (policy.toml, "
                "[risk] age = false); leave the ages out."
            )
        if self.risk is None or self.risk_model is None:
            raise ModelError(
                "No risk model is in service. Train one with: valoriamo train risk; then see: "
                "valoriamo models list."
            )
        found = assess(
            self.risk,
            situations,
            as_of=as_of,
            stamp=self.risk_model,
            wording=self.wording,
            calibration=self.risk_calibration,
            ages=ages,
        )
        return with_priority(found, expected_thresholds(self.risk_reference, self.territory))

    def local_demand(
        self, people: Sequence[Profile], vacancies: Sequence[Vacancy]
    ) -> dict[str, float]:
        """How much the trade of each person is asked for, of those of whom it can be told.

        ``people`` are all who search, ``vacancies`` all that are open; see
        :mod:`matching.features.demand`.
        """
        minutes = self.territory.policy.reach.most_minutes
        demand = demand_among(people, vacancies, space=self.space, minutes=minutes)
        every = np.ones(len(people), dtype=bool), np.ones(len(vacancies), dtype=bool)
        told = demand.on(*every)
        return {
            person.id: round(float(value), _DECIMALS)
            for person, value in zip(people, told, strict=True)
            if not np.isnan(value)
        }

    def worklist(
        self,
        people: Sequence[InCharge],
        history: Sequence[Assessed],
        happened: Sequence[Happened] = (),
        *,
        as_of: date,
        managers: int | None = None,
    ) -> Worklist:
        """Everybody in charge of a hub, those who need attention now first."""
        return hub_worklist(
            people,
            history,
            happened,
            territory=self.territory,
            as_of=as_of,
            managers=managers,
        )

    def plan(
        self,
        profile: Profile,
        vacancies: Offers | Sequence[Vacancy],
        pool: Pool | Sequence[Profile],
        *,
        needs: Sequence[Need],
        as_of: date,
        budget_eur: int | None = None,
        told: Told | None = None,
    ) -> Plan:
        """The services that answer what a person lacks for some vacancies, and her needs.

        ``pool`` are the people that she is ranked among, ``told`` what her answers say beyond the
        needs. No risk of hers enters it. Each step says what it would open over all these
        vacancies, except those reserved by L. 68/99: nobody is ranked for them. ``Offers`` and a
        ``Pool`` save reading vacancies and people again.
        """
        offers = self.matcher.offers(vacancies, as_of=as_of)
        plan = plan_for(
            profile,
            offers.open_to_all,
            pool.people if isinstance(pool, Pool) else pool,
            needs=needs,
            catalogue=self.catalogue,
            space=self.space,
            ranker=self.ranker,
            wording=self.wording,
            as_of=as_of,
            budget_eur=budget_eur,
            told=told.needs if told else {},
            asked=offers.asked,
        )
        return with_gains(
            plan,
            profile,
            self.catalogue,
            offers.market,
            space=self.space,
            rules=self.rules,
            ranker=self.ranker,
            policy=self.territory.policy.reach,
        )

    def placed(
        self, plan: Plan, *, pressing: Mapping[Need, int] | None = None
    ) -> tuple[Placed, ...]:
        """The steps of a plan in an order that makes sense, with its reasons and fitting dates.

        ``pressing`` says how much each need presses, as it was recorded with the person.
        """
        return self.paths.placed(plan, self.catalogue, pressing=pressing or {})

    def market(
        self,
        vacancies: Sequence[Vacancy],
        *,
        as_of: date,
        past: Sequence[Vacancy] = (),
        past_days: int = 0,
    ) -> Market:
        """Open vacancies, and those of so many past days, to count somebody's reach over."""
        return market(
            vacancies,
            past=past,
            past_days=past_days,
            space=self.space,
            rules=self.rules,
            as_of=as_of,
        )

    def reach_gains(
        self, profile: Profile, found: Market, *, as_of: date
    ) -> tuple[Reach, tuple[ReachGain, ...]]:
        """The vacancies that suit a person, and what each open service alone would change."""
        services = () if self.catalogue is None else self.catalogue.open_on(as_of)
        return reach_gains(
            profile,
            services,
            found,
            space=self.space,
            rules=self.rules,
            ranker=self.ranker,
            policy=self.territory.policy.reach,
        )


def baseline(space: FeatureSpace) -> BaselineRanker:
    """The transparent baseline, ready to score."""
    return BaselineRanker().fit(pair_features([], [], space))
