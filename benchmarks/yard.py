"""Our steps, run as users run them: programs with their command lines."""
import json
import os
import shutil

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
WORK = os.path.join(ROOT, "artifacts", "bench")
STORE = os.path.join(WORK, "store")


class Yard:
    """A pipeline of the benchmarks, its runs in a store of their own, and the warehouse."""

    def __init__(self, pipeline, warehouse):
        self.pipeline, self.warehouse = pipeline, warehouse
        self.place = os.path.join(STORE, pipeline)

    def step(self, name, run, *more):
        program = os.path.join(ROOT, "artifacts", "publish", "programs", "release", f"{name}.dll")
        env = {key: value for key, value in os.environ.items() if not key.startswith("TRAINYARD_")}
        env |= {"TRAINYARD_WAREHOUSE": self.warehouse.uri, "PGPASSWORD": self.warehouse.password}
        folder = os.path.join(HERE, "pipelines", self.pipeline) if name == "extract" else self.pipeline
        return measure.run(
            ["dotnet", program, "--pipeline", folder, "--run-id", run, "--store", STORE, "--log", "json", *more], env
        )

    def again(self, name, run, *more):
        """A step as if for the first time: what it left is removed before."""
        shutil.rmtree(self.folder(run, name), ignore_errors=True)
        return self.step(name, run, *more)

    def extract(self, run, kind, as_of):
        shutil.rmtree(self.folder(run), ignore_errors=True)
        return self.step("extract", run, "--kind", kind, "--as-of", as_of)

    def folder(self, run, *more):
        return os.path.join(self.place, "runs", run, *more)

    def has(self, *path):
        return os.path.exists(os.path.join(self.place, *path))

    def manifest(self, run, step):
        with open(self.folder(run, step, "manifest.json"), encoding="utf-8") as file:
            return json.load(file)

    def parts(self, run, step):
        """The parts of a step's dataset, in order."""
        return [self.folder(run, step, part["file"]) for part in self.manifest(run, step)["dataset"]["parts"]]

    def forget_models(self):
        for what in ("models", "promotions"):
            shutil.rmtree(os.path.join(self.place, what), ignore_errors=True)

    def card(self, model):
        with open(os.path.join(self.place, "models", model, "card.json"), encoding="utf-8") as file:
            return json.load(file)
