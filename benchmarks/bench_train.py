"""train: LightGBM's fit of 100 trees of 31 leaves on fit and validation, against LightGBM's Python package on the
same rows.

The ratio of the fit is of our second one alone, whose rows and size the peer has (our log says when it begins and
ends). Its rows are in LightGBM's bins already, since our fits share them; so the peer's are put there before its
clock starts.

The whole step is set beside a program of the usual Python packages that does the same from the same files
(peers/train_whole.py): three fits, calibration, metrics, resamples, importance by permutation. Ours also checks and
writes hashes, profiles the columns, explains a sample of answers, packages and decides; both are whole processes. A
step whose measured fit is what answers (`serve: measured`) fits twice; it is set beside one fit of the peer's, with
its bins."""
import json
import os
import statistics
from datetime import datetime

import measure
from yard import WORK, Yard

AS_OF = "2024-02-01"
ROWS, PEER_MODEL = os.path.join(WORK, "train"), os.path.join(WORK, "model.txt")


def prepare(yard):
    """Trains the model that score runs are served by, unless it is there."""
    if not yard.has("models", "trained", "card.json"):
        yard.extract("trained", "train", AS_OF)
        yard.step("features", "trained")
        ours(yard)


def prepare_peer(yard, peers):
    """The same model in LightGBM's own form, unless it is there."""
    prepare(yard)
    if not os.path.exists(PEER_MODEL):
        measure.run(peers.frames.command("rows_to_numpy", ROWS, *yard.parts("trained", "features")))
        peer(yard, peers)


def run(table, yard, peers, rounds):
    fit(table, yard, peers, rounds)
    whole(table, yard, peers, rounds)


def fit(table, yard, peers, rounds):
    if not peers.lightgbm.is_there:
        table.absent("train against LightGBM", peers.lightgbm.why)
        return
    prepare_peer(yard, peers)
    medians = measure.side_by_side(rounds, ours=lambda: ours(yard), lightgbm=lambda: peer(yard, peers))
    table.ratio(
        "train 2 M rows, the fit", medians["ours"].seconds, "LightGBM (Python)", medians["lightgbm"].seconds, goal=1
    )
    auc = json.loads(medians["lightgbm"].output.splitlines()[1])["auc"]
    table.ratio(
        "train, AUC of the holdout",
        yard.card("trained")["evaluation"]["model"]["metric"]["value"],
        "LightGBM (Python)",
        auc,
        unit="AUC",
    )
    measured = Yard("measured", yard.warehouse)
    measured.extract("trained", "train", AS_OF)
    measured.step("features", "trained")
    seconds = []
    for _ in range(rounds):
        ours(measured)
        seconds.append(measured.manifest("trained", "train")["cost"]["seconds"])
    table.ratio(
        "train, serve: measured",
        statistics.median(seconds),
        "LightGBM's one fit",
        sum(json.loads(medians["lightgbm"].output.splitlines()[0])[part] for part in ("binning", "seconds")),
        goal=2.3,
    )


def whole(table, yard, peers, rounds):
    if not peers.whole.is_there:
        table.absent("the whole train step", peers.whole.why)
        return
    prepare(yard)
    card = yard.card("trained")
    split = json.dumps(card["split"]["bounds"] | {"served_through": card["learned_through"]})
    parts = yard.parts("trained", "features")
    python = peers.whole.command("train_whole", split, PEER_MODEL + ".whole", *parts)

    def step():
        yard.forget_models()
        return yard.again("train", "trained", "--promote", "benchmark")

    medians = measure.side_by_side(rounds, ours=step, python=lambda: measure.run(python))
    for what, goal, unit, field in (("the whole step", 1.15, "s", "seconds"), ("memory", None, "MB", "megabytes")):
        figures = [getattr(medians[name], field) for name in ("ours", "python")]
        table.ratio(f"train, {what}", figures[0], "Python, the same work", figures[1], goal=goal, unit=unit)


def ours(yard):
    yard.forget_models()
    result = yard.again("train", "trained", "--promote", "benchmark")
    result.seconds = fit_seconds(result.output)
    return result


def peer(yard, peers):
    card = yard.card("trained")
    through = card.get("served", {}).get("measured_through", card["learned_through"])
    result = measure.run(peers.lightgbm.command("train_lightgbm", ROWS, through, PEER_MODEL))
    result.seconds = json.loads(result.output.splitlines()[0])["seconds"]
    return result


def fit_seconds(log):
    """From the line that says that the second fit begins to the next."""
    entries = [json.loads(line) for line in log.splitlines() if line.startswith('{"@t"')]
    steps = [
        (entry["What"], datetime.fromisoformat(entry["@t"][:26] + "+00:00"))
        for entry in entries
        if "What" in entry and not {"Rows", "Words"} & entry.keys()
    ]
    fit = next(i for i, (what, _) in enumerate(steps) if "trees on fit and validation" in what)
    return (steps[fit + 1][1] - steps[fit][1]).total_seconds()
