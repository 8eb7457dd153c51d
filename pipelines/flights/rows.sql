-- Grain: one row a flight (flight_id), for the flights whose date in New York begins in ({{ from }}, {{ to }}].
-- Cutoff: day_start, 00:00 in New York on the flight's date. Every column but the label `late` was known then:
--   * the day's flights with their schedule, plane and route;
--   * how flights ended that had landed by then. 8 % of a day's flights are still in the air at midnight, many of them
--     late, so a flight enters a rate on the first midnight after it landed, not on the day after it left;
--   * weather rows of the hours before.
-- Runs unchanged on DuckDB and PostgreSQL. Rates are quotients of integer sums, so their values are equal, too.

WITH

-- One row a flight, back to 31 days before the window: 28 days of landings, and 3 days for the latest to land.
-- (The two bounds are on two expressions: PostgreSQL takes a range of one expression for half a percent of the table,
-- and then loops where it should hash.)
recent AS (
    SELECT
        flights.*,
        make_date(year, month, day) AS flight_date,
        CAST(make_date(year, month, day) AS timestamp) AT TIME ZONE 'America/New_York' AS day_start,
        -- hhmm to minutes after midnight: 517 is 5 h 17 min, 517 - 5 * 40 = 317
        CAST(sched_dep_time - 40 * floor(sched_dep_time / 100.0) AS integer) AS departs_minute,
        CAST(sched_arr_time - 40 * floor(sched_arr_time / 100.0) AS integer) AS arrives_minute,
        -- Destinations that airports lacks lie in the Caribbean, never west of New York: its clock errs to the late
        -- side.
        coalesce(airports.tzone, 'America/New_York') AS dest_zone
    FROM flights
    LEFT JOIN airports ON airports.faa = flights.dest
    WHERE make_date(year, month, day) > CAST({{ from }} AT TIME ZONE 'America/New_York' AS date) - 31
      AND CAST(make_date(year, month, day) AS timestamp) AT TIME ZONE 'America/New_York' <= {{ to }}
),

timed AS (
    SELECT
        recent.*,
        (flight_date + departs_minute * INTERVAL '1 minute') AT TIME ZONE 'America/New_York' AS sched_departure,
        (flight_date + arrives_minute * INTERVAL '1 minute') AT TIME ZONE dest_zone AS sched_arrival_that_day
    FROM recent
),

scheduled AS (
    SELECT
        timed.*,
        CASE WHEN sched_arrival_that_day > sched_departure THEN sched_arrival_that_day
             ELSE sched_arrival_that_day + INTERVAL '24 hours'
        END AS sched_arrival
    FROM timed
),

-- Each flight up to twice. As a question: on its own date, with nothing known. As an answer: on the first date whose
-- midnight it had landed before; only flights that landed where they should have an arr_delay and so an answer.
-- Questions make sure that the history below has a row for every date and topic that a flight asks for.
events AS (
    SELECT flight_date AS date, carrier, flight, origin, dest, hour, 1 AS asked, 0 AS landed, 0 AS late, 0 AS delay
    FROM scheduled
    UNION ALL
    SELECT
        CAST((sched_arrival + arr_delay * INTERVAL '1 minute') AT TIME ZONE 'America/New_York' AS date) + 1,
        carrier, flight, origin, dest, hour,
        0,
        1,
        CASE WHEN arr_delay >= 30 THEN 1 ELSE 0 END,
        arr_delay
    FROM scheduled
    WHERE arr_delay IS NOT NULL
),

-- Each event once for everything it tells about.
topics AS (
    SELECT 'carrier ' || carrier AS topic, date, asked, landed, late, delay FROM events
    UNION ALL
    SELECT 'origin ' || origin, date, asked, landed, late, delay FROM events
    UNION ALL
    SELECT 'dest ' || dest, date, asked, landed, late, delay FROM events
    UNION ALL
    SELECT 'hour ' || origin || ' ' || CAST(hour AS text), date, asked, landed, late, delay FROM events
    WHERE hour IS NOT NULL
    UNION ALL
    SELECT 'flight ' || carrier || ' ' || CAST(flight AS text), date, asked, landed, late, delay FROM events
),

-- One row a topic and date: what was known on that date's midnight of the landings of the last 1, 7 and 28 days.
history AS (
    SELECT
        topic,
        date,
        CAST(sum(asked) AS integer) AS scheduled_today,
        CAST(sum(late) AS double precision) / nullif(sum(landed), 0) AS late_1d,
        CAST(sum(sum(late)) OVER last_7d AS double precision) / nullif(sum(sum(landed)) OVER last_7d, 0) AS late_7d,
        CAST(sum(sum(late)) OVER last_28d AS double precision) / nullif(sum(sum(landed)) OVER last_28d, 0) AS late_28d,
        CAST(sum(sum(delay)) OVER last_28d AS double precision) / nullif(sum(sum(landed)) OVER last_28d, 0) AS delay_28d
    FROM topics
    GROUP BY topic, date
    WINDOW last_7d AS (PARTITION BY topic ORDER BY date RANGE BETWEEN INTERVAL '6 days' PRECEDING AND CURRENT ROW),
           last_28d AS (PARTITION BY topic ORDER BY date RANGE BETWEEN INTERVAL '27 days' PRECEDING AND CURRENT ROW)
),

-- One row a date and origin: the last weather row of the 24 hours before that date's midnight.
last_weather AS (
    SELECT * FROM (
        SELECT
            weather.*,
            CAST(time_hour AT TIME ZONE 'America/New_York' AS date) + 1 AS date,
            row_number() OVER (
                PARTITION BY origin, CAST(time_hour AT TIME ZONE 'America/New_York' AS date)
                ORDER BY time_hour DESC
            ) AS hours_before
        FROM weather
        WHERE time_hour > {{ from }} - INTERVAL '24 hours'
          AND time_hour < {{ to }}
    ) AS hourly
    WHERE hours_before = 1
)

SELECT
    scheduled.flight_id,
    scheduled.day_start,
    scheduled.arr_delay >= 30 AS late,

    -- schedule: null for a flight that was cancelled before it had one
    scheduled.sched_departure,
    CAST(extract(epoch FROM scheduled.sched_arrival - scheduled.sched_departure) / 60 AS integer) AS sched_minutes,
    of_hour.scheduled_today AS departures_same_hour,

    -- route
    scheduled.carrier,
    scheduled.flight,
    scheduled.origin,
    scheduled.dest,
    scheduled.distance,

    -- plane
    scheduled.tailnum,
    scheduled.year AS flight_year,
    planes.year AS plane_year,
    planes.seats,

    -- how late those were that had landed
    of_carrier.late_1d AS carrier_late_1d,
    of_carrier.late_7d AS carrier_late_7d,
    of_carrier.late_28d AS carrier_late_28d,
    of_origin.late_1d AS origin_late_1d,
    of_origin.late_7d AS origin_late_7d,
    of_origin.late_28d AS origin_late_28d,
    of_dest.late_1d AS dest_late_1d,
    of_dest.late_7d AS dest_late_7d,
    of_dest.late_28d AS dest_late_28d,
    of_hour.late_28d AS hour_late_28d,
    of_flight.late_28d AS flight_late_28d,
    of_flight.delay_28d AS flight_delay_28d,

    -- weather
    last_weather.temp,
    last_weather.dewp,
    last_weather.humid,
    last_weather.wind_dir,
    last_weather.wind_speed,
    last_weather.wind_gust,
    last_weather.precip,
    last_weather.pressure,
    last_weather.visib
FROM scheduled
LEFT JOIN history AS of_carrier ON of_carrier.date = scheduled.flight_date
    AND of_carrier.topic = 'carrier ' || scheduled.carrier
LEFT JOIN history AS of_origin ON of_origin.date = scheduled.flight_date
    AND of_origin.topic = 'origin ' || scheduled.origin
LEFT JOIN history AS of_dest ON of_dest.date = scheduled.flight_date
    AND of_dest.topic = 'dest ' || scheduled.dest
LEFT JOIN history AS of_hour ON of_hour.date = scheduled.flight_date
    AND of_hour.topic = 'hour ' || scheduled.origin || ' ' || CAST(scheduled.hour AS text)
LEFT JOIN history AS of_flight ON of_flight.date = scheduled.flight_date
    AND of_flight.topic = 'flight ' || scheduled.carrier || ' ' || CAST(scheduled.flight AS text)
LEFT JOIN last_weather ON last_weather.date = scheduled.flight_date AND last_weather.origin = scheduled.origin
LEFT JOIN planes ON planes.tailnum = scheduled.tailnum
WHERE scheduled.day_start > {{ from }}
