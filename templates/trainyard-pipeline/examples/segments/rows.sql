-- One row for each customer and Monday, of who has ordered in the 90 days before.
WITH weeks AS (
    SELECT week_start
    FROM generate_series(date_trunc('week', {{ from }}), {{ to }}, INTERVAL '7 days') AS weeks(week_start)
    WHERE week_start > {{ from }} AND week_start <= {{ to }}
)
SELECT customer, week_start,
       count(*) AS orders_90d,
       sum(amount) AS spend_90d,
       avg(amount) AS basket,
       CAST(extract(epoch FROM week_start - max(ordered_at)) / 86400 AS double precision) AS days_since_order,
       avg(CASE WHEN channel = 'app' THEN 1.0 ELSE 0.0 END) AS app_share
FROM weeks
JOIN orders ON ordered_at < week_start AND ordered_at >= week_start - INTERVAL '90 days'
GROUP BY customer, week_start
