-- What customers of a shop have ordered, the same on DuckDB and PostgreSQL. All of it is made up.

DROP TABLE IF EXISTS orders;
DROP TABLE IF EXISTS segments_info;

CREATE TABLE orders (                  -- one row an order
    order_id    bigint PRIMARY KEY,
    customer    integer NOT NULL,
    ordered_at  timestamptz NOT NULL,
    amount      double precision NOT NULL, -- €
    items       integer NOT NULL,
    channel     text NOT NULL          -- app or web
);

CREATE TABLE segments_info (           -- what is known about this sample: source
    key   text PRIMARY KEY,
    value text NOT NULL
);
