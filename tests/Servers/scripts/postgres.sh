# PostgreSQL's own programs: the newest in Debian's place, or on the path.
programs() {
  ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 | grep . || dirname "$(command -v initdb)"
}
as_server() { if [ "$(id -u)" = 0 ]; then runuser -u "$account" -- "$@"; else "$@"; fi; } # it refuses to run as root
start() {
  [ -n "${bin:-}" ] || make_cluster
  as_server "$bin/pg_ctl" -s -w -t 400 -D "$work/data" -l "$work/log/postgres.log" \
    -o "-p $TRAINYARD_POSTGRES_PORT $TRAINYARD_POSTGRES_OPTIONS" start
}
make_cluster() {
  programs >/dev/null || install_packages initdb postgresql
  bin=$(programs); account=$(id -un postgres 2>/dev/null || echo nobody)
  mkdir "$work/data" "$work/log"; (umask 077; printf '%s\n' "$TRAINYARD_POSTGRES_PASSWORD" >"$work/password")
  [ "$(id -u)" != 0 ] || chown "$account" "$work"/{data,log,password}
  as_server "$bin/initdb" -D "$work/data" -U "$TRAINYARD_POSTGRES_USER" --pwfile="$work/password" \
    -A scram-sha-256 -E UTF8 --locale=C.UTF-8 --no-sync
  printf "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\n" >>"$work/data/postgresql.conf"
}
stop() { as_server "$bin/pg_ctl" -s -w -m fast -D "$work/data" stop; }
remove() { [ ! -e "$work/data/postmaster.pid" ] || as_server "$bin/pg_ctl" -s -w -m immediate -D "$work/data" stop; }
