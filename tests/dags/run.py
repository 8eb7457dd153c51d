"""
Runs the tests of a folder: `tests/dags/run.py [FOLDER] [--results FILE]`. Those in this folder need Python alone,
those in with_airflow Airflow too (they run in its image), and those in running need Docker, and start an Airflow
of their own. Prints what fails, and writes the counts in the form (CTRF) in which tests/run adds them up.
"""
from __future__ import annotations

import argparse
import json
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default=".")
    parser.add_argument("--results")
    given = parser.parse_args()
    folder = HERE / given.folder
    sys.path[:0] = [str(HERE), str(HERE.parents[1] / "airflow" / "dags")]
    sys.dont_write_bytecode = True
    # Not those in the folders below, which are no packages.
    tests = unittest.defaultTestLoader.discover(str(folder), top_level_dir=str(folder))
    result = unittest.TextTestRunner(verbosity=0).run(tests)
    failures = result.failures + result.errors
    failed = len(failures)
    if given.results:
        skipped = [
            {"name": str(test), "status": "skipped", "duration": 0, "message": reason}
            for test, reason in result.skipped
        ]
        # The last line of a traceback says what was wrong.
        named = [
            {"name": str(test), "status": "failed", "duration": 0, "message": trace.rstrip().rpartition("\n")[2]}
            for test, trace in failures
        ]
        summary = {"passed": result.testsRun - failed - len(skipped), "failed": failed, "skipped": len(skipped)}
        Path(given.results).write_text(
            json.dumps({"results": {"summary": summary, "tests": named + skipped}}, separators=(",", ":"))
        )
    return 1 if failed or result.testsRun == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
