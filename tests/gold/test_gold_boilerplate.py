"""Nothing is found in texts in which nothing stands: the half of them that may be looked at."""

from datetime import date
from pathlib import Path

from matching.service import Service
from training.benchmarks.italian_extraction import outcomes
from training.benchmarks.italian_extraction_set import RowKind, Split, read_gold

AS_OF = date(2026, 11, 22)
EXTRACTION = Path(__file__).parents[2] / "data" / "gold" / "extraction"


def test_nothing_is_found_in_boilerplate(service: Service) -> None:
    texts = read_gold(EXTRACTION, Split.DEV).boilerplate or ()
    assert len(texts) == 15
    read = outcomes(service, texts, as_of=AS_OF)
    wrong = {one.document.id for one in read if any(one.found[kind] for kind in RowKind)}
    assert wrong == set()
