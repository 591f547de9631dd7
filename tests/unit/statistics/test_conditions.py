"""Conditions as PostgreSQL prints them; tests/integration/statistics has them from the server itself."""

from __future__ import annotations

import pytest

from lumi_db.statistics.conditions import read_conditions
from lumi_db.statistics.index_faults import create_index, index_name, prisma_index


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(shop = 5)", ["shop equal"]),
        ("((shop = 5) AND (at > now()))", ["shop equal", "at range"]),
        ("""((o."shopId" = s.id) AND ((o.status)::text = 'A'::text))""", ["shopId equal", "status equal"]),
        ("(status = ANY ('{A,B}'::\"OrderStatus\"[]))", ["status equal"]),
        ("(('x AND y = 1'::text = name) AND (b <> 2))", ["name equal"]),
        ("((a = 1) OR (b = 2))", []),
        ("((a = 1) AND ((b = 2) OR (c = 3)))", ["a equal"]),
        (
            "(paid AND (NOT sent) AND (gone IS NULL) AND (seen IS NOT NULL))",
            ["paid flag", "sent flag", "gone empty"],
        ),
        ("((at >= '1'::date) AND (at < '2'::date))", ["at range"]),
        ("(lower((email)::text) = $1)", ["(lower((email)::text)) equal"]),
        ("(lower(o.email) = 'x'::text)", ["(lower(email)) equal"]),
        ("(date_trunc('day'::text, at) = now())", []),
        ("(o.a = o.b)", []),
        ("((name ~~ '%x%'::text) AND (5 < price))", ["price range"]),
        ("(random() < '0.1'::double precision)", []),
    ],
)
def test_what_an_index_can_serve_is_read(text: str, found: list[str]) -> None:
    assert [f"{one.column} {one.kind}" for one in read_conditions(text, alias="o")] == found


def test_an_index_has_prismas_name_and_prismas_limit() -> None:
    assert index_name("Order", ["userId", "createdAt"]) == "Order_userId_createdAt_idx"
    long = index_name("ProductVariant", ["a" * 40, "b" * 40])
    assert (len(long), long[-4:]) == (63, "_idx")


def test_an_index_on_an_expression_has_no_line_in_the_schema() -> None:
    columns = ["(lower(email))", "id"]
    assert prisma_index(columns) == ""
    assert create_index("User", columns) == (
        'CREATE INDEX CONCURRENTLY "User_expr_id_idx" ON "User" ((lower(email)), "id");'
    )
