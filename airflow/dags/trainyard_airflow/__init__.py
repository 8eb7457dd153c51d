"""
Turns a pipeline's plan.json into DAGs. Only dags, alerts and the two steps need Airflow; the rest is the standard
library's.
"""
