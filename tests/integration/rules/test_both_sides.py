"""Every rule is shown on both sides: through the shop, and around it with SQL."""

from __future__ import annotations

from importlib import import_module

import pytest

from .rule import Rule
from .rules import BUSINESS_CONSTRAINTS, RULES, VALIDATION_RULES
from .test_refusals import REFUSALS

REFUSED = {refusal.rule for refusal in REFUSALS}
RULINGS = (3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_shown_through_the_shop_and_around_it(rule: Rule) -> None:
    is_refused = rule.name in REFUSED
    assert rule.through or is_refused, f"no test goes through the shop: {rule.name}"
    assert rule.around or is_refused, f"no test goes around the shop: {rule.name}"


@pytest.mark.parametrize("name", sorted({name for rule in RULES for name in (*rule.through, *rule.around)}))
def test_a_test_that_a_rule_names_exists(name: str) -> None:
    module, _, function = name.rpartition(".")
    assert function.startswith("test_")
    assert callable(getattr(import_module(f"tests.integration.{module}"), function))


def test_every_rule_is_named_once_and_every_refusal_belongs_to_one() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert set(names) >= REFUSED


def test_every_list_has_its_rules() -> None:
    assert (len(VALIDATION_RULES), len(BUSINESS_CONSTRAINTS)) == (7, 7)
    sources = {rule.name.partition(":")[0] for rule in RULES}
    assert sources == {"phase-2 9.2", "phase-2 9.3", *(f"rulings {number}" for number in RULINGS)}
