"""All that makes a path of a plan: the order, the territory's policy, the words to print it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from matching.accompaniment.agreement.document import ToPrint
from matching.accompaniment.agreement.policy import AgreementPolicy, find_agreement_policy
from matching.accompaniment.agreement.words import load_agreement_words
from matching.accompaniment.catalogue import Catalogue
from matching.accompaniment.order_rules import OrderRule, load_order_rules
from matching.accompaniment.ordering import Placed, Pressing, ordered
from matching.domain import Plan
from matching.errors import TerritoryError
from matching.taxonomy import Taxonomy
from matching.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The rules of the order, the territory's policy (None without one), and words by language."""

    rules: tuple[OrderRule, ...] = ()
    policy: AgreementPolicy | None = None
    words: Mapping[str, Wording] = field(default_factory=dict)

    def languages(self, screen: str) -> tuple[str, ...]:
        """In which languages a path is printed; without a policy, in that of the screen."""
        return (screen,) if self.policy is None else self.policy.languages

    def placed(
        self, plan: Plan, catalogue: Catalogue | None, *, pressing: Pressing
    ) -> tuple[Placed, ...]:
        """The steps of a plan, in order; see :func:`matching.accompaniment.ordering.ordered`."""
        services = () if catalogue is None else catalogue.services
        return ordered(plan.steps, services, self.rules, as_of=plan.as_of, pressing=pressing)

    def named(self, path: ToPrint, screen: str) -> ToPrint:
        """A path to print that says in which languages it is printed, and which have no PDF."""
        words = [self.words[language] for language in self.languages(screen)]
        names = [(one.say("language.name"), one.say("language.direction")) for one in words]
        return replace(
            path,
            languages=tuple(name for name, _ in names),
            page_only=tuple(name for name, direction in names if direction == "rtl"),
        )


def load_paths(data: Path, territory: Path, taxonomy: Taxonomy) -> Paths:
    """Read what paths need from a data folder and a territory folder.

    Raises
    ------
    DataError
        As what reads each file; also for a language of the policy that has no words.
    """
    paths = Paths(
        rules=load_order_rules(data / "measures", taxonomy),
        policy=find_agreement_policy(territory),
        words=load_agreement_words(data / "wording"),
    )
    for language in paths.policy.languages if paths.policy else ():
        if language not in paths.words:
            raise TerritoryError(
                f"agreement.toml: languages has {language!r}, which has no words; write one of "
                f"{', '.join(paths.words)}, or add data/wording/agreement/{language}.toml"
            )
    return paths
