#!/usr/bin/env bash
# A PostgreSQL server of the tests' own, on loopback, in a folder that goes with it.
#
#   postgres.sh install               installs the server's programs where there are none (Debian, as root)
#   postgres.sh start FOLDER [PORT]   makes and starts one; prints its address
#   postgres.sh stop FOLDER           stops it (immediately, as a crash would)
#   postgres.sh with COMMAND …        starts one, runs the command with its address in CROSSBEARING_POSTGRES, stops it
#
# Needs the server's programs (Debian: postgresql). A server never runs as root: root lends the folder to another user.
set -euo pipefail

bin() {
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n -r) /usr/local/pgsql/bin /opt/homebrew/bin; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then echo "$folder"; return; fi
    done
    if command -v initdb >/dev/null && command -v postgres >/dev/null; then dirname "$(command -v initdb)"; return; fi
    echo "error: no PostgreSQL server is installed" >&2
    echo "  hint: apt-get install postgresql (or your system's package of that name)" >&2
    exit 1
}

as_user() {
    if [ "$(id -u)" = 0 ]; then runuser -u "$(user)" -- "$@"; else "$@"; fi
}

user() { if id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi; }

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
    local folder=$1 port=${2:-} own
    own=$(bin)
    mkdir -p "$folder"
    folder=$(cd "$folder" && pwd)
    if [ "$(id -u)" = 0 ]; then chown "$(user)" "$folder"; fi
    if [ ! -d "$folder/data" ]; then
        as_user "$own/initdb" -D "$folder/data" -U crossbearing --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
            --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
    fi
    port=${port:-$(free_port)}
    as_user "$own/pg_ctl" -D "$folder/data" -w -t 60 -l "$folder/server.log" start \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c max_connections=64" \
        >/dev/null || { cat "$folder/server.log" >&2; exit 1; }
    echo "postgres://crossbearing@127.0.0.1:$port/postgres"
}

stop() {
    if [ -d "$1/data" ]; then as_user "$(bin)/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null; fi
}

install() {
    if (bin >/dev/null 2>&1); then return; fi
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        # The package starts a server of the system's own, which nobody here asks for.
        mkdir -p /etc/postgresql-common
        [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
        apt-get update -qq >/dev/null 2>&1 || true
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql >/dev/null 2>&1 || true
    fi
    bin >/dev/null
}

case "${1:-}" in
    install) install ;;
    start) shift; start "$@" ;;
    stop) shift; stop "$@" ;;
    with)
        shift
        folder=$(mktemp -d)
        trap 'stop "$folder" || true; rm -rf "$folder"' EXIT
        chmod 755 "$folder"
        CROSSBEARING_POSTGRES=$(start "$folder")
        export CROSSBEARING_POSTGRES
        "$@"
        ;;
    *) sed -n '2,10p' "$0" >&2; exit 2 ;;
esac
