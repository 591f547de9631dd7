"""What can go wrong in seeding, beyond what goes wrong in lumi_db; each message is one sentence."""

from lumi_db.errors import SetupError


class SeedError(SetupError):
    """The person who seeds must act."""


class UnknownProfile(SeedError):
    """No profile has this name."""


class NotInProduction(SeedError):
    """Only the profile `prod` may be seeded in production."""


class PasswordNeeded(SeedError):
    """The profile needs LUMI_ADMIN_PASSWORD."""


class PasswordTooLong(SeedError):
    """The administrator's password has more bytes than bcrypt reads."""


class ForeignRows(SeedError):
    """The database holds rows that are not the profile's own."""


class PartNotWritten(SeedError):
    """The connection or the server failed in the middle; the next run completes."""


class NotFinished(SeedError):
    """The connection or the server failed while the database was read, or rows were deleted; nothing is half done."""


class SeedConflict(SeedError):
    """The database refused a row, since it does not fit what is there."""


class BadChoice(SeedError):
    """An option asks for what cannot be."""
