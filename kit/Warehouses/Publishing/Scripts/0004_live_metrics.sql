-- The oldest version that may still write: 1.0
-- What became of predictions: which runs have held them against the labels that arrived, and what they measured.

-- One row a table of labels, NAME_actuals: whose it is, and the shape that it keeps.
CREATE TABLE trainyard.measured_tables (
    table_name text NOT NULL PRIMARY KEY,
    pipeline text NOT NULL,
    key_columns text NOT NULL,
    label_type text NOT NULL,
    has_view boolean NOT NULL,
    created_at timestamptz NOT NULL
);

-- One row a measure run. It has read the labels of cutoff_from < cutoff <= cutoff_to; where several have, those of the
-- greatest as-of stand in table_name, which is null if that table has been dropped since. Of the predictions measured,
-- those replayed were published when their labels could be known already. An alarm is empty where nothing is wrong, and
-- null where there is no telling.
CREATE TABLE trainyard.measured_runs (
    pipeline text NOT NULL,
    run text NOT NULL,
    table_name text,
    as_of timestamptz NOT NULL,
    cutoff_from timestamptz NOT NULL,
    cutoff_to timestamptz NOT NULL,
    definition_hash text NOT NULL,
    sql_sha256 text NOT NULL,
    folder text NOT NULL,
    image text,
    commit_hash text,
    measured_at timestamptz NOT NULL,
    measured bigint NOT NULL,
    replayed bigint NOT NULL,
    unlabelled bigint NOT NULL,
    unpublished bigint NOT NULL,
    hindsight bigint NOT NULL,
    alarm text,
    PRIMARY KEY (pipeline, run)
);

-- One row a metric: of a model, or where that is empty of all as they served; of a slice, or where that is empty of all
-- rows.
CREATE TABLE trainyard.live_metrics (
    pipeline text NOT NULL,
    run text NOT NULL,
    model text NOT NULL,
    slice text NOT NULL,
    cutoff_from timestamptz NOT NULL,
    cutoff_to timestamptz NOT NULL,
    metric text NOT NULL,
    value double precision,
    low double precision,
    high double precision,
    "rows" bigint NOT NULL,
    replayed bigint NOT NULL,
    baseline double precision,
    gain double precision,
    gain_low double precision,
    gain_high double precision,
    promised double precision,
    promised_low double precision,
    promised_high double precision,
    intervals text NOT NULL,
    PRIMARY KEY (pipeline, run, model, slice, cutoff_from, metric)
);
