-- 14 meters a week from 2023-01-02 on.
WITH numbers AS (
    SELECT CAST(i AS bigint) AS i, CAST(i AS bigint) % 14 AS m, CAST(i AS bigint) - CAST(i AS bigint) % 14 AS first,
           (CAST(i AS bigint) * 7919 + 77) % 10007 AS a,
           (CAST(i AS bigint) * 3571 + CAST(i AS bigint) * CAST(i AS bigint) % 9973) % 10007 AS b
    FROM generate_series(0, 1259) AS s(i)
)
SELECT CASE WHEN m < 6 THEN 'north' ELSE 'south ' || CAST(m % 3 AS varchar) END AS site, m AS meter,
       to_timestamp(1672614000 + CAST(first AS double precision) / 14 * 604800) AS week,
       CAST(a AS double precision) / 100 + CAST(b % 40 AS double precision) / 8 + CAST(m AS double precision) * 3 AS used,
       CASE WHEN i % 23 <> 0 THEN CAST(a AS double precision) / 90 + CAST(b % 7 AS double precision) END AS last_week,
       CAST(b AS double precision) / 110 AS same_week,
       CAST(40 + m * 12 AS double precision) AS area,
       CASE m % 3 WHEN 0 THEN 'day' WHEN 1 THEN 'night' END AS tariff
FROM numbers
WHERE to_timestamp(1672614000 + CAST(first AS double precision) / 14 * 604800) > {{ from }}
  AND to_timestamp(1672614000 + CAST(first AS double precision) / 14 * 604800) <= {{ to }}
