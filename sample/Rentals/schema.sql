-- Bicycles rented by the hour, the same on DuckDB and PostgreSQL. All of it is made up.

DROP TABLE IF EXISTS rentals;
DROP TABLE IF EXISTS rentals_info;

CREATE TABLE rentals (                 -- one row an hour
    hour_start  timestamptz PRIMARY KEY,
    rented      integer,               -- bicycles, in the hour that begins then; null where nobody counted
    temperature double precision,      -- °C; null where the station sent nothing
    feels_like  double precision,      -- °C
    humidity    double precision,      -- %
    windspeed   double precision,      -- m/s
    workingday  integer NOT NULL,      -- 1 or 0
    holiday     integer NOT NULL,      -- 1 or 0
    season      text NOT NULL,
    weather     text NOT NULL
);

CREATE TABLE rentals_info (            -- what is known about this sample: source
    key   text PRIMARY KEY,
    value text NOT NULL
);
