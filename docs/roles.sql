-- Two roles with no more rights than Trainyard needs: a reader for extract, a writer for score.
-- A superuser runs it once in the warehouse's database:
--
--   psql -d flights -v reader=trainyard_reader -v writer=trainyard_writer -v schema=public -v owner=flights_owner \
--     -f docs/roles.sql
--   psql -d flights -c '\password trainyard_reader' -c '\password trainyard_writer'
--
-- schema holds the team's tables, owner is the role that makes them. There is no password here, and the commands above
-- keep them out of logs.
-- `trainyard run` does both steps over one connection: GRANT trainyard_reader TO trainyard_writer lets the writer do
-- all of it.

BEGIN;

-- The reader sees the team's tables, those to come included, and changes nothing.
CREATE ROLE :"reader" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
ALTER ROLE :"reader" SET default_transaction_read_only = on;
GRANT USAGE ON SCHEMA :"schema" TO :"reader";
GRANT SELECT ON ALL TABLES IN SCHEMA :"schema" TO :"reader";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA :"schema" GRANT SELECT ON TABLES TO :"reader";

-- The writer owns the schema trainyard and what is made in it: score and `trainyard record` fill it and bring it up to
-- date, `trainyard check` and `gc` read it. The writer reads nothing of the team's, and the reader nothing of this.
CREATE ROLE :"writer" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
CREATE SCHEMA trainyard AUTHORIZATION :"writer";

-- Before version 15 everybody may make tables in public, these two included. If nobody relies on it:
-- REVOKE CREATE ON SCHEMA public FROM PUBLIC;

COMMIT;
