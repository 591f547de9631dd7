"""Seed a profile into an open database."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from lumi_db.scope import importing
from seed.ahead import write_all
from seed.data.access import ADMIN_EMAIL
from seed.data.customers import LOCKED_PASSWORD_HASH
from seed.errors import NotInProduction, PasswordNeeded
from seed.passwords import Password, choose_password, start_hashing
from seed.people import user_id
from seed.plan import ADMIN, Plan
from seed.profiles import Profile, get_profile

if TYPE_CHECKING:
    from lumi_db import Database
    from lumi_db.client import Prisma
    from lumi_db.config import Settings
    from seed.tables import Part
    from seed.writer import PartResult, Writer

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SeedResult:
    """Say what a run did, part by part.

    `admin_password` is the administrator's if this run made one up: show it once and keep it nowhere.
    """

    profile: str
    parts: tuple[PartResult, ...]
    seconds: float
    admin_password: SecretStr | None = None

    @property
    def created(self) -> int:
        """Count the rows that were created."""
        return sum(part.created for part in self.parts)

    @property
    def changed(self) -> int:
        """Count the rows that were given the profile's values."""
        return sum(part.changed for part in self.parts)

    @property
    def existing(self) -> int:
        """Count the rows that were there already."""
        return sum(part.existing for part in self.parts)


async def run_seed(
    db: Database,
    profile: str = "demo",
    *,
    plan: Plan | None = None,
    progress: Progress | None = None,
    admin_password: SecretStr | None = None,
    on_wait: Callable[[], None] | None = None,
    is_meant: bool = False,
    overwrite: bool = False,
) -> SeedResult:
    """Seed a profile; what is there already is left as it is, so a second run changes nothing.

    `plan` is the profile's with choices of one's own; `is_meant` allows a shop in production;
    `overwrite` gives rows that differ the profile's values, but for passwords.
    `progress` is called with the part's name, the rows done and the rows in all; `on_wait` when another
    run is waited for. `admin_password` wins over LUMI_ADMIN_PASSWORD. Each part is one transaction: a run
    that is interrupted loses the part it was in, and the next run completes it. Raises `SeedError`.
    """
    chosen = get_profile(profile)
    settings = db.settings
    from seed.writer import Writer

    check_allowed(chosen, settings, is_meant=is_meant)
    given = admin_password or settings.lumi_admin_password
    plan = plan or chosen.plan()
    with importing():
        password = await _password_for_admin(db.client, chosen, given=given) if ADMIN in plan.wanted else None
        writer = Writer(db, on_wait=on_wait, overwrite=overwrite)
        return await _run(chosen, plan, password, writer, progress)


def check_allowed(profile: Profile, settings: Settings, *, is_meant: bool = False) -> None:
    """Raise `NotInProduction` if a shop would be made in production and nobody said that it is meant."""
    if profile.is_shop and settings.lumi_env == "production" and not is_meant:
        raise NotInProduction(
            f"LUMI_ENV is production, where only the profile prod is seeded without --yes: "
            f"{profile.name} was not written."
        )


async def _password_for_admin(
    client: Prisma, profile: Profile, *, given: SecretStr | None
) -> Password | None:
    """Return the password to give the administrator, or None if there is one already."""
    if await client.user.count(where={"OR": [{"email": ADMIN_EMAIL}, {"id": user_id(ADMIN_EMAIL)}]}):
        return None
    if given is None and not profile.is_shop:
        raise PasswordNeeded(
            f"The profile {profile.name} makes the administrator {ADMIN_EMAIL}: "
            "set LUMI_ADMIN_PASSWORD, which it takes from nowhere else."
        )
    return choose_password(given)


async def _run(
    profile: Profile,
    plan: Plan,
    password: Password | None,
    writer: Writer,
    progress: Progress | None,
) -> SeedResult:
    from seed.access import admin_part
    from seed.strangers import describe_strangers

    started = time.perf_counter()
    hashing = start_hashing(password) if password else None
    if profile.is_shop:
        writer.foreign = await describe_strangers(writer.db.client, plan.named, tag=plan.tag)
    writer.on_rows = _Meter(plan.size + 2, progress).add
    results: dict[str, PartResult] = {}

    async def write(part: Part) -> None:
        _note(results, await writer.write(part))

    await write_all(plan.parts(), write)
    made_up = None
    if ADMIN in plan.wanted:
        # The administrator comes last: by then the hash is ready. One who is there keeps their own.
        admin = await writer.write(admin_part(await hashing if hashing else LOCKED_PASSWORD_HASH))
        _note(results, admin)
        made_up = password.secret if password and password.is_generated and admin.created else None
    return SeedResult(profile.name, tuple(results.values()), time.perf_counter() - started, made_up)


def _note(results: dict[str, PartResult], result: PartResult) -> None:
    """Add a result to those of the parts of its name."""
    before = results.get(result.name)
    results[result.name] = before.add(result) if before else result


@dataclass(slots=True)
class _Meter:
    """Counts the rows that are done and tells the caller."""

    total: int
    tell: Progress | None
    done: int = 0

    def add(self, part: str, rows: int) -> None:
        self.done += rows
        if self.tell is not None:
            self.tell(part, self.done, self.total)
