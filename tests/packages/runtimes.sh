#!/bin/sh
# Runs the demo of the npm packages in DIST with Bun and with Deno: runtimes.sh DIST TARGET
set -eu

dist=$(cd "$1" && pwd)
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case $2 in
x86_64-unknown-linux-gnu) platform=linux-x64-gnu ;;
aarch64-unknown-linux-gnu) platform=linux-arm64-gnu ;;
x86_64-apple-darwin) platform=darwin-x64 ;;
aarch64-apple-darwin) platform=darwin-arm64 ;;
x86_64-pc-windows-msvc) platform=win32-x64-msvc ;;
*) echo "Bun or Deno is not to be had for $2" >&2 && exit 2 ;;
esac

cd "$work"
echo '{ "private": true, "type": "module" }' >package.json
npm install --no-save --no-audit --no-fund --silent --no-package-lock bun@1.4.5 deno@2.9.6 \
	"$dist"/hundredms-"$platform"-*.tgz "$dist"/hundredms-[0-9]*.tgz
cp -R "$repository/node/demo" .
npx --no-install bun --version
npx --no-install bun demo/story.mjs
npx --no-install deno --version
npx --no-install deno run --allow-all --node-modules-dir=manual demo/story.mjs
