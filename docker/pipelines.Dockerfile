# An image of one program with this repository's pipelines in it, as a team makes its own
# (templates/trainyard-pipeline/Dockerfile).
ARG STEP VERSION
FROM trainyard/${STEP}:${VERSION}
ARG IMAGE
ENV TRAINYARD_IMAGE=${IMAGE}
COPY pipelines/ /pipelines/
