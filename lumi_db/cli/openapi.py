"""`lumi-db openapi`: the OpenAPI document of the shop's API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from lumi_db.errors import SetupError

from .console import errors, out


def openapi(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write. Default: print it.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option("--check", help="Write nothing; exit with 1 unless this file is current.")
    ] = None,
) -> None:
    """Print the OpenAPI 3.1 document of the shop's API, made of the DTOs: what front ends generate their types from."""
    from lumi_db.openapi import make_document

    text = json.dumps(make_document(), ensure_ascii=False, indent=2) + "\n"
    if check is not None:
        if not check.is_file() or check.read_text(encoding="utf-8") != text:
            raise SetupError(f"{check} is not current: run `lumi-db openapi --output {check}`.")
        out.print(f"{check} is current.", markup=False)
    elif output is None:
        print(text, end="")
    else:
        _write(output, text)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SetupError(f"{path} cannot be written ({error.strerror}): choose another --output.") from None
    errors.print(f"Written: {path}", markup=False, soft_wrap=True)
