# A service of docker/compose.yaml, in a project of its own.
project=trainyard-test-$(od -An -N6 -tx1 /dev/urandom | tr -d ' ')
compose() { docker compose --progress plain -f "$root/docker/compose.yaml" --profile services -p "$project" "$@"; }
start() {
  compose up -d --build "$what"
  # Not with --wait: health checks are rare, for each costs more than the server does when idle.
  for _ in $(seq 240); do
    compose exec -T "$what" sh -c "$(is_ready)" && return
    sleep 0.25
  done
  compose logs --tail 5 "$what"; return 1
}
is_ready() { [ "$what" = postgres ] && echo 'pg_isready -q -h 127.0.0.1' || echo 'test -e /var/lib/s3/run/ready'; }
stop() { compose stop -t 15 "$what"; }
remove() { compose down -v -t 1; }
