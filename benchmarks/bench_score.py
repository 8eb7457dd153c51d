"""score: the prediction of 2,000,000 rows by 100 trees of 31 leaves, against LightGBM's predict; and publishing
them.

The prediction alone is the threads' time that our manifest names, against the processor time of LightGBM's
predict on all cores, both from encoded rows in memory; the whole step also reads and checks the features, counts
the inputs, and writes and hashes the predictions. Publishing replaces the run's rows in one transaction, with the
primary key on; psql and psycopg copy the same rows from one CSV file into a table with that key."""
import json
import os

import bench_train
import measure
from yard import WORK

DAY = "2024-02-01"
COLUMNS = "id, day, predicted_at, hindsight, probability, predicted"
COPIED = (
    "DROP TABLE IF EXISTS copied; CREATE TABLE copied (id bigint, day timestamptz, predicted_at timestamptz,"
    " hindsight boolean, probability float8, predicted boolean, run text DEFAULT 'scored',"
    " PRIMARY KEY (id, day, run))"
)


def prepare(yard):
    """The features of the day to score."""
    bench_train.prepare(yard)
    yard.extract("scored", "score", DAY)
    yard.step("features", "scored")


def predict(table, yard, peers, rounds):
    if not peers.lightgbm.is_there:
        table.absent("score against LightGBM", peers.lightgbm.why)
        return
    prepare(yard)
    bench_train.prepare_peer(yard, peers)
    rows = os.path.join(WORK, "score")
    measure.run(peers.frames.command("rows_to_numpy", rows, *yard.parts("scored", "features")))
    medians = measure.side_by_side(rounds, ours=lambda: ours(yard), lightgbm=lambda: peer(peers, rows))
    thread_seconds = shard(yard)["details"]["predicting_thread_seconds"]
    table.ratio(
        "score 2 M rows, predicting",
        thread_seconds,
        "LightGBM predict",
        json.loads(medians["lightgbm"].output.splitlines()[0])["cpu"],
        goal=0.7,
        unit="CPU s",
    )
    table.ratio(
        "score 2 M rows, the whole shard",
        medians["ours"].seconds,
        "LightGBM predict alone",
        medians["lightgbm"].seconds,
    )


def ours(yard):
    return yard.again("score", "scored", "--shard", "1/1")


def shard(yard):
    """The manifest of the one shard."""
    with open(yard.folder("scored", "score", "shard-1-of-1.json"), encoding="utf-8") as file:
        return json.load(file)


def peer(peers, rows):
    result = measure.run(peers.lightgbm.command("predict_lightgbm", rows, bench_train.PEER_MODEL))
    result.seconds = json.loads(result.output.splitlines()[0])["seconds"]
    return result


def publish(table, yard, peers, rounds):
    server, file = yard.warehouse, os.path.join(WORK, "predictions.csv")
    if not yard.has("runs", "scored", "score", "shard-1-of-1.json"):
        prepare(yard)
        ours(yard)
    join([yard.folder("scored", "score", part["file"]) for part in shard(yard)["dataset"]["parts"]], file)

    def published():
        if os.path.exists(done := yard.folder("scored", "score", "manifest.json")):
            os.remove(done)
        server.execute("-c", "DROP SCHEMA IF EXISTS trainyard CASCADE")
        return yard.step("score", "scored", "--publish", "1")

    def fresh():
        server.execute("-c", COPIED)

    def psql():
        fresh()
        return measure.run(
            server.command("-c", f"\\copy copied ({COLUMNS}) FROM '{file}' (FORMAT csv, HEADER)"), server.env
        )

    def psycopg():
        fresh()
        return measure.run(
            peers.frames.command("publish_psycopg", file, f"COPY copied ({COLUMNS}) FROM STDIN (FORMAT csv, HEADER)"),
            server.env,
        )

    contestants = {"ours": published, "psql": psql}
    if peers.frames.is_there:
        contestants["psycopg"] = psycopg
    else:
        table.absent("publishing against psycopg", peers.frames.why)
    medians = measure.side_by_side(rounds, **contestants)
    table.ratio("score --publish 2 M rows", medians["ours"].seconds, "psql \\copy", medians["psql"].seconds, goal=1)
    if "psycopg" in medians:
        table.ratio("score --publish 2 M rows", medians["ours"].seconds, "psycopg", medians["psycopg"].seconds)
    os.remove(file)


def join(parts, target):
    """One CSV with one header out of the parts."""
    with open(target, "wb") as whole:
        for number, part in enumerate(parts):
            with open(part, "rb") as file:
                header = file.readline()
                whole.write(header if number == 0 else b"")
                while block := file.read(1 << 20):
                    whole.write(block)
