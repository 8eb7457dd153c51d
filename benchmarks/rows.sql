-- The rows of the benchmarks, the same on every machine: 80,000 for each of the days 1 to 30, then days of 2, 1 and 10
-- million.
CREATE TABLE bench_rows AS
WITH numbered AS (
    SELECT id,
        CASE WHEN id < 2400000 THEN 1 + id / 80000 WHEN id < 4400000 THEN 31 WHEN id < 5400000 THEN 32 ELSE 33 END AS n
    FROM generate_series(0::bigint, 15399999) AS ids(id)
), drawn AS (
    SELECT id, timestamptz '2024-01-01 00:00:00+00' + n * interval '1 day' AS day,
        u(id, 1) AS u1, u(id, 2) AS u2, u(id, 3) AS u3, u(id, 4) AS u4, u(id, 5) AS u5, u(id, 6) AS u6,
        u(id, 7) AS u7, u(id, 8) AS u8, u(id, 9) AS u9
    FROM numbered
)
SELECT id, day,
    u9 < 1 / (1 + exp(2 - 3 * u1 * u2 - 2 * u3 + (u8 * 40)::int % 3)) AS late,
    day - floor(u7 * 86400) * interval '1 second' AS started_at,
    floor(u1 * 100000) / 100 AS n1, floor(u2 * 100000) / 100 AS n2, floor(u3 * 1000) / 10 AS n3,
    floor(u4 * 1000) / 10 AS n4, floor(u5 * 1000000) / 1000 AS n5, floor(u6 * 1000000) / 1000 AS n6,
    'c' || (u8 * 40)::int AS c1, 'port' || (u7 * 300)::int AS c2, 'k' || (u6 * 12)::int AS c3
FROM drawn;
ALTER TABLE bench_rows ADD PRIMARY KEY (day, id);
VACUUM ANALYZE bench_rows;
