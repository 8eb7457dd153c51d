-- A run stays as it is for as long as a table holds its predictions. A foreign key on them would do the same, and look
-- up the run once for each of a million rows being published; here it is looked up when somebody changes or deletes a
-- run.

CREATE FUNCTION trainyard.keep_published_run() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    predictions text;
    found boolean;
BEGIN
    FOR predictions IN SELECT table_name FROM trainyard.prediction_tables WHERE pipeline = old.pipeline LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM trainyard.%I WHERE pipeline = $1 AND run = $2)', predictions)
            INTO found USING old.pipeline, old.run;
        IF found THEN
            RAISE foreign_key_violation USING
                MESSAGE = format('the run %s has predictions in trainyard.%I', old.run, predictions),
                HINT = 'Delete those first.';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

CREATE TRIGGER keep_published_run
AFTER DELETE OR UPDATE OF pipeline, run, model ON trainyard.runs
FOR EACH ROW EXECUTE FUNCTION trainyard.keep_published_run();
