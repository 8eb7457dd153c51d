-- Three roles with no more rights than they need: a reader for extract, a writer for score and measure, and a viewer
-- for notebooks, pages and people. A superuser runs it in the warehouse's database, and may run it again:
--
--   psql -d flights -v reader=trainyard_reader -v writer=trainyard_writer -v viewer=trainyard_viewer \
--     -v schema=public -v owner=flights_owner -f docs/roles.sql
--   psql -d flights -c '\password trainyard_reader' -c '\password trainyard_writer' -c '\password trainyard_viewer'
--
-- schema holds the team's tables, owner is the role that makes them. There is no password here, and the commands above
-- keep them out of logs.
-- `trainyard run` does both steps over one connection: GRANT trainyard_reader TO trainyard_writer lets the writer do
-- all of it.

BEGIN;

SET LOCAL trainyard.reader = :"reader";
SET LOCAL trainyard.writer = :"writer";
SET LOCAL trainyard.viewer = :"viewer";
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY[
        current_setting('trainyard.reader'), current_setting('trainyard.writer'), current_setting('trainyard.viewer')
    ]
    LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION', wanted);
        END IF;
    END LOOP;
END
$$;

-- The reader sees the team's tables, those to come included, and changes nothing.
ALTER ROLE :"reader" SET default_transaction_read_only = on;
GRANT USAGE ON SCHEMA :"schema" TO :"reader";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"reader";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA :"schema" GRANT SELECT ON TABLES TO :"reader";

-- The writer owns the schema trainyard and what is made in it: score, measure and `trainyard record` fill it and bring
-- it up to date, `trainyard check` and `gc` read it. The writer reads nothing of the team's, and the reader nothing of
-- this.
CREATE SCHEMA IF NOT EXISTS trainyard AUTHORIZATION :"writer";

-- The viewer sees predictions and figures, those to come included, and changes nothing. Where labels, or what rows have
-- in their columns, stand beside them (…_actuals, …_outcomes, …_reasons), Trainyard takes that right back when it makes
-- the table; give it to whom they concern: GRANT SELECT ON trainyard.flights_predictions_outcomes TO trainyard_viewer
ALTER ROLE :"viewer" SET default_transaction_read_only = on;
GRANT USAGE ON SCHEMA trainyard TO :"viewer";
ALTER DEFAULT PRIVILEGES FOR ROLE :"writer" IN SCHEMA trainyard GRANT SELECT ON TABLES TO :"viewer";
DO $$
DECLARE
    seen regclass;
BEGIN
    FOR seen IN
        SELECT oid FROM pg_catalog.pg_class
        WHERE relnamespace = 'trainyard'::regnamespace AND relkind IN ('r', 'v')
            AND relname !~ '_(actuals|outcomes|reasons|reasons_current)$'
    LOOP
        EXECUTE format('GRANT SELECT ON %s TO %I', seen, current_setting('trainyard.viewer'));
    END LOOP;
END
$$;

-- Before version 15 everybody may make tables in public, these three included. If nobody relies on it:
-- REVOKE CREATE ON SCHEMA public FROM PUBLIC;

COMMIT;
