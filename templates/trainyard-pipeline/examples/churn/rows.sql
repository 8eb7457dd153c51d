-- One row for each subscriber on each Monday on which the subscription lasts, with the four weeks before it. An app
-- that is offline reports visits days later: what counts is what had been received by then.
WITH weeks AS (
    SELECT week_start
    FROM generate_series(date_trunc('week', {{ from }}), {{ to }}, INTERVAL '7 days') AS weeks(week_start)
    WHERE week_start > {{ from }} AND week_start <= {{ to }}
), visited AS (
    SELECT week_start, subscriber_id,
           count(*) FILTER (WHERE visited_at >= week_start - INTERVAL '7 days') AS visits_7d,
           count(*) FILTER (WHERE visited_at >= week_start - INTERVAL '28 days') AS visits_28d,
           count(*) FILTER (WHERE visited_at < week_start - INTERVAL '28 days') AS visits_28d_before,
           sum(minutes) FILTER (WHERE visited_at >= week_start - INTERVAL '28 days') AS minutes_28d,
           max(visited_at) AS visited_last
    FROM weeks
    JOIN visits ON received_at <= week_start AND visited_at >= week_start - INTERVAL '56 days'
    GROUP BY week_start, subscriber_id
), complained AS (
    SELECT week_start, subscriber_id, count(*) AS complaints_28d
    FROM weeks
    JOIN complaints ON opened_at <= week_start AND opened_at >= week_start - INTERVAL '28 days'
    GROUP BY week_start, subscriber_id
)
SELECT subscribers.subscriber_id, weeks.week_start, plan, country,
       CAST(extract(epoch FROM weeks.week_start - joined_at) / 86400 AS double precision) AS tenure_days,
       coalesce(visits_7d, 0) AS visits_7d,
       coalesce(visits_28d, 0) AS visits_28d,
       coalesce(visits_28d_before, 0) AS visits_28d_before,
       coalesce(minutes_28d, 0) AS minutes_28d,
       CAST(extract(epoch FROM weeks.week_start - visited_last) / 86400 AS double precision) AS days_since_visit,
       coalesce(complaints_28d, 0) AS complaints_28d,
       coalesce(cancelled_at <= weeks.week_start + INTERVAL '28 days', FALSE) AS churned
FROM weeks
JOIN subscribers ON joined_at <= weeks.week_start AND (cancelled_at IS NULL OR cancelled_at > weeks.week_start)
LEFT JOIN visited ON visited.week_start = weeks.week_start AND visited.subscriber_id = subscribers.subscriber_id
LEFT JOIN complained
    ON complained.week_start = weeks.week_start AND complained.subscriber_id = subscribers.subscriber_id
