"""Say what a part of the shop is: tables of rows, in the order they must be written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, object]

# The field that names a row to people. A row that is already there under another id is found by it.
NATURAL_KEYS = {
    "role": "name",
    "permission": "key",
    "user": "email",
    "category": "slug",
    "media": "assetId",
    "product": "slug",
    "productvariant": "sku",
    "collection": "slug",
    "coupon": "code",
    "order": "reference",
}

# Every foreign key that points at a table above, wherever it stands.
REFERENCES = {
    "roleId": "role",
    "permissionId": "permission",
    "userId": "user",
    "parentId": "category",
    "categoryId": "category",
    "mediaId": "media",
    "productId": "product",
    "productVariantId": "productvariant",
    "variantId": "productvariant",
    "collectionId": "collection",
    "couponId": "coupon",
    "orderId": "order",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Say between which values of a field all keys of a table's rows lie, and no others; `last` is not one of them."""

    field: str
    first: str
    last: str

    @property
    def where(self) -> Mapping[str, object]:
        """Return the filter that finds the rows."""
        return {self.field: {"gte": self.first, "lt": self.last}}


@dataclass(frozen=True, slots=True)
class Table:
    """Hold rows of one model; `name` is the client's attribute for it, for example `productvariant`.

    With a span, what is there is counted without sending keys, and where nothing is, rows come by COPY.
    """

    name: str
    rows: Sequence[Row]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Hold what is written in one transaction."""

    name: str
    tables: tuple[Table, ...]
    # Sequences and the last number that rows of this part took of them.
    sequences: tuple[tuple[str, int], ...] = ()

    @property
    def turn(self) -> str:
        """Return what names the part among all that are written, also the blocks of one name."""
        spans = [table.span for table in self.tables if table.span]
        return f"{self.name} {spans[0].first}" if spans else self.name

    @property
    def size(self) -> int:
        """Count the rows of all tables."""
        return sum(len(table.rows) for table in self.tables)
