-- The oldest version that may still write: 1.0
-- How runs ended, and what trainings came to, also of those that have never published: runs and models are for what
-- has.

-- One row a run: its newest end.
CREATE TABLE trainyard.run_outcomes (
    pipeline text NOT NULL,
    run text NOT NULL,
    kind text,
    as_of timestamptz,
    model text,
    ended_at timestamptz NOT NULL,
    exit_code integer,
    sentence text NOT NULL,
    PRIMARY KEY (pipeline, run)
);

-- One row a train run that has measured its model; its run is the model's version.
CREATE TABLE trainyard.trainings (
    pipeline text NOT NULL,
    run text NOT NULL,
    as_of timestamptz NOT NULL,
    trained_at timestamptz NOT NULL,
    metric text NOT NULL,
    value double precision,
    low double precision,
    high double precision,
    baseline double precision,
    gain double precision,
    verdict text,
    champion boolean NOT NULL,
    reason text,
    decided_by text,
    decided_at timestamptz,
    PRIMARY KEY (pipeline, run)
);
