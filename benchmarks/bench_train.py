"""train: LightGBM's fit of 100 trees of 31 leaves on fit and validation, against LightGBM's Python package on the
same rows.

Our step fits twice, measures, resamples and packages; the ratio is of the second fit alone, whose rows and size
the peer has (its log says when it begins and ends). Its rows are in LightGBM's bins already, since our fits share
them; so the peer's are put there before its clock starts. The whole step stands below, with the peer's bins."""
import json
import os
from datetime import datetime

import measure
from yard import WORK

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
    if not peers.lightgbm.is_there:
        table.absent("train against LightGBM", peers.lightgbm.why)
        return
    prepare_peer(yard, peers)
    medians = measure.side_by_side(rounds, ours=lambda: ours(yard), lightgbm=lambda: peer(yard, peers))
    table.ratio(
        "train 2 M rows, the fit", medians["ours"].seconds, "LightGBM (Python)", medians["lightgbm"].seconds, goal=1.1
    )
    auc = json.loads(medians["lightgbm"].output.splitlines()[1])["auc"]
    table.ratio(
        "train, AUC of the holdout",
        yard.card("trained")["evaluation"]["model"]["metric"]["value"],
        "LightGBM (Python)",
        auc,
        unit="AUC",
    )
    table.ratio(
        "train, the whole step",
        yard.manifest("trained", "train")["cost"]["seconds"],
        "LightGBM's one fit",
        sum(json.loads(medians["lightgbm"].output.splitlines()[0])[part] for part in ("binning", "seconds")),
    )


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
