"""`python -m seed`."""

import signal
import sys


def main() -> None:
    """Run the command line; Ctrl-C is answered from the first import on."""
    try:
        from seed.cli import app

        app(prog_name="python -m seed")
    except KeyboardInterrupt:
        sys.stderr.write("✗ Interrupted before anything was written.\n")
        sys.exit(130)
    finally:
        # All is done but Python's own end, which Ctrl-C would only make look like a failure.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
