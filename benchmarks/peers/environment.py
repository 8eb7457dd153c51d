"""
The peers' Python: environments under artifacts/, from wheels beside the checkout or from the index that pip knows.
"""
import os
import subprocess
import sys

from yard import ROOT, WORK

WHEELS = os.environ.get("TRAINYARD_BENCH_WHEELS", os.path.join(ROOT, "..", "shared", "wheels"))


class Peers:
    """
    The Pythons that have the peers' packages; where one cannot be had, its benchmarks are left out and the table
    says so.
    """

    def __init__(self):
        self.frames = Environment(
            "frames", ["polars", "pandas", "psycopg", "psycopg-binary"], "polars, pandas, psycopg"
        )
        # LightGBM's wheel wants scipy, which comes from the system.
        self.lightgbm = Environment(
            "lightgbm", ["lightgbm", "narwhals"], "lightgbm, scipy, numpy", "--no-deps", system=True
        )
        # scikit-learn comes from the system as well.
        self.whole = Environment(
            "whole",
            ["lightgbm", "narwhals", "polars", "polars-runtime-32"],
            "lightgbm, polars, sklearn, scipy, numpy",
            "--no-deps",
            system=True,
        )
        if not self.frames.is_there:
            # Its rows are made into arrays by Polars.
            self.lightgbm.why, self.lightgbm.is_there = self.frames.why, False


class Environment:
    def __init__(self, name, packages, modules, *options, system=False):
        folder = os.path.join(WORK, "python", name)
        self.python, self.modules = os.path.join(folder, "bin", "python"), modules
        self.why = f"these Python packages are missing: {modules}"
        if not self.works():
            base = "/usr/bin/python3" if system and os.path.exists("/usr/bin/python3") else sys.executable
            source = ["--no-index", "--find-links", WHEELS] if os.path.isdir(WHEELS) else []
            subprocess.run(
                [base, "-m", "venv", *(["--system-site-packages"] if system else []), folder],
                check=False,
                capture_output=True,
            )
            if os.path.exists(self.python):
                subprocess.run(
                    [self.python, "-m", "pip", "install", "--quiet", *source, *options, *packages],
                    check=False,
                    capture_output=True,
                )
        self.is_there = self.works()

    def works(self):
        if not os.path.exists(self.python):
            return False
        imported = subprocess.run([self.python, "-c", f"import {self.modules}"], check=False, capture_output=True)
        return imported.returncode == 0

    def command(self, script, *arguments):
        return [self.python, os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{script}.py"), *arguments]
