-- A number of [0, 1) out of a row's id and a column's: well mixed, and the same everywhere.
CREATE FUNCTION u(id bigint, salt int) RETURNS float8 LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    (((id * 2654435761 + salt * 40503) % 4294967296) # ((id * 40503 + salt * 2654435761) % 4294967296 >> 15))
    * 1000000007 % 4294967296
) / 4294967296.0::float8;
