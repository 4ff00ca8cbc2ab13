#!/bin/sh
# need.sh WHAT... installs the system packages that are missing for WHAT.
#
#   need.sh run    what "make run" needs
#   need.sh test   what "make test" needs besides
#
# As root, or with sudo that asks no password, it installs them. Otherwise it prints
# the one command to type and ends with status 1. It installs nothing that is there
# in whatever way it came, and touches no service.
set -eu

missing=''
want() { # want PACKAGE IF-NOT COMMAND...: adds PACKAGE when the command fails
	package=$1
	shift
	case "$missing " in
	*" $package "*) return ;;
	esac
	if ! "$@" >/dev/null 2>&1; then
		missing="$missing $package"
	fi
}

# have NAME...: one of the programs is there; sbin is often not on an ordinary PATH.
have() {
	for name in "$@"; do
		if PATH="$PATH:/usr/sbin:/usr/local/sbin" command -v "$name"; then
			return 0
		fi
	done
	return 1
}

# have_postgres: server programs of 14 or newer; Debian keeps them off the PATH.
have_postgres() {
	for program in "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres; do
		[ -x "$program" ] || continue
		major=$("$program" --version | sed -n 's/.*(PostgreSQL) \([0-9]*\).*/\1/p')
		if [ "${major:-0}" -ge 14 ]; then
			return 0
		fi
	done
	return 1
}

# chromium_package: Ubuntu has it under another name.
chromium_package() {
	if grep -qs '^ID=ubuntu' /etc/os-release; then
		echo chromium-browser
	else
		echo chromium
	fi
}

for what in "$@"; do
	case $what in
	run)
		want postgresql have_postgres
		;;
	test)
		want postgresql have_postgres
		want redis-server have redis-server
		want pgbouncer have pgbouncer
		want "$(chromium_package)" have chromium chromium-browser google-chrome google-chrome-stable
		want npm have npm
		;;
	*)
		echo "need.sh: unknown: $what (run, test)" >&2
		exit 2
		;;
	esac
done

if ! command -v go >/dev/null; then
	echo "Go is not installed. Get it from https://go.dev/dl/ and put it on the PATH." >&2
	exit 1
fi
if [ -z "$missing" ]; then
	exit 0
fi

# shellcheck disable=SC2086 # the list is split on purpose
set -- $missing
if ! command -v apt-get >/dev/null; then
	echo "Missing here: $*. Install them with this system's package manager, then try again." >&2
	exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
	as=''
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
	as='sudo -n'
else
	echo "Missing here: $*. Type this, then try again:" >&2
	echo >&2
	if command -v sudo >/dev/null; then
		echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $*" >&2
	else
		echo "  su -c 'apt-get update && apt-get install -y --no-install-recommends $*'" >&2
	fi
	echo >&2
	exit 1
fi

# apt_get waits for another apt (a machine that updates itself) instead of failing.
apt_get() {
	$as env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@"
}

echo "Installing: $*"
apt_get update || echo "The package lists could not be refreshed; trying with those that are here." >&2
if ! apt_get install -y --no-install-recommends "$@" >/dev/null; then
	echo "Could not be installed: $*. The lines above say why." >&2
	exit 1
fi
