# A service of docker/compose.yaml, in a project of its own.
project=trainyard-test-$(od -An -N6 -tx1 /dev/urandom | tr -d ' ')
compose() { docker compose --progress plain -f "$root/docker/compose.yaml" --profile services -p "$project" "$@"; }
start() { compose up -d --build --wait --wait-timeout 120 "$what"; }
stop() { compose stop -t 15 "$what"; }
remove() { compose down -v -t 1; }
