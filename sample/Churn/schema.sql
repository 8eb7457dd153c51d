-- Subscribers of an online service, the same on DuckDB and PostgreSQL. All of it is made up.

DROP TABLE IF EXISTS complaints;
DROP TABLE IF EXISTS visits;
DROP TABLE IF EXISTS subscribers;
DROP TABLE IF EXISTS churn_info;

CREATE TABLE subscribers (             -- one row a subscriber
    subscriber_id bigint PRIMARY KEY,
    joined_at     timestamptz NOT NULL,
    plan          text NOT NULL,       -- basic, plus or pro
    country       text,                -- null where nobody asked
    cancelled_at  timestamptz          -- null while the subscription lasts
);

CREATE TABLE visits (                  -- one row a visit
    subscriber_id bigint NOT NULL REFERENCES subscribers (subscriber_id),
    visited_at    timestamptz NOT NULL,
    minutes       double precision NOT NULL,
    received_at   timestamptz NOT NULL -- later than the visit: a phone may have been without a connection for days
);

CREATE TABLE complaints (              -- one row a complaint
    subscriber_id bigint NOT NULL REFERENCES subscribers (subscriber_id),
    opened_at     timestamptz NOT NULL
);

CREATE TABLE churn_info (              -- what is known about this sample: source
    key   text PRIMARY KEY,
    value text NOT NULL
);
