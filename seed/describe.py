"""Write the tables of docs/seeding.md from the profiles themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from lumi_db.rules import DEFAULT_RULES
from seed.checks.orders import check_of_tax
from seed.checks.run import RULES
from seed.data import edges
from seed.plan import ADMIN
from seed.profiles import PROFILES
from seed.stage import FORGETFUL, LOCKED_OUT, SIGNED_OUT, SUSPENDED, UNVERIFIED

_MARKED = "<!-- {name} -->\n{text}<!-- end -->"
_COUNTED = (
    ("Products", "product", "status"),
    ("Products", "product", "inventoryPolicy"),
    ("Carts", "cart", "status"),
    ("Orders", "order", "status"),
    ("Payments", "payment", "status"),
    ("Payments", "payment", "provider"),
    ("Refunds", "paymentrefund", "status"),
    ("Reviews", "review", "status"),
    ("Coupons", "coupon", "type"),
    ("Customers", "user", "status"),
)


_ACCOUNTS: Mapping[str, str] = {
    UNVERIFIED: "has never confirmed the address, and has ordered nothing",
    LOCKED_OUT: "is locked after five wrong passwords",
    SUSPENDED: "is suspended",
    SIGNED_OUT: "has signed out: the session is revoked",
    FORGETFUL: "has asked for a new password and set it",
}


class _Counts:
    """Counts the rows of a profile by part, by table, and by the values that tell them apart."""

    def __init__(self, profile: str) -> None:
        plan = PROFILES[profile].plan()
        self.needs = plan.needs
        self.parts: Counter[str] = Counter({ADMIN: 2})
        self.tables: Counter[str] = Counter(user=1, userrole=1)
        self.values: Counter[tuple[str, str, str]] = Counter()
        for part in plan.parts():
            self.parts[part.name] += part.size
            for table in part.tables:
                self.tables[table.name] += len(table.rows)
                fields = [field for _, name, field in _COUNTED if name == table.name]
                for field in fields:
                    self.values.update((table.name, field, str(row.get(field, "-"))) for row in table.rows)


def write_tables(path: Path) -> bool:
    """Write the tables between their marks anew and tell whether the page has changed."""
    before = path.read_text(encoding="utf-8")
    after = fill(before)
    path.write_text(after, encoding="utf-8")
    return before != after


def fill(page: str) -> str:
    """Return the page with every marked table as it is now."""
    counts = {name: _Counts(name) for name in PROFILES}
    tables = {
        "edges": _edges(),
        "parts": _parts(counts),
        "kinds": _kinds(counts),
        "needs": _needs(counts),
        "rules": _rules(),
    }
    for name, lines in tables.items():
        text = "".join(f"{line}\n" for line in lines)
        page = re.sub(
            rf"<!-- {name} -->\n.*?<!-- end -->",
            lambda _, name=name, text=text: _MARKED.format(name=name, text=text),  # type: ignore[misc]
            page,
            flags=re.DOTALL,
        )
    return page


def _parts(counts: dict[str, _Counts]) -> Iterator[str]:
    names = list(dict.fromkeys(part for count in counts.values() for part in count.needs))
    yield _row("part", *counts)
    yield _row("---", *("---:" for _ in counts))
    for name in names:
        yield _row(name, *(_number(count.parts[name]) for count in counts.values()))
    yield _row("all", *(_number(sum(count.parts.values())) for count in counts.values()))


def _kinds(counts: dict[str, _Counts]) -> Iterator[str]:
    shops = [count for name, count in counts.items() if PROFILES[name].is_shop]
    yield _row("rows", "field", "value", *(name for name in counts if PROFILES[name].is_shop))
    yield _row("---", "---", "---", *("---:" for _ in shops))
    for title, table, field in _COUNTED:
        values = sorted({key[2] for count in shops for key in count.values if key[:2] == (table, field)})
        for value in values:
            numbers = (_number(count.values[(table, field, value)]) for count in shops)
            yield _row(title, f"`{field}`", value, *numbers)


def _edges() -> Iterator[str]:
    yield _row("name", "what it is")
    yield _row("---", "---")
    for product in edges.PRODUCTS:
        told = f"a product for {product.price} TRY, {product.stock} in stock"
        yield _row(f"`{product.slug}`", f"{told}, deleted" if product.is_deleted else told)
    for user in edges.USERS:
        yield _row(f"`{user.email}`", "a deleted account" if user.is_deleted else f"{user.first} {user.last}")
    for coupon in edges.COUPONS:
        yield _row(f"`{coupon.code}`", coupon.description)
    for name, told in _ACCOUNTS.items():
        yield _row(f"`{name}`", told)


def _needs(counts: dict[str, _Counts]) -> Iterator[str]:
    yield _row("part", "needs in demo and dev (`edges`: dev alone)", "needs in qa")
    yield _row("---", "---", "---")
    demo, qa = counts["dev"].needs, counts["qa"].needs
    for name in dict.fromkeys((*demo, *qa)):
        yield _row(name, *(", ".join(needs[name]) or "-" if name in needs else "" for needs in (demo, qa)))


def _rules() -> Iterator[str]:
    yield _row("rule", "what is wrong where it is broken")
    yield _row("---", "---")
    for check in (*RULES, check_of_tax(DEFAULT_RULES.tax_rate)):
        yield _row(f"`{check.name}`", check.wrong)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _number(count: int) -> str:
    return f"{count:,}" if count else "-"
