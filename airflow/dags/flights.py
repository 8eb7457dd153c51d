"""The DAGs of pipelines/flights: flights_train, flights_score, flights_measure, flights_check."""
from trainyard_airflow.dags import pipeline

pipeline("flights")
