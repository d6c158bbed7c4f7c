#!/bin/sh
# Runs the examples with the npm packages in DIST, with Bun and with Deno: runtimes.sh DIST TARGET
set -eu

dist=$(cd "$1" && pwd)
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
. "$repository/tests/packages/sandbox.sh"
trap 'stop_sandbox; rm -rf "$work"' EXIT

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
cp -R "$repository/node/examples" .
npx --no-install bun --version
npx --no-install deno --version

start_sandbox node node_modules/hundredms/dist/command.js sandbox
for example in examples/*.mjs; do
	# One is a server, and one is for the test runner of Node.
	case $example in */attendance.mjs | */testing.mjs) continue ;; esac
	npx --no-install bun "$example"
	npx --no-install deno run --allow-all --node-modules-dir=manual "$example"
done
