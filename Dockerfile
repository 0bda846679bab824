# docker run --rm --volume "$PWD:/site" vitdlint check
FROM python:3.13-slim AS build
COPY . /src
RUN python -m venv /opt/vitdlint && /opt/vitdlint/bin/pip install --no-cache-dir "/src[patterns]"

FROM python:3.13-slim
# `--since` and `--staged` ask git. The repository on the volume has another owner than the user here.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*' \
    && useradd --create-home --uid 1000 vitdlint
COPY --from=build /opt/vitdlint /opt/vitdlint
ENV PATH="/opt/vitdlint/bin:$PATH"
USER vitdlint
WORKDIR /site
ENTRYPOINT ["vitdlint"]
CMD ["check"]
