-- Flats of a town, what they sold for, and when, the same on DuckDB and PostgreSQL. All of it is made up.

DROP TABLE IF EXISTS flats;
DROP TABLE IF EXISTS price_info;

CREATE TABLE flats (                   -- one row a flat that was put on the market
    flat_id     bigint PRIMARY KEY,
    listed_at   timestamptz NOT NULL,
    district    text NOT NULL,
    area        double precision NOT NULL, -- m²
    rooms       integer NOT NULL,
    floor       integer,               -- 0 is the ground floor; null where the advertisement does not say
    built       integer,               -- the year; null likewise
    condition   text NOT NULL,         -- new, renovated, kept or worn
    balcony     integer NOT NULL,      -- 1 or 0
    price       double precision,      -- €, what it sold for; null until then
    sold_at     timestamptz            -- weeks later, or never
);

CREATE TABLE price_info (              -- what is known about this sample: source
    key   text PRIMARY KEY,
    value text NOT NULL
);
