-- Its rows are arithmetic, so that every warehouse has the same without a table. 9 orders a day from 2024-01-01 on.
WITH numbers AS (
    SELECT CAST(i AS bigint) AS i, CAST(i AS bigint) - CAST(i AS bigint) % 9 AS first,
           (CAST(i AS bigint) * 7919 + 1201) % 10007 AS a,
           (CAST(i AS bigint) * 3571 + CAST(i AS bigint) * CAST(i AS bigint) % 9973) % 10007 AS b,
           (CAST(i AS bigint) * 6007 + CAST(i AS bigint) * CAST(i AS bigint) % 9967 * 31) % 10007 AS c
    FROM generate_series(0, 1439) AS s(i)
),
orders AS (
    SELECT i AS order_id,
           to_timestamp(1704085200 + CAST(first AS double precision) / 9 * 86400) AS placed_on,
           to_timestamp(1704085200 + CAST(first AS double precision) / 9 * 86400 - CAST(b AS double precision) * 8) AS placed_at,
           CASE WHEN b % 17 <> 0 THEN to_timestamp(1704085200 + CAST(first AS double precision) / 9 * 86400 - CAST(b AS double precision) * 8 - CAST(a * 3 AS double precision)) END AS seen_at,
           CASE WHEN i % 19 <> 0 THEN CAST(a AS double precision) / 40 END AS amount,
           CAST(1 + b % 7 AS integer) AS items,
           CASE WHEN c % 5 <> 0 THEN CAST(c % 30 AS double precision) / 100 END AS discount,
           CASE i % 4 WHEN 0 THEN 'shop' WHEN 1 THEN 'web' WHEN 2 THEN 'phone' END AS channel,
           CASE WHEN a < 3000 THEN 'Österreich' WHEN a < 5500 THEN 'España' WHEN b < 4000 THEN 'Italia' WHEN b < 7000 THEN 'a "quoted", one' WHEN b < 9990 THEN 'Polska' ELSE 'rare ' || CAST(b AS varchar) END AS country,
           CASE WHEN i % 53 = 0 THEN NULL ELSE c < a - 1500 + CASE WHEN i % 4 = 1 THEN 2500 ELSE 0 END + CASE WHEN b % 7 > 4 THEN 1500 ELSE 0 END END AS sent_back
    FROM numbers
)
SELECT order_id, placed_on, sent_back, amount, items, discount, channel, country, placed_at, seen_at
FROM orders
WHERE placed_on > {{ from }} AND placed_on <= {{ to }}
