"""Say which card someone pays with: the providers' public test cards, known by token, BIN and last digits."""

from dataclasses import dataclass
from random import Random

from seed.ids import make_id
from seed.schema import enums


@dataclass(frozen=True, slots=True)
class Card:
    """Describe a test card."""

    bank: str
    family: str
    association: enums.CardAssociation
    type: enums.CardType
    bin: str
    last_four: str


CARDS = (
    Card("Akbank", "Axess", enums.CardAssociation.MASTERCARD, enums.CardType.CREDIT, "552608", "0006"),
    Card("Halkbank", "Paraf", enums.CardAssociation.MASTERCARD, enums.CardType.CREDIT, "552879", "0008"),
    Card("Garanti BBVA", "Bonus", enums.CardAssociation.MASTERCARD, enums.CardType.DEBIT, "540036", "0003"),
    Card("Yapı Kredi", "World", enums.CardAssociation.MASTERCARD, enums.CardType.CREDIT, "545103", "0000"),
    Card("Denizbank", "Bonus", enums.CardAssociation.VISA, enums.CardType.CREDIT, "476662", "0001"),
    Card("Ziraat Bankası", "Bankkart", enums.CardAssociation.TROY, enums.CardType.DEBIT, "979213", "0009"),
)


def card_of(email: str) -> Card:
    """Return the card of the account with this address."""
    return Random(f"card {email}").choice(CARDS)


def token_of(email: str) -> str:
    """Return the provider's token of that card."""
    return f"tok_{make_id('card', email)}"
