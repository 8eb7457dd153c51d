"""
Judges what flags odd rows on the tables of the suite that have some: learned and scored on the same rows without
their label, which only measures here. The figures are means of five seeds, beside scikit-learn's isolation forest of as
many trees; called by quality.py.
"""
import os
import shutil
import statistics

import measure
from quality_rows import Rows

SEEDS = range(1, 6)
# Components have no use for a seed.
TRAINERS = {"isolation_forest": SEEDS, "pca": SEEDS[:1]}
LINE = "{:<10} {:<17} {:>12} {:>12} {:>17} {:>12}"


def judge(tables, work, program, written):
    print("\n" + LINE.format("table", "figure", *TRAINERS, "scikit-learn's IF", "reached"))
    for suite in tables:
        table = Rows(suite)
        means = {
            trainer: [ours(table, trainer, seed, work, program, written) for seed in seeds]
            for trainer, seeds in TRAINERS.items()
        }
        means["theirs"] = [theirs(table, seed) for seed in SEEDS]
        for figure in figures(table, means["theirs"][0]):
            values = {name: [figures(table, scores)[figure] for scores in every] for name, every in means.items()}
            forest = values["isolation_forest"]
            ours_mean, peer = statistics.mean(forest), statistics.mean(values["theirs"])
            error = (statistics.variance(forest) + statistics.variance(values["theirs"])) ** 0.5
            verdict = "yes" if ours_mean >= peer - error / len(SEEDS) ** 0.5 else "no"
            cells = [f"{statistics.mean(values[name]):.3f}" for name in (*TRAINERS, "theirs")]
            print(LINE.format(suite.name, figure, *cells, verdict), flush=True)


def figures(table, scores):
    from sklearn import metrics
    return {
        "AUC": metrics.roc_auc_score(table.target, scores),
        "average precision": metrics.average_precision_score(table.target, scores),
    }


def theirs(table, seed):
    from sklearn.ensemble import IsolationForest
    return -IsolationForest(n_estimators=300, random_state=seed).fit(table.features).score_samples(table.features)


def ours(table, trainer, seed, work, program, written):
    """What a train run and a score run on all rows answer, in the order of the rows."""
    place = os.path.join(work, table.name, f"{trainer}{seed}")
    shutil.rmtree(place, ignore_errors=True)
    pipeline, store = os.path.join(place, table.name), os.path.join(place, "store")
    os.makedirs(pipeline)
    table.write(os.path.join(place, "rows.csv"))
    names = ", ".join(f'"{name}"' for name in table.features)
    for query in ("train", "score"):
        with open(os.path.join(pipeline, f"{query}.sql"), "w", encoding="utf-8") as file:
            file.write(f"SELECT row_id, {names} FROM read_csv('{place}/rows.csv', sample_size = -1)\n")
    with open(os.path.join(pipeline, "pipeline.yaml"), "w", encoding="utf-8") as file:
        file.write(f"""version: 1
name: {table.name}
rows: {{sql: {{train: train.sql, score: score.sql}}, key: [row_id]}}
features:
  numbers: [{names}]
model: {{task: anomaly, trainer: {trainer}, options: {{seed: {seed}}}}}
metric: flagged
""")
    open(f"{place}/yard.duckdb", "wb").close()
    measure.run(
        ["dotnet", program, "run", pipeline, "--warehouse", f"duckdb:{place}/yard.duckdb", "--store", store]
    )
    scores = {int(row["row_id"]): float(row["score"]) for row in written(store, "part")}
    return [scores[row] for row in range(len(table.features))]
