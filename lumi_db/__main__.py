"""`python -m lumi_db` is `lumi-db`."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; it loads in here, so that Ctrl-C meanwhile shows no traceback either."""
    try:
        from lumi_db.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("✗ Interrupted.\n")
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
