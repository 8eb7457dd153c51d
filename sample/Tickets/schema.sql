-- What customers of a shop write to it, the same on DuckDB and PostgreSQL. All of it is made up.

DROP TABLE IF EXISTS tickets;
DROP TABLE IF EXISTS tickets_info;

CREATE TABLE tickets (                 -- one row a ticket
    ticket_id   bigint PRIMARY KEY,
    opened_at   timestamptz NOT NULL,
    channel     text NOT NULL,         -- mail, form or app
    subject     text,                  -- null where it came from the app
    body        text NOT NULL,
    queue       text NOT NULL,         -- the team that has it, or that solved it
    solved_at   timestamptz            -- null until then
);

CREATE TABLE tickets_info (            -- what is known about this sample: source
    key   text PRIMARY KEY,
    value text NOT NULL
);
