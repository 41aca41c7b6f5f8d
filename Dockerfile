# One image for every service of docker-compose.yml: the project with its pinned, hashed dependencies.
FROM python:3.11-slim-bookworm

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONPATH=/vigie \
    VIGIE_HOME=/vigie/var \
    AIRFLOW_HOME=/vigie/var/airflow

RUN useradd --create-home --uid 10001 vigie \
 && mkdir -p /vigie/var/airflow/logs /vigie/var/airflow/secrets \
 && chown -R vigie: /vigie
WORKDIR /vigie

COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt

COPY --chown=vigie: . .
RUN pip install --no-deps --no-build-isolation --editable .

USER vigie
VOLUME ["/vigie/var"]
ENTRYPOINT ["python", "-m"]
CMD ["cli.app", "--help"]
