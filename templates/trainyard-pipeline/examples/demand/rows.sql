-- One row for each shop, product and day, as of each midnight of the week before it: horizon 1 is the day that begins
-- at midnight. At midnight the sales of the day before have not been booked yet, so the newest that are known are those
-- of two days before.
WITH midnights AS (
    SELECT midnight, CAST(midnight AS date) AS today
    FROM generate_series(date_trunc('day', {{ from }}), {{ to }}, INTERVAL '1 day') AS days(midnight)
    WHERE midnight > {{ from }} AND midnight <= {{ to }}
), known AS (
    SELECT midnight, today, shop, product, day, units, extract(isodow FROM day) AS weekday,
           row_number() OVER (PARTITION BY midnight, shop, product ORDER BY day DESC) AS nth
    FROM midnights
    JOIN sales ON booked_at <= midnight AND day >= today - 29 AND NOT sold_out
), levels AS (
    SELECT midnight, today, shop, product,
           avg(units) FILTER (WHERE day >= today - 8) AS units_7d,
           avg(units) AS units_28d,
           max(units) FILTER (WHERE nth = 1) AS units_last
    FROM known
    GROUP BY midnight, today, shop, product
), weekdays AS (
    SELECT midnight, shop, product, weekday, avg(units) AS units_same_weekday
    FROM known
    GROUP BY midnight, shop, product, weekday
), ahead AS (
    SELECT levels.*, horizon, today + (horizon - 1) AS target_day
    FROM levels
    CROSS JOIN (VALUES (1), (2), (3), (4), (5), (6), (7)) AS week(horizon)
)
SELECT ahead.shop, ahead.product, ahead.horizon, ahead.midnight,
       ahead.horizon AS days_ahead, units_7d, units_28d, units_last, units_same_weekday,
       category, price, CAST(extract(isodow FROM target_day) AS integer) AS weekday,
       CASE WHEN promotions.product IS NULL THEN 0 ELSE 1 END AS promoted,
       -- What was sold of what ran out is less than the demand, which nobody knows.
       CASE WHEN NOT sold_out THEN units END AS units
FROM ahead
JOIN products ON products.product = ahead.product
LEFT JOIN weekdays
    ON weekdays.midnight = ahead.midnight AND weekdays.shop = ahead.shop AND weekdays.product = ahead.product
    AND weekdays.weekday = extract(isodow FROM target_day)
LEFT JOIN promotions
    ON promotions.product = ahead.product AND target_day BETWEEN first_day AND last_day
    AND announced_at <= ahead.midnight
LEFT JOIN sales ON sales.shop = ahead.shop AND sales.product = ahead.product AND sales.day = target_day
