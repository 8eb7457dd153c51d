# Airflow as `make airflow` starts it: the public image, with the DAGs. Mounts of compose.yaml stand over the DAGs, so that an edit shows at once.
FROM apache/airflow:3.3.2-python3.11
COPY airflow/requirements.txt /opt/airflow/requirements.txt
# Where the image has them already, this changes nothing; where it has others, it says so at build time and not at night.
RUN python -m pip install --no-cache-dir --disable-pip-version-check -q -r /opt/airflow/requirements.txt
COPY --chmod=755 docker/airflow/ /opt/trainyard/
COPY airflow/dags /opt/airflow/dags
