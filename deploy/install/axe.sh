#!/bin/sh
# axe.sh FOLDER puts axe-core, the accessibility checker of the browser tests, into
# FOLDER/axe.min.js. npm checks the package against the registry's digest.
set -eu

version=4.14.1
folder=${1:?usage: axe.sh FOLDER}
mark="$folder/axe-core-$version"

if [ -s "$folder/axe.min.js" ] && [ -e "$mark" ]; then
	exit 0
fi
mkdir -p "$folder"
draft=$(mktemp -d)
trap 'rm -rf "$draft"' EXIT
npm pack --silent --pack-destination "$draft" "axe-core@$version" >/dev/null
tar -xzf "$draft/axe-core-$version.tgz" -C "$draft" package/axe.min.js
mv "$draft/package/axe.min.js" "$folder/axe.min.js"
: >"$mark"
