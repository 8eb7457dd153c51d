-- What was published, by which run, with which model. Runs unchanged on DuckDB and PostgreSQL.
-- A run's id is unique within its pipeline, so is a model's version (which is its train run's id).

-- One row a model that has published.
CREATE TABLE trainyard.models (
    pipeline text NOT NULL,
    model text NOT NULL,
    as_of timestamptz NOT NULL,
    trained_at timestamptz NOT NULL,
    learned_through timestamptz,
    metric text NOT NULL,
    value double precision,
    promoted boolean NOT NULL,
    reason text NOT NULL,
    definition_hash text NOT NULL,
    sql text NOT NULL,
    sql_sha256 text NOT NULL,
    training_data text NOT NULL,
    training_data_sha256 text NOT NULL,
    package text NOT NULL,
    card_sha256 text NOT NULL,
    image text,
    commit_hash text,
    PRIMARY KEY (pipeline, model)
);

-- One row a run that has published.
CREATE TABLE trainyard.runs (
    pipeline text NOT NULL,
    run text NOT NULL,
    kind text NOT NULL,
    as_of timestamptz NOT NULL,
    model text NOT NULL,
    model_override boolean NOT NULL,
    definition_hash text NOT NULL,
    sql_sha256 text NOT NULL,
    folder text NOT NULL,
    image text,
    commit_hash text,
    started_at timestamptz NOT NULL,
    published_at timestamptz NOT NULL,
    "rows" bigint NOT NULL,
    PRIMARY KEY (pipeline, run),
    FOREIGN KEY (pipeline, model) REFERENCES trainyard.models (pipeline, model)
);

-- One row a step of such a run: what it cost.
CREATE TABLE trainyard.run_steps (
    pipeline text NOT NULL,
    run text NOT NULL,
    step text NOT NULL,
    seconds double precision NOT NULL,
    cpu_seconds double precision NOT NULL,
    peak_memory_bytes bigint NOT NULL,
    bytes_in bigint NOT NULL,
    bytes_out bigint NOT NULL,
    "rows" bigint NOT NULL,
    PRIMARY KEY (pipeline, run, step),
    FOREIGN KEY (pipeline, run) REFERENCES trainyard.runs (pipeline, run)
);

-- One row a table of predictions: whose it is, and the shape that it keeps.
CREATE TABLE trainyard.prediction_tables (
    table_name text NOT NULL PRIMARY KEY,
    pipeline text NOT NULL,
    task text NOT NULL,
    key_columns text NOT NULL,
    created_at timestamptz NOT NULL
);

-- From a prediction to everything it came from:
-- SELECT * FROM trainyard.flights_predictions JOIN trainyard.lineage USING (pipeline, run)
CREATE VIEW trainyard.lineage AS
SELECT
    runs.pipeline,
    runs.run,
    runs.as_of AS run_as_of,
    runs.published_at,
    runs.model_override,
    runs.sql_sha256 AS run_sql_sha256,
    runs.folder AS run_folder,
    runs.image AS run_image,
    runs.commit_hash AS run_commit,
    models.as_of AS model_as_of,
    models.trained_at,
    models.learned_through,
    models.metric,
    models.value AS metric_value,
    models.promoted,
    models.reason,
    models.definition_hash,
    models.sql,
    models.sql_sha256,
    models.training_data,
    models.training_data_sha256,
    models.package,
    models.card_sha256,
    models.image AS model_image,
    models.commit_hash AS model_commit
FROM trainyard.runs AS runs
JOIN trainyard.models AS models ON models.pipeline = runs.pipeline AND models.model = runs.model;
