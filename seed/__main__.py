"""`python -m seed`."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C is answered from the first import on."""
    try:
        from seed.cli import app

        app(prog_name="python -m seed")
    except KeyboardInterrupt:
        sys.stderr.write("✗ Interrupted before anything was written.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
