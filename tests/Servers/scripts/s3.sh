# Ceph's own programs, started as the image starts them (docker/s3/entrypoint).
start() {
  { command -v ceph-mon && command -v ceph-osd && command -v radosgw; } ||
    install_packages radosgw ceph-common ceph-mon ceph-osd curl radosgw
  export S3_DIR=$work/s3 S3_PORT=$TRAINYARD_S3_PORT S3_MONITOR_PORT=$TRAINYARD_S3_MONITOR_PORT S3_LISTEN=127.0.0.1
  export S3_ACCESS_KEY=$TRAINYARD_S3_ACCESS_KEY S3_SECRET_KEY=$TRAINYARD_S3_SECRET_KEY S3_STORE=$TRAINYARD_S3_STORE
  "$root/docker/s3/entrypoint" & server=$!
  # As long as it lives it is on its way: on busy cores that takes its time, and who waits for us has a limit of its
  # own.
  until [ -e "$S3_DIR/run/ready" ]; do kill -0 "$server" || return 1; sleep 0.1; done
}
stop() { [ -z "${server:-}" ] || { kill "$server" && wait "$server"; }; }
remove() { stop; }
