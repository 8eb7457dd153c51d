-- Made-up rows, so that everything runs before you have written a line: 100 customers, looked at once a day.
-- Write your own query instead. It returns one row for each customer_id and day_start, with what was known at that
-- moment and nothing that became known later, and in outcome what came of it, unless it is for clusters or odd rows,
-- which have no label. Its only placeholders are the ends of the window.
WITH looks AS (
    SELECT "customer_id", "day_start", extract(epoch FROM "day_start") / 86400 AS day_number
    FROM generate_series(1, 100) AS customers("customer_id")
    CROSS JOIN generate_series({{ from }}, {{ to }}, INTERVAL '1 day') AS days("day_start")
), chances AS (
    SELECT "customer_id", "day_start",
           sin("customer_id" * 12.9898 + day_number * 78.233) * 43758.5453 AS a,
           sin("customer_id" * 93.9898 + day_number * 67.345) * 24634.6345 AS b,
           sin("customer_id" * 45.3320 + day_number * 94.673) * 15731.7431 AS c
    FROM looks
), known AS (
    SELECT "customer_id", "day_start",
           floor(30 * (a - floor(a))) AS days_since_order,
           floor(10 * (b - floor(b))) AS visits_7d,
           CASE "customer_id" % 3 WHEN 0 THEN 'free' WHEN 1 THEN 'team' ELSE 'firm' END AS plan,
           CASE "customer_id" % 2 WHEN 0 THEN 'ada@gmail.com' ELSE 'ada@shop.example' END AS email,
           c - floor(c) AS chance
    FROM chances
), risks AS (
    SELECT known.*, 0.02 * days_since_order - 0.02 * visits_7d + 0.2 * ("customer_id" % 2) + 0.5 * chance AS risk
    FROM known
)
SELECT "customer_id", "day_start", days_since_order, visits_7d, plan, email, LABEL-EXPRESSION AS "outcome"
FROM risks
WHERE "day_start" > {{ from }} AND "day_start" <= {{ to }}
