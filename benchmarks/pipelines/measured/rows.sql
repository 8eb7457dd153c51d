SELECT id, day, late, started_at, n1, n2, n3, n4, n5, n6, c1, c2, c3
FROM bench_rows
WHERE day > {{ from }} AND day <= {{ to }}
