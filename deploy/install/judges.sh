#!/bin/sh
# judges.sh FOLDER puts the libraries that check our signatures in tests into FOLDER, with the program that asks
# them (judges/judge.cjs). npm checks every package against the digests in judges/package-lock.json.
set -eu

folder=${1:?usage: judges.sh FOLDER}
here=$(cd "$(dirname "$0")" && pwd)/judges

if [ -d "$folder/node_modules" ] && cmp -s "$here/package-lock.json" "$folder/package-lock.json"; then
	cp "$here/judge.cjs" "$folder/judge.cjs"
	exit 0
fi
rm -rf "$folder"
mkdir -p "$folder"
cp "$here/package.json" "$here/judge.cjs" "$folder/"
cp "$here/package-lock.json" "$folder/package-lock.json"
npm ci --prefix "$folder" --silent --no-audit --no-fund --ignore-scripts >/dev/null || {
	rm -rf "$folder"
	echo "The libraries that check signatures could not be fetched from the registry of npm." >&2
	exit 1
}
