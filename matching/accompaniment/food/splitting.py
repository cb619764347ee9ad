"""Dividing whole portions by need: the method of the largest remainder, within limits."""

from collections.abc import Mapping


def split(portions: int, needs: Mapping[str, int], most: Mapping[str, int]) -> dict[str, int]:
    """Divide portions in proportion to needs, so that nobody has more than she can take.

    Who would have more than her limit has the limit, and the rest is divided among the others. What
    is left over after whole portions goes, one each, to the largest remainders; of equal ones to
    the larger need, then by name.

    Parameters
    ----------
    portions
        How many there are; what nobody can take is not divided.
    needs
        What each one needs, by name.
    most
        What each one can take at most; never more than the need is given.

    Returns
    -------
    dict of str to int
        By name, 0 included.

    >>> split(10, {"a": 30, "b": 20, "c": 1}, {"a": 30, "b": 3, "c": 1})
    {'a': 7, 'b': 3, 'c': 0}
    """
    limits = {name: min(need, most[name]) for name, need in needs.items()}
    given = dict.fromkeys(needs, 0)
    active = {name for name, limit in limits.items() if limit > 0}
    while active:
        total = sum(needs[name] for name in active)
        full = {name for name in active if portions * needs[name] >= limits[name] * total}
        if not full:
            break
        for name in full:
            given[name] = limits[name]
            portions -= limits[name]
        active -= full
    if active:
        total = sum(needs[name] for name in active)
        shares = {name: divmod(portions * needs[name], total) for name in active}
        left = portions - sum(whole for whole, _ in shares.values())
        favoured = sorted(active, key=lambda name: (-shares[name][1], -needs[name], name))[:left]
        for name in active:
            given[name] = shares[name][0] + (name in favoured)
    return given
