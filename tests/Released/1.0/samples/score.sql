WITH numbers AS (
    SELECT CAST(i AS bigint) AS i,
           (CAST(i AS bigint) * 7919 + 1201) % 10007 AS a,
           (CAST(i AS bigint) * 3571 + CAST(i AS bigint) * CAST(i AS bigint) % 9973) % 10007 AS b
    FROM generate_series(900, 999) AS s(i)
)
SELECT 'S-' || CAST(i AS varchar) AS sample,
       CASE WHEN i % 11 <> 0 THEN CAST(a AS double precision) / 7 END AS density,
       (b * 37 + a) % 101 AS spin,
       CAST(a % 9 AS numeric(6, 2)) AS grade,
       CASE WHEN b % 5 = 4 THEN NULL ELSE 'plant ' || CAST(b % 5 AS varchar) END AS plant
FROM numbers
