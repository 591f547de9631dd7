"""Write anew all that is written from the schema, the code and the measurements, and committed: `make write`.

Tests compare each with what would be written now, and name the one command that mends it; this is all of them in order.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# what is written, and by what; an OpenAPI document is made of the answers, and the report of all the rest
COMMANDS = {
    "lumi_db/dto/rows": ("python", "-m", "tools.rows"),
    "node/prisma": ("python", "-m", "tools.node_models"),
    "docs/openapi.json": ("lumi-db", "openapi", "--output", "docs/openapi.json"),
    "monitoring/grafana": ("python", "-m", "tools.dashboard"),
    "docs/metrics.md": ("python", "-m", "tools.metrics_page"),
    "docs/seeding.md": ("python", "-m", "seed", "tables"),
    "docs/query-optimization.md": ("python", "-m", "benchmarks.plans", "--indexes"),
    "docs/schema": ("python", "-m", "tools.schema_pages"),
    "docs/er": ("python", "-m", "tools.er_diagram"),
    "docs/messages.md": ("python", "-m", "tools.error_messages"),
    "README.md": ("python", "-m", "tools.readme"),
    "docs/PHASE-2-COMPLETION-REPORT.md": ("python", "-m", "tools.completion"),
}


def main() -> int:
    """Run the commands one after the other, and stop at the first that fails."""
    for what, (program, *arguments) in COMMANDS.items():
        print(f"  {what}", flush=True)
        done = subprocess.run([BIN / program, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            print(
                f"✗ {what} was not written: mend what is said above and run `make write` again.",
                file=sys.stderr,
            )
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
