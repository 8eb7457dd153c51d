-- Payments by card, the same on DuckDB and PostgreSQL. All of it is made up.

DROP TABLE IF EXISTS payments;
DROP TABLE IF EXISTS payments_info;

CREATE TABLE payments (                -- one row a payment
    payment_id  bigint PRIMARY KEY,
    account     integer NOT NULL,
    paid_at     timestamptz NOT NULL,
    amount      double precision NOT NULL, -- €
    merchant    text NOT NULL,
    country     text NOT NULL,         -- where it was paid
    home        text NOT NULL,         -- where the account is
    fraud       boolean                -- null where nobody has looked into it
);

CREATE TABLE payments_info (           -- what is known about this sample: source
    key   text PRIMARY KEY,
    value text NOT NULL
);
