# Airflow as `make airflow` starts it: the public image, with what the DAGs need. The DAGs are mounted (compose.yaml): a
# pipeline that is deployed makes no other image, and so restarts nothing that may be at work.
FROM apache/airflow:3.3.2-python3.11
COPY airflow/requirements.txt /opt/airflow/requirements.txt
# Where the image has them already, this changes nothing; where it has others, it says so at build time and not at
# night.
RUN python -m pip install --no-cache-dir --disable-pip-version-check -q -r /opt/airflow/requirements.txt
COPY --chmod=755 docker/airflow/ /opt/trainyard/
