# The images of the steps and of the command line: `make images`, or
#   docker build -f docker/step.Dockerfile --build-arg STEP=extract -t trainyard/extract .
# No stage before the last mentions STEP, so one build publishes all programs, and what several carry is the same layer
# in all of them.
ARG STEP

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS projects
WORKDIR /src
COPY . .
# Only what restore reads: another line of code is no reason to restore again.
RUN find . -type f ! -name '*.csproj' ! -name packages.lock.json ! -name 'Directory.*.props' ! -name global.json \
    ! -name dotnet-tools.json -delete

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS restore
WORKDIR /src
# As CI restores: by the lock files, and a package with a known vulnerability is an error.
ENV CI=true NUGET_PACKAGES=/packages
COPY --from=projects /src .
RUN --mount=type=cache,target=/packages,sharing=locked \
    for project in steps/* cli; do dotnet restore $project -r linux-x64 -p:PublishReadyToRun=true -v quiet || exit; done

FROM restore AS sbom
RUN --mount=type=cache,target=/packages,sharing=locked \
    dotnet tool restore && mkdir /sbom && \
    version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props) && \
    for project in steps/*/*.csproj cli/*.csproj; do \
      name=$(dirname ${project#steps/}); \
      dotnet CycloneDX $project -rs -dpr -rt linux-x64 -ef Microsoft.CodeAnalysis.BannedApiAnalyzers \
        -F Json -spv 1.6 -ns -o /sbom -fn $name.cdx.json -sn trainyard/$name -sv $version -st Container \
        >/dev/null || exit; \
    done && sed -i '/^ *"timestamp":/d' /sbom/*

FROM restore AS build
# LightGBM needs OpenMP's runtime, which the images below do not have; binutils has strip.
RUN apt-get -qq update && \
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends libgomp1 binutils >/dev/null && \
    rm -rf /var/lib/apt/lists/*
COPY . .
ARG REVISION
RUN --mount=type=cache,target=/packages,sharing=locked \
    for project in steps/* cli; do \
      dotnet publish $project -c Release -r linux-x64 --no-self-contained -o /programs/${project#steps/} \
        -v quiet --nologo -p:PublishReadyToRun=true -p:PublishDocumentationFiles=false -p:RunAnalyzers=false \
        -p:SourceRevisionId=$REVISION || exit; \
    done
COPY --from=sbom /sbom /sbom
RUN docker/layers /programs /sbom /layers

# The base of the rest: libraries and the runtime; no shell, no package manager, no time zones.
FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled AS common
COPY --from=build /layers/common /

FROM common AS warehouse
COPY --from=build /layers/warehouse /

FROM common AS features
FROM common AS report
FROM warehouse AS extract
FROM warehouse AS measure
FROM warehouse AS cli

FROM common AS train
COPY --from=build /layers/models /
COPY --from=build /layers/onnx /
COPY --from=build /layers/training /

FROM warehouse AS score
COPY --from=build /layers/models /
COPY --from=build /layers/onnx /

FROM ${STEP}
ARG STEP
COPY --from=build /layers/${STEP} /
ARG VERSION REVISION SOURCE
LABEL org.opencontainers.image.title="trainyard/${STEP}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV TRAINYARD_IMAGE=trainyard/${STEP}:${VERSION}
USER 1654
ENTRYPOINT ["/app/program"]
