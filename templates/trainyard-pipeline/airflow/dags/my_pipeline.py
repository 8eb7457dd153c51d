"""The DAGs of pipelines/my_pipeline: my_pipeline_train, my_pipeline_score, my_pipeline_check."""
from trainyard_airflow.dags import pipeline

pipeline("my_pipeline")
