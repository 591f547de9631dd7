"""`python -m lumi_db` is `lumi-db`."""

from __future__ import annotations

import signal
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
    finally:
        # All is done but Python's own end, which Ctrl-C would only make look like a failure.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
