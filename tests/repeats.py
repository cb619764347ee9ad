"""How often a property is tried: a sample in `make test`, more in `make prove`."""

from hypothesis import settings

# The proof's profile in conftest.py asks for 2,000: 20 times what a test samples.
_SAMPLE = 100
_PROOF = 2_000


def examples(sample: int) -> int:
    """Examples for a test that tries ``sample`` of them in `make test`."""
    return max(sample, sample * settings().max_examples // _SAMPLE)


def in_full() -> bool:
    """Whether the long proofs are run in full (`make prove`)."""
    return settings().max_examples >= _PROOF
