"""Pay, as vacancies offer it and people ask for it: *RAL 22-26k*, *8,50 €/h lordi*.

An amount of money is a pay only beside a word for pay or a period; a firm's turnover, a meal
voucher, a rent are none. Where no period is said the size of the amount tells it, as it does to
any reader: nobody earns 1.400 euro an hour.
"""

import re
from collections.abc import Iterator
from types import MappingProxyType

from matching.domain import PayBasis, PayPeriod, SalaryFact

_AMOUNT = (
    r"\d{1,3}(?:[.'’]\d{3})+(?:,\d{1,2})?|\d{1,3},\d{3}(?![\d,])|\d{1,6}(?:[.,]\d{1,2})?(?!\d)"
)
_EURO = r"(?:€|euro\b|eur\b)"
_THOUSAND = r"(?:\s?(?:k|mila)\b)?"
_MONEY = (
    rf"(?P<c1>{_EURO}\s?\.?\s?)?(?P<a>{_AMOUNT})(?P<ak>{_THOUSAND})(?:,[-=])?(?P<c2>\s?{_EURO})?"
    r"(?:(?P<to>\s?(?:-|–|—|/|ai?|e|o|fino (?:a|ad)|ed? i)\s?(?:i |gli )?)"
    rf"(?P<c3>{_EURO}\s?)?(?P<b>{_AMOUNT})(?P<bk>{_THOUSAND})(?:,[-=])?(?P<c4>\s?{_EURO})?)?"
)
_NOUN = (
    r"(?:\bral\b|\br\.a\.l\.?|\bretribuzion\w+|\bstipendi\w*|\bcompens\w+|\bpaga\b|\bpaghe\b"
    r"|\bsalari\w*|\bpagamento\b|\bremunerazion\w+|\btrattamento economico|\brimborso spese"
    r"|\bindennita (?:di tirocinio|mensile|di partecipazione)|\bborsa (?:lavoro|di studio)"
    r"|\bpretes[ae] economic\w+|\brichiest[ae] economic\w+|\bsalary\b|\bwage\b|\bpay\b)"
)
# What may stand between such a word and a bare number; before euros other words may, too.
_DIRECT = re.compile(
    r"(?:[\s:(,=-]|\b(?:di|da|a|tra|fra|indicativ\w+|lord[aeio]|nett[aeio]|annu\w+|mensil[ei]"
    r"|mese|al"
    r"|circa|fino|base|orari[ao]|l?ora|partire|massim\w+|minim\w+|attuale|richiest\w+"
    r"|desiderat\w+"
    r"|pari|compres[aoi]|prevista|offert[ao]|range|e|in|ingresso|fiss[ao]|proposta|garantit\w+"
    r"|iniziale|d['’]ingresso|gross|net|of|from|between|la|il|dai|sui|intorno|agli|ai|su|sara"
    r"|euro)\b)*"
)
_FILL = r"(?P<fill>[^.;\n\d€]{0,50}?)"
_LIMIT = re.compile(r"\b(?:fino|massim\w+|max|non oltre|up)\b\W*(?:a|ad|ai|to|di)?\W*$")
_LEAST = re.compile(r"\b(?:da|partire|minim\w+|almeno|non meno|from)\b(?: d[ai])?\W*$")
_UNIT = (
    r"(?P<unit>\s?(?:/|all['’]|al|a|l['’]|per|ogni|x|di|€/)?\s?"
    r"(?:(?P<hour>h\b|or[ae]\b|orari[aoei]?\b|hours?\b|hr\b)|(?P<day>giorn(?:o|ata"
    r"|alier[oaie])\b|day\b|die\b)"
    r"|(?P<month>mes[ei]\b|mensil[ei]\b|mensilmente\b|months?\b)"
    r"|(?P<year>ann[oi]\b|annu[aoei]\b|annual[ei]\b|annuali\b|years?\b|yearly\b|ral\b)))?"
)
_TAX = (
    r"(?:[\s,(/-]{1,3}(?:(?:€|euro)\s?)?"
    r"(?:nett[oaie]|lord[oaie]|in busta|in tasca|gross|net)\b\)?)?"
)
_PAY = re.compile(rf"(?P<noun>{_NOUN}{_FILL})?(?<![\w.,/'’-]){_MONEY}(?P<tail>{_TAX}{_UNIT}{_TAX})")
_THOUSANDS = re.compile(r"\d\s?(?:k|mila)\b")
_HINT = re.compile(r"€|eur|\bral\b|r\.a\.l|stipend|retribu|paga|compens|salar|\bpay\b|wage")
_NET = re.compile(r"\bnett[oaie]\b|\bin (?:tasca|busta)\b|\bnet\b")
_GROSS = re.compile(r"\blord[oaie]\b|\bral\b|\br\.a\.l|\bgross\b")
_IN_NOUN = (
    (PayPeriod.YEAR, re.compile(r"\bral\b|r\.a\.l|\bannu\w+|\bannual\w")),
    (PayPeriod.HOUR, re.compile(r"\borari[ao]\b|\bora\b")),
    (PayPeriod.DAY, re.compile(r"\bgiornalier")),
    (PayPeriod.MONTH, re.compile(r"\bmensil[ei]\b|\bmese\b")),
)
# Money that is no pay, named before the amount in the same clause.
_OTHER_MONEY = re.compile(
    r"\b(?:fatturat\w+|buon[oi] (?:pasto|spesa|carburante)|ticket|welfare|bonus|premi\w*"
    r"|capitale|budget"
    r"|incass\w+|affitt\w+|canone|cost\w+|prezz\w+|quot[ae]|mutuo|debit\w+|contribut\w+"
    r"|incentiv\w+"
    r"|sconto|investiment\w+|ricav\w+|appalt\w+|importo (?:dei|lavori)|naspi|reddito|isee"
    r"|assegno|multa"
    r"|deposit\w+|trasfert[ae]|diaria|superminimo|fringe|convenzion\w+|provvigion\w+"
    r"|(?<!rimborso )spes[ae](?! di)"
    r"|rimborso (?:km|chilometrico)|cors[oi]|ultim[oa]|attual[ei]|precedent[ei]"
    r"|percepi\w+|prendevo|guadagnavo)\b[^.;\n]{0,40}$"
)
_ITS_MONEY_AFTER = re.compile(
    r"\s?(?:di |in )?(?:fatturato|buon[oi] pasto|ticket|welfare|bonus|premio|budget|buon[oi]\b"
    r"|(?:a|per|al) (?:serata|turno|servizio|pezzo|consegna|prestazione|notte|partita)\b"
    r"|di (?:multa|sconto))"
)
_PLAUSIBLE = MappingProxyType(
    {
        PayPeriod.HOUR: (3.0, 150.0), PayPeriod.DAY: (15.0, 1_000.0),
        PayPeriod.MONTH: (100.0, 15_000.0), PayPeriod.YEAR: (2_000.0, 200_000.0),
    }
)  # fmt: skip
# Amounts without a period: from so much to so much.
_BY_SIZE = (
    (PayPeriod.HOUR, 4.0, 30.0),
    (PayPeriod.MONTH, 350.0, 8_000.0),
    (PayPeriod.YEAR, 10_000.0, 200_000.0),
)


def salaries(text: str, words: str) -> Iterator[SalaryFact]:
    """Amounts of pay in plain text, in order; pay *da CCNL* names no amount.

    >>> [(s.low, s.high, s.period.value) for s in salaries(*["ral 22-26k"] * 2)]
    [(22000.0, 26000.0, 'year')]
    """
    if not _HINT.search(words):
        return
    for match in _PAY.finditer(words):
        found = _salary(text, words, match)
        if found is not None:
            yield found


def _salary(text: str, words: str, match: re.Match[str]) -> SalaryFact | None:
    noun = match["noun"] or ""
    euro = any(match[name] for name in ("c1", "c2", "c3", "c4"))
    unit = next((name for name in ("hour", "day", "month", "year") if match[name]), None)
    said = bool(unit or _NET.search(match["tail"]) or _GROSS.search(match["tail"]))
    # "stipendio 1400" needs no currency, "10 euro l'ora" no noun; "2 anni" has neither.
    named = bool(noun) and (euro or _THOUSANDS.search(match.group()) is not None)
    bare = bool(noun) and _is_large(match) and _DIRECT.fullmatch(match["fill"]) is not None
    if not (named or bare or euro and said):
        return None
    before = words[max(0, match.start() - 60) : match.start()]
    if _OTHER_MONEY.search(before + noun) or _ITS_MONEY_AFTER.match(words, match.end()):
        return None
    low, high = _bounds(match, before + noun)
    values = [value for value in (low, high) if value is not None]
    period = _period(noun, unit, values)
    if period is None:
        return None
    least, most = _PLAUSIBLE[period]
    if not all(least <= value <= most for value in values):
        return None
    start, end = match.span()
    while end > start and text[end - 1] in " \t\n,(-/":
        end -= 1
    return SalaryFact(
        low=low,
        high=high,
        currency="EUR",
        period=period,
        basis=_basis(noun + match["tail"], words[match.end() : match.end() + 20]),
        evidence=text[start:end],
        start=start,
        end=end,
    )


def _is_large(match: re.Match[str]) -> bool:
    return bool(match["ak"] or match["bk"]) or _number(match["a"]) >= 350 or "," in match["a"]


def _bounds(match: re.Match[str], before: str) -> tuple[float | None, float | None]:
    """The least and the most; of one amount both, unless it is said to be a bound."""
    first = _number(match["a"]) * (1_000 if match["ak"] else 1)
    if match["b"] is not None:
        second = _number(match["b"]) * (1_000 if match["bk"] else 1)
        # "22-26k", "da 22 a 26mila": the thousand is said once.
        if match["bk"] and not match["ak"] and first < 1_000:
            first *= 1_000
        return min(first, second), max(first, second)
    if _LIMIT.search(before):
        return None, first
    if _LEAST.search(before):
        return first, None
    return first, first


def _number(written: str) -> float:
    """Italian figures: dots between thousands, a comma before cents; English ones where plain."""
    digits = written.replace("'", ".").replace("’", ".")
    if re.fullmatch(r"\d{1,3},\d{3}", digits):
        return float(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    return float(digits.replace(",", "."))


def _period(noun: str, unit: str | None, values: list[float]) -> PayPeriod | None:
    if unit is not None:
        return PayPeriod(unit)
    for period, pattern in _IN_NOUN:
        if pattern.search(noun):
            return period
    for period, least, most in _BY_SIZE:
        if all(least <= value <= most for value in values):
            return period
    return None


def _basis(own: str, after: str) -> PayBasis:
    near = re.split(r"[.;\n]", after)[0]
    for part in (own, near):
        if _NET.search(part):
            return PayBasis.NET
        if _GROSS.search(part):
            return PayBasis.GROSS
    return PayBasis.UNKNOWN
