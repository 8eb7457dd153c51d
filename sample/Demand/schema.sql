-- What shops have sold, day by day, the same on DuckDB and PostgreSQL. All of it is made up.

DROP TABLE IF EXISTS sales;
DROP TABLE IF EXISTS promotions;
DROP TABLE IF EXISTS products;
DROP TABLE IF EXISTS demand_info;

CREATE TABLE products (                -- one row a product
    product     text PRIMARY KEY,
    category    text NOT NULL,
    price       double precision NOT NULL -- €
);

CREATE TABLE promotions (              -- a product at a lower price in all shops, from the first to the last day
    product      text NOT NULL REFERENCES products (product),
    first_day    date NOT NULL,
    last_day     date NOT NULL,
    announced_at timestamptz NOT NULL,
    PRIMARY KEY (product, first_day)
);

CREATE TABLE sales (                   -- one row for each shop, product and day
    shop        integer NOT NULL,
    product     text NOT NULL REFERENCES products (product),
    day         date NOT NULL,
    units       integer NOT NULL,
    sold_out    boolean NOT NULL,      -- then more would have been sold, had there been more
    booked_at   timestamptz NOT NULL,  -- in the night that follows
    PRIMARY KEY (shop, product, day)
);

CREATE TABLE demand_info (             -- what is known about this sample: source
    key   text PRIMARY KEY,
    value text NOT NULL
);
