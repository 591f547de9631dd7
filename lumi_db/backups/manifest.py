"""The manifest beside a dump: what it was taken from, what is in it, and the checksum it must have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter, ValidationError

from .contents import Contents, Roles
from .errors import FileProblem
from .files import check_readable, checksum, manifest_of
from .properties import Properties

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that a dump is compared with. `verified_at` is None until a restore of it was compared."""

    format: int
    sha256: str
    bytes: int
    database: str
    taken_at: datetime
    verified_at: datetime | None
    server_version: str
    pg_dump_version: str
    contents: Contents
    sequences_until: dict[str, int]
    roles: Roles
    properties: Properties

    @property
    def server_major(self) -> int:
        return int(self.server_version.split(".")[0])

    @property
    def pg_dump_major(self) -> int:
        return int(self.pg_dump_version.split(".")[0])

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.contents.tables.values())

    def verified(self) -> Self:
        """Return the same, verified now."""
        return replace(self, verified_at=datetime.now(UTC))

    def to_json(self) -> str:
        """Return the text of the file."""
        return _ADAPTER.dump_json(self, indent=1).decode() + "\n"


_ADAPTER = TypeAdapter(Manifest)


def read_manifest(file: Path) -> Manifest:
    """Read the manifest of the dump `file`. Raises FileProblem where it is missing or malformed."""
    check_readable(file)
    path = manifest_of(file)
    if not path.exists():
        raise FileProblem(
            f"{file} has no manifest {path.name} beside it, so nothing says whether it is whole: "
            "fetch that file too, or add --without-manifest."
        )
    check_readable(path)
    try:
        manifest = _ADAPTER.validate_json(path.read_bytes())
    except ValidationError:
        raise FileProblem(
            f"{path} is no manifest that this version can read: fetch it again from where it was copied, "
            "or add --without-manifest."
        ) from None
    if manifest.format != FORMAT:
        raise FileProblem(f"{path} has format {manifest.format}: restore it with the lumi-db that wrote it.")
    return manifest


def check_checksum(file: Path, manifest: Manifest) -> None:
    """Raise FileProblem where `file` is not the dump that `manifest` was written for."""
    found, size = checksum(file)
    if size != manifest.bytes:
        raise FileProblem(
            f"{file} has {size:,} bytes and not the {manifest.bytes:,} of its manifest: "
            "it was cut or belongs to another manifest; fetch it again, or take another backup."
        )
    if found != manifest.sha256:
        raise FileProblem(
            f"{file} is not what was written (its SHA-256 differs from the manifest's): "
            "fetch it again, or take another backup."
        )
