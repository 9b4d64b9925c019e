# The image holds the service in a virtual environment, owned by root and run by a user who can write nothing but /tmp and
# /dev/shm. The root file system may be mounted read-only.
#
#   docker build --tag quote-attribution .
#   docker run --rm --read-only --tmpfs /tmp --publish 127.0.0.1:8080:8080 quote-attribution
#
# Behind a proxy or a private package index, hand pip its settings and certificates for the build alone; nothing of them stays:
#   docker build --secret id=pip.conf,src=pip.conf --secret id=ca.pem,src=ca.pem --tag quote-attribution .
# where pip.conf names its certificates as /run/secrets/ca.pem.

# Any Debian-like base with python3 (3.11 or later) and its venv module will do; a release names it by digest (docs/adr/).
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS build
# "archive": with pyarrow and Ray as well, for `quotes batch` on Parquet and on clusters, and trafilatura for whole pages.
ARG LOCK=runtime
WORKDIR /src
RUN ["python3", "-m", "venv", "/opt/quotes"]
# The dependencies come first, for they change less often than the code. Wheels only: nothing is compiled here.
COPY requirements/runtime.txt requirements/archive.txt requirements/
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf --mount=type=secret,id=ca.pem \
    /opt/quotes/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary :all: \
        --require-hashes --requirement requirements/${LOCK}.txt
COPY pyproject.toml setup.py MANIFEST.in openapi.yaml README.md LICENSE ./
COPY service service
# service/web/static/quotes.js is a link to it.
COPY plugins/js/quotes.js plugins/js/quotes.js
# The image needs no installer once everything is in place.
RUN /opt/quotes/bin/pip install --no-cache-dir --disable-pip-version-check --no-index --no-deps --no-build-isolation . \
    && /opt/quotes/bin/pip uninstall --yes pip

FROM ${BASE}
LABEL org.opencontainers.image.title="quote-attribution" \
      org.opencontainers.image.description="Finds the quotations in English news articles and who said them" \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 quotes \
    && useradd --uid 10001 --gid quotes --no-create-home --home-dir /tmp --shell /usr/sbin/nologin quotes
COPY --from=build /opt/quotes /opt/quotes
# One BLAS thread a process: parallelism comes from the worker processes, and more threads only take turns on the same cores.
ENV PATH=/opt/quotes/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=1 \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1 \
    QUOTES_BIND=0.0.0.0:8080
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:%s/livez' % os.environ['QUOTES_BIND'].rpartition(':')[2], timeout=4)"]
# `docker run -i … extract -` works too. gunicorn is process 1: it forwards SIGTERM to its workers and reaps them.
ENTRYPOINT ["quotes"]
CMD ["serve"]
