"""SQLSTATE → Prisma code, sentence and meta: the one table, for every class of errors PostgreSQL has.

SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html
Prisma codes: https://www.prisma.io/docs/orm/reference/error-reference
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What one SQLSTATE means: its Prisma code (None where Prisma has none) and the sentence for people.

    `{server}` in the sentence stands for the server's primary message, and is only used where that message is
    made of names and SQL, never of values. `{constraint}`, `{table}` and `{column}` are names.
    """

    code: str | None
    sentence: str


LOST = Rule("P1017", "The database server closed the connection.")
RETRY = Rule(
    "P2034", "The transaction failed due to a write conflict or a deadlock. Run the transaction again."
)
DENIED = Rule("P1010", "The database refused access: {server}.")
INVALID = Rule("P2007", "A value is not valid for its column's type or for the function it is given to.")
FULL = Rule(None, "The database server is out of a resource: {server}.")
PLAIN = Rule(None, "The database refused the statement: {server}.")
CONSTRAINT = Rule("P2004", "A constraint failed on the database: {constraint}.")
FOREIGN_KEY = Rule("P2003", "Foreign key constraint violated: {constraint}.")
TOO_LONG_IDLE = Rule(
    "P2028", "Transaction already closed: the server ended it because it was idle or open for too long."
)

# An exact code wins over its class, the first two characters.
RULES: dict[str, Rule] = {
    "22001": Rule("P2000", "The provided value is too long for the column's type."),
    "22003": Rule("P2020", "A number is out of range for the column's type."),
    "22008": Rule("P2020", "A date or time is out of range for the column's type."),
    "22012": Rule("P2007", "A number was divided by zero."),
    "22015": Rule("P2020", "An interval is out of range for its type."),
    "22P03": Rule("P2007", "A value could not be read by the database in binary form."),
    "23001": FOREIGN_KEY,
    "23502": Rule("P2011", "Null constraint violated: column {column} of table {table} needs a value."),
    "23503": FOREIGN_KEY,
    "23505": Rule("P2002", "Unique constraint failed: {constraint}."),
    "25006": Rule(None, "The transaction is read-only, or the server is: {server}."),
    "25P03": TOO_LONG_IDLE,
    "25P04": TOO_LONG_IDLE,
    "28P01": Rule("P1000", "Authentication failed: the database server refused the user or the password."),
    "3D000": Rule("P1003", "The database does not exist on the server."),
    "3F000": Rule("P2021", "The schema does not exist in the database; run `prisma migrate deploy`."),
    "40002": CONSTRAINT,
    "40003": Rule(
        "P1017", "The connection was lost during COMMIT: whether the transaction took effect is unknown."
    ),
    "42501": DENIED,
    # Of the engine's own statements only a text for `search` is parsed by the server.
    "42601": Rule("P2007", "The text to search for is not a valid search query: {server}."),
    "42703": Rule("P2022", "A column does not exist in the database: {server}; run `prisma migrate deploy`."),
    "42P01": Rule("P2021", "A table does not exist in the database: {server}; run `prisma migrate deploy`."),
    "42P04": Rule("P1009", "The database exists already."),
    "53300": Rule("P2037", "The database server has no connection left: {server}."),
    "54000": Rule(
        None,
        "A value, or a row with its includes, is beyond a limit of the database: {server}. Store or ask for less at "
        "once, with take or fewer includes.",
    ),
    "54001": Rule(None, "The operation is too complex for the database: {server}. Ask for less at once."),
    "54023": Rule("P2029", "The statement has more parameters than the database accepts."),
    "55P03": Rule(
        "P1008", "A row or table is locked by another transaction, and the time to wait for it is over."
    ),
    "57014": Rule("P1008", "The operation timed out: the database cancelled the statement."),
    "57P03": Rule("P1001", "The database server does not accept connections now: {server}."),
    "57P04": Rule("P1003", "The database was dropped while the connection was open."),
    "08001": Rule("P1001", "The database server cannot be reached."),
    "08004": Rule("P1001", "The database server rejected the connection: {server}."),
    "08P01": Rule(None, "The database server did not understand what was sent: {server}."),
}
CLASSES: dict[str, Rule] = {
    "00": PLAIN,
    "01": PLAIN,
    "02": PLAIN,
    "03": PLAIN,
    "08": LOST,
    "09": PLAIN,
    "0A": PLAIN,
    "0B": PLAIN,
    "0F": PLAIN,
    "0L": DENIED,
    "0P": DENIED,
    "0Z": PLAIN,
    "10": PLAIN,
    "20": PLAIN,
    "21": PLAIN,
    "22": INVALID,
    "23": CONSTRAINT,
    "24": PLAIN,
    "25": PLAIN,
    "26": PLAIN,
    "27": PLAIN,
    "28": DENIED,
    "2B": PLAIN,
    "2D": PLAIN,
    "2F": PLAIN,
    "34": PLAIN,
    "38": PLAIN,
    "39": PLAIN,
    "3B": PLAIN,
    "3D": PLAIN,
    "3F": PLAIN,
    "40": RETRY,
    "42": PLAIN,
    "44": CONSTRAINT,
    "53": FULL,
    "54": FULL,
    "55": PLAIN,
    "57": LOST,
    "58": FULL,
    "72": PLAIN,
    "F0": PLAIN,
    "HV": PLAIN,
    "P0": PLAIN,
    "XX": PLAIN,
}
UNKNOWN = Rule(None, "The database answered with an error this version does not know (SQLSTATE {sqlstate}).")


def find_rule(sqlstate: str) -> Rule:
    """Return the rule of a SQLSTATE, of its class, or the one for codes that no PostgreSQL has yet."""
    return RULES.get(sqlstate) or CLASSES.get(sqlstate[:2], UNKNOWN)
