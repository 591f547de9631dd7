"""Say what a run writes: parts that are made one after the other, and what is the profile's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from seed.errors import BadChoice
from seed.tables import Part

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold what a run writes but for the administrator.

    `make_parts` makes the parts anew, one at a time; parts of one name may follow on one another. `size` counts
    their rows, roughly where there are very many. `needs` says which parts a part refers to. `named` are the
    parts whose rows are known by their ids, the others are known by the `tag` their ids begin with.
    """

    make_parts: Callable[[], Iterable[Part]]
    size: int
    needs: Mapping[str, tuple[str, ...]]
    named: tuple[Part, ...]
    tag: str = ""
    wanted: frozenset[str] = frozenset()

    def parts(self) -> Iterator[Part]:
        """Make the wanted parts, one at a time."""
        return (part for part in self.make_parts() if part.name in self.wanted)

    def choose(self, only: Iterable[str] = (), skip: Iterable[str] = ()) -> Plan:
        """Return the plan with the parts of `only` and what they need, without those of `skip` and what needs them.

        Raises `BadChoice` for a part that there is not.
        """
        wanted = self._with_needs(self._known(only)) if only else set(self.needs)
        skipped = set(self._known(skip))
        wanted = {name for name in wanted if not self._with_needs([name]) & skipped}
        return replace(self, wanted=frozenset(wanted))

    def _known(self, names: Iterable[str]) -> list[str]:
        given = list(names)
        if unknown := [name for name in given if name not in self.needs]:
            raise BadChoice(f"There is no part {unknown[0]!r}: there are {', '.join(self.needs)}.")
        return given

    def _with_needs(self, names: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for name in names:
            found |= {name} | self._with_needs(self.needs[name])
        return found
