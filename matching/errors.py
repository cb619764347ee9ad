"""The exception tree. Every message says what, which value, and what to do.

::

    ValoriamoError
    ├── DocumentError        a file that cannot be read; carries a code of the closed list
    ├── DataError            data shipped with, or given to, the product is not valid
    │   ├── LexiconError     data/lexicon
    │   ├── TaxonomyError    an archive of the official taxonomy, or what was imported from it
    │   ├── TerritoryError   data/territories/<code>
    │   ├── WordingError     data/wording
    │   ├── FundError        what is asked of the fund cannot be done
    │   │   └── LedgerError  the fund's ledger cannot be read, or was altered
    │   └── InputError       a row or file that a user passed to a command
    ├── FeatureError         a frame does not have the columns that the catalog declares
    ├── ModelError           a model that was altered, may not serve, or has no place to be kept
    └── SettingsError        a VALORIAMO_* setting that cannot be used
"""

from matching.domain import DocumentErrorCode


class ValoriamoError(Exception):
    """Base of every error that the product raises on purpose."""


class DocumentError(ValoriamoError):
    """A document that was refused, with the code that says why."""

    def __init__(self, code: DocumentErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class DataError(ValoriamoError):
    """Data that is not valid."""


class LexiconError(DataError):
    """The lexicon does not hold together."""


class TaxonomyError(DataError):
    """An archive of the official taxonomy cannot be imported, or an import cannot be read."""


class TerritoryError(DataError):
    """A territory folder does not hold together."""


class WordingError(DataError):
    """A sentence is missing, or asks for a value that was not given."""


class FundError(DataError):
    """An operation that the fund's ledger refuses, or a request that no proposal can be made of."""


class LedgerError(FundError):
    """The fund's ledger cannot be read or written, or was altered after it was written."""


class InputError(DataError):
    """A row or file given by a user cannot be used."""


class FeatureError(ValoriamoError):
    """A feature frame does not have the declared columns."""


class ModelError(ValoriamoError):
    """A model cannot be packed, verified, opened or promoted, or the registry cannot be used."""


class SettingsError(ValoriamoError):
    """A process setting cannot be used."""
