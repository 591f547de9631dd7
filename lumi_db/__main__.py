"""`python -m lumi_db` is `lumi-db`."""

from lumi_db.cli import main

if __name__ == "__main__":
    main()
