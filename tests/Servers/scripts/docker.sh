# A service of docker/compose.yaml, in a project of its own.
project=trainyard-test-$(od -An -N6 -tx1 /dev/urandom | tr -d ' ')
compose() { docker compose --progress plain -f "$root/docker/compose.yaml" --profile services -p "$project" "$@"; }
start() {
  compose up -d --build "$what"
  # Not with --wait: health checks are rare, for each costs more than the server does when idle.
  # As long as it runs it is on its way: on busy cores that takes its time, and who waits for us has a limit of its own.
  until compose exec -T "$what" sh -c "$(is_ready)"; do
    [ -n "$(compose ps -q --status running "$what")" ] || { compose logs --tail 5 "$what"; return 1; }
    sleep 0.25
  done
}
is_ready() { [ "$what" = postgres ] && echo 'pg_isready -q -h 127.0.0.1' || echo 'test -e /var/lib/s3/run/ready'; }
stop() { compose stop -t 15 "$what"; }
remove() { compose down -v -t 1; }
