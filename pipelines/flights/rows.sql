-- Grain: one row a flight (flight_id), for the flights whose date in New York begins in ({{ from }}, {{ to }}].
-- Cutoff: day_start, 00:00 in New York on the flight's date. Every column but the label `late` was known then:
--   * the day's flights with their schedule, plane and route;
--   * how flights ended that had landed by then. 8 % of a day's flights are still in the air at midnight, and they are
--     the late ones, so a flight enters a rate on the first midnight after it landed, not on the day after it left;
--   * weather rows of the hours before.
-- Runs unchanged on DuckDB and PostgreSQL. Rates are quotients of integer sums, so their values are equal, too.

WITH

-- One row a flight, back to 31 days before the window: 28 days of landings, and 3 days for the latest to land.
recent AS (
    SELECT
        flights.*,
        make_date(year, month, day) AS flight_date,
        -- hhmm to minutes after midnight: 517 is 5 h 17 min, 517 - 5 * 40 = 317
        CAST(sched_dep_time - 40 * floor(sched_dep_time / 100.0) AS integer) AS departs_minute,
        CAST(sched_arr_time - 40 * floor(sched_arr_time / 100.0) AS integer) AS arrives_minute,
        -- Destinations that airports lacks lie in the Caribbean, never west of New York: its clock errs to the late side.
        coalesce(airports.tzone, 'America/New_York') AS dest_zone
    FROM flights
    LEFT JOIN airports ON airports.faa = flights.dest
    WHERE make_date(year, month, day) > CAST({{ from }} AT TIME ZONE 'America/New_York' AS date) - 31
      AND make_date(year, month, day) <= CAST({{ to }} AT TIME ZONE 'America/New_York' AS date)
),

timed AS (
    SELECT
        recent.*,
        CAST(flight_date AS timestamp) AT TIME ZONE 'America/New_York' AS day_start,
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
-- Questions make sure that the sums below have a row for every date and key that a flight asks for.
events AS (
    SELECT flight_date AS date, carrier, flight, origin, dest, hour, 0 AS landed, 0 AS late, 0 AS delay
    FROM scheduled
    UNION ALL
    SELECT
        CAST((sched_arrival + arr_delay * INTERVAL '1 minute') AT TIME ZONE 'America/New_York' AS date) + 1,
        carrier, flight, origin, dest, hour,
        1,
        CASE WHEN arr_delay >= 30 THEN 1 ELSE 0 END,
        arr_delay
    FROM scheduled
    WHERE arr_delay IS NOT NULL
),

-- One row a date and key: sums over the landings known on that date's midnight, of the last 1, 7 and 28 days.
carrier_history AS (
    SELECT
        date, carrier,
        sum(late) AS late_1d, sum(landed) AS landed_1d,
        sum(sum(late)) OVER last_7d AS late_7d, sum(sum(landed)) OVER last_7d AS landed_7d,
        sum(sum(late)) OVER last_28d AS late_28d, sum(sum(landed)) OVER last_28d AS landed_28d
    FROM events
    GROUP BY date, carrier
    WINDOW last_7d AS (PARTITION BY carrier ORDER BY date RANGE BETWEEN INTERVAL '6 days' PRECEDING AND CURRENT ROW),
           last_28d AS (PARTITION BY carrier ORDER BY date RANGE BETWEEN INTERVAL '27 days' PRECEDING AND CURRENT ROW)
),

origin_history AS (
    SELECT
        date, origin,
        sum(late) AS late_1d, sum(landed) AS landed_1d,
        sum(sum(late)) OVER last_7d AS late_7d, sum(sum(landed)) OVER last_7d AS landed_7d,
        sum(sum(late)) OVER last_28d AS late_28d, sum(sum(landed)) OVER last_28d AS landed_28d
    FROM events
    GROUP BY date, origin
    WINDOW last_7d AS (PARTITION BY origin ORDER BY date RANGE BETWEEN INTERVAL '6 days' PRECEDING AND CURRENT ROW),
           last_28d AS (PARTITION BY origin ORDER BY date RANGE BETWEEN INTERVAL '27 days' PRECEDING AND CURRENT ROW)
),

dest_history AS (
    SELECT
        date, dest,
        sum(late) AS late_1d, sum(landed) AS landed_1d,
        sum(sum(late)) OVER last_7d AS late_7d, sum(sum(landed)) OVER last_7d AS landed_7d,
        sum(sum(late)) OVER last_28d AS late_28d, sum(sum(landed)) OVER last_28d AS landed_28d
    FROM events
    GROUP BY date, dest
    WINDOW last_7d AS (PARTITION BY dest ORDER BY date RANGE BETWEEN INTERVAL '6 days' PRECEDING AND CURRENT ROW),
           last_28d AS (PARTITION BY dest ORDER BY date RANGE BETWEEN INTERVAL '27 days' PRECEDING AND CURRENT ROW)
),

hour_history AS (
    SELECT
        date, origin, hour,
        sum(sum(late)) OVER last_28d AS late_28d, sum(sum(landed)) OVER last_28d AS landed_28d
    FROM events
    WHERE hour IS NOT NULL
    GROUP BY date, origin, hour
    WINDOW last_28d AS (PARTITION BY origin, hour ORDER BY date RANGE BETWEEN INTERVAL '27 days' PRECEDING AND CURRENT ROW)
),

flight_history AS (
    SELECT
        date, carrier, flight,
        sum(sum(late)) OVER last_28d AS late_28d, sum(sum(landed)) OVER last_28d AS landed_28d,
        sum(sum(delay)) OVER last_28d AS delay_28d
    FROM events
    GROUP BY date, carrier, flight
    WINDOW last_28d AS (PARTITION BY carrier, flight ORDER BY date RANGE BETWEEN INTERVAL '27 days' PRECEDING AND CURRENT ROW)
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
),

-- One row an origin, date and hour: how much traffic is scheduled then.
traffic AS (
    SELECT flight_date, origin, hour, count(*) AS departures
    FROM recent
    WHERE hour IS NOT NULL
    GROUP BY flight_date, origin, hour
)

SELECT
    scheduled.flight_id,
    scheduled.day_start,
    scheduled.arr_delay >= 30 AS late,

    -- schedule: null for a flight that was cancelled before it had one
    scheduled.sched_departure,
    CAST(extract(epoch FROM scheduled.sched_arrival - scheduled.sched_departure) / 60 AS integer) AS sched_minutes,
    traffic.departures AS departures_same_hour,

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

    -- late rates of what had landed
    CAST(carrier_history.late_1d AS double precision) / nullif(carrier_history.landed_1d, 0) AS carrier_late_1d,
    CAST(carrier_history.late_7d AS double precision) / nullif(carrier_history.landed_7d, 0) AS carrier_late_7d,
    CAST(carrier_history.late_28d AS double precision) / nullif(carrier_history.landed_28d, 0) AS carrier_late_28d,
    CAST(origin_history.late_1d AS double precision) / nullif(origin_history.landed_1d, 0) AS origin_late_1d,
    CAST(origin_history.late_7d AS double precision) / nullif(origin_history.landed_7d, 0) AS origin_late_7d,
    CAST(origin_history.late_28d AS double precision) / nullif(origin_history.landed_28d, 0) AS origin_late_28d,
    CAST(dest_history.late_1d AS double precision) / nullif(dest_history.landed_1d, 0) AS dest_late_1d,
    CAST(dest_history.late_7d AS double precision) / nullif(dest_history.landed_7d, 0) AS dest_late_7d,
    CAST(dest_history.late_28d AS double precision) / nullif(dest_history.landed_28d, 0) AS dest_late_28d,
    CAST(hour_history.late_28d AS double precision) / nullif(hour_history.landed_28d, 0) AS hour_late_28d,
    CAST(flight_history.late_28d AS double precision) / nullif(flight_history.landed_28d, 0) AS flight_late_28d,
    CAST(flight_history.delay_28d AS double precision) / nullif(flight_history.landed_28d, 0) AS flight_delay_28d,

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
JOIN carrier_history ON carrier_history.date = scheduled.flight_date AND carrier_history.carrier = scheduled.carrier
JOIN origin_history ON origin_history.date = scheduled.flight_date AND origin_history.origin = scheduled.origin
JOIN dest_history ON dest_history.date = scheduled.flight_date AND dest_history.dest = scheduled.dest
JOIN flight_history ON flight_history.date = scheduled.flight_date AND flight_history.carrier = scheduled.carrier
    AND flight_history.flight = scheduled.flight
LEFT JOIN hour_history ON hour_history.date = scheduled.flight_date AND hour_history.origin = scheduled.origin
    AND hour_history.hour = scheduled.hour
LEFT JOIN traffic ON traffic.flight_date = scheduled.flight_date AND traffic.origin = scheduled.origin
    AND traffic.hour = scheduled.hour
LEFT JOIN last_weather ON last_weather.date = scheduled.flight_date AND last_weather.origin = scheduled.origin
LEFT JOIN planes ON planes.tailnum = scheduled.tailnum
WHERE scheduled.day_start > {{ from }}
  AND scheduled.day_start <= {{ to }}
