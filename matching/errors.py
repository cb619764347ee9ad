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
    │       └── OutOfTurnError   what would happen to it cannot happen as it stands just now
    ├── StoreError           the database, its keys or its journal cannot be used
    │   ├── JournalError     the journal was altered, or an act would leave no trace in it
    │   └── KeyringError     the keys that what is kept is sealed with cannot be used
    ├── RefusedError         what was asked is refused: the state of things, or who asks
    │   ├── UnknownError     there is no such thing, or it is not for whoever asks
    │   ├── ForbiddenError   not with this role, or not for this purpose
    │   ├── StaleError       somebody else changed it meanwhile
    │   └── ConflictError    it is so already, or other things stand in the way
    ├── ProviderError        the identity provider in front does not answer, or not as one does
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


class OutOfTurnError(InputError):
    """What is told of something cannot happen to it as it stands just now."""


class StoreError(ValoriamoError):
    """The database, the keys or the journal of an installation cannot be used."""


class JournalError(StoreError):
    """The journal does not hold together, or something would be done without a trace in it."""


class KeyringError(StoreError):
    """Keys are missing, weak, readable by others, or not those that something was sealed with."""


class RefusedError(ValoriamoError):
    """What was asked is refused; the message says why and what to do instead."""


class UnknownError(RefusedError):
    """There is no such thing for whoever asks."""


class ForbiddenError(RefusedError):
    """Whoever asks may not do this, or not for this purpose."""


class StaleError(RefusedError):
    """It was changed by somebody else since it was read."""


class ConflictError(RefusedError):
    """The state of things does not allow it."""


class ProviderError(ValoriamoError):
    """The identity provider cannot be reached, or does not answer as one does."""


class FeatureError(ValoriamoError):
    """A feature frame does not have the declared columns."""


class ModelError(ValoriamoError):
    """A model cannot be packed, verified, opened or promoted, or the registry cannot be used."""


class SettingsError(ValoriamoError):
    """A process setting cannot be used."""
