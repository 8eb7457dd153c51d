-- The tables of nycflights13, the same on DuckDB and PostgreSQL, for the real files and for generated ones.
-- Columns stand in the order of the CSV files. Only keys that hold in the real data are declared: flights.tailnum and
-- flights.dest name planes and airports that are missing, and weather lacks hours.

DROP TABLE IF EXISTS flights;
DROP TABLE IF EXISTS weather;
DROP TABLE IF EXISTS planes;
DROP TABLE IF EXISTS airports;
DROP TABLE IF EXISTS airlines;
DROP TABLE IF EXISTS sample_info;

CREATE TABLE airlines (
    carrier text PRIMARY KEY,
    name    text NOT NULL
);

CREATE TABLE airports (
    faa   text PRIMARY KEY,
    name  text NOT NULL,
    lat   double precision NOT NULL,
    lon   double precision NOT NULL,
    alt   integer NOT NULL,           -- feet
    tz    integer NOT NULL,           -- standard hours from UTC
    dst   text NOT NULL,              -- daylight saving: A as in the USA, N none, U unknown
    tzone text                        -- IANA name
);

CREATE TABLE planes (
    tailnum      text PRIMARY KEY,
    year         integer,             -- of manufacture
    type         text,
    manufacturer text,
    model        text,
    engines      integer,
    seats        integer,
    speed        integer,             -- mph, nearly always null
    engine       text
);

CREATE TABLE weather (                -- one row an origin and hour
    origin     text NOT NULL REFERENCES airports (faa),
    year       integer NOT NULL,      -- year to hour: New York's local time
    month      integer NOT NULL,
    day        integer NOT NULL,
    hour       integer NOT NULL,
    temp       double precision,      -- °F
    dewp       double precision,      -- °F
    humid      double precision,      -- %
    wind_dir   integer,               -- degrees
    wind_speed double precision,      -- mph
    wind_gust  double precision,      -- mph
    precip     double precision,      -- inches in that hour
    pressure   double precision,      -- millibars
    visib      double precision,      -- miles
    time_hour  timestamptz NOT NULL,
    PRIMARY KEY (origin, time_hour)
);

CREATE TABLE flights (                -- one row a flight that was to leave New York
    flight_id      integer PRIMARY KEY,
    year           integer NOT NULL,  -- year, month, day: New York's date
    month          integer NOT NULL,
    day            integer NOT NULL,
    dep_time       integer,           -- times are local, as hhmm; null where the flight was cancelled
    sched_dep_time integer,           -- null where the flight was cancelled before it had a schedule
    dep_delay      integer,           -- minutes, negative when early
    arr_time       integer,
    sched_arr_time integer,
    arr_delay      integer,           -- null where the flight was cancelled or diverted
    carrier        text NOT NULL REFERENCES airlines (carrier),
    flight         integer NOT NULL,
    tailnum        text,
    origin         text NOT NULL REFERENCES airports (faa),
    dest           text NOT NULL,
    air_time       integer,           -- minutes
    distance       integer NOT NULL,  -- miles
    hour           integer,           -- of the scheduled departure
    minute         integer,
    time_hour      timestamptz        -- the scheduled hour
);

CREATE TABLE sample_info (            -- what is known about this sample: source, seed, best_auc, …
    key   text PRIMARY KEY,
    value text NOT NULL
);
