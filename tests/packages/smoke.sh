#!/bin/sh
# Installs the packages in DIST into clean environments, and runs the examples and a part of the tests with each: smoke.sh DIST TARGET
#
# SMOKE      what to try: python, node, command; all unless given
# PYTHON     the interpreter, python3 unless given
# NODE, NPM  likewise
# SUITE      `no` leaves out the tests, which need pytest
set -eu

dist=$(cd "$1" && pwd)
target=$2
repository=$(cd "$(dirname "$0")/../.." && pwd)
what=${SMOKE:-python node command}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case $target in
x86_64-unknown-linux-gnu) platform=linux-x64-gnu ;;
aarch64-unknown-linux-gnu) platform=linux-arm64-gnu ;;
x86_64-unknown-linux-musl) platform=linux-x64-musl ;;
aarch64-unknown-linux-musl) platform=linux-arm64-musl ;;
x86_64-apple-darwin) platform=darwin-x64 ;;
aarch64-apple-darwin) platform=darwin-arm64 ;;
x86_64-pc-windows-msvc) platform=win32-x64-msvc ;;
aarch64-pc-windows-msvc) platform=win32-arm64-msvc ;;
*) echo "there are no packages for $target" >&2 && exit 2 ;;
esac

. "$repository/tests/packages/sandbox.sh"

one() {
	if [ $# -ne 1 ] || [ ! -e "$1" ]; then
		echo "not one file: $*" >&2
		exit 1
	fi
	echo "$1"
}

try_python() {
	python=${PYTHON:-$(command -v python3 || command -v python)}
	"$python" -m venv "$work/venv"
	if [ -d "$work/venv/Scripts" ]; then programs=$work/venv/Scripts; else programs=$work/venv/bin; fi
	"$programs/python" -m pip install --quiet --disable-pip-version-check --pre --only-binary hundredms --find-links "$dist" hundredms
	cd "$work"
	start_sandbox "$programs/hundredms" sandbox
	for example in "$repository"/python/examples/*.py; do
		# It is a server, and needs starlette.
		case $example in */attendance.py) continue ;; esac
		"$programs/python" -I "$example"
	done
	stop_sandbox
	if [ "${SUITE:-yes}" = yes ]; then
		"$programs/python" -m pip install --quiet --disable-pip-version-check pytest
		# The tests read these of the repository.
		mkdir -p "$work/python" "$work/tests" "$work/docs"
		cp -R "$repository/python/tests" "$work/python/tests"
		cp -R "$repository/tests/fixtures" "$work/tests/fixtures"
		cp -R "$repository/docs/reference" "$work/docs/reference"
		for name in clients errors models paging rooms tokens; do
			set -- "$@" "python/tests/test_$name.py"
		done
		"$programs/python" -m pytest -q --import-mode=importlib "$@"
	fi
}

try_node() {
	node=${NODE:-node}
	npm=${NPM:-npm}
	mkdir "$work/project"
	cd "$work/project"
	echo '{ "private": true, "type": "module" }' >package.json
	"$npm" install --no-save --no-audit --no-fund --silent --no-package-lock \
		"$(one "$dist"/hundredms-"$platform"-*.tgz)" "$(one "$dist"/hundredms-[0-9]*.tgz)"
	cp -R "$repository/node/examples" .
	start_sandbox "$node" node_modules/hundredms/dist/command.js sandbox
	for example in examples/*.mjs; do
		# It is a server.
		case $example in */attendance.mjs) continue ;; esac
		"$node" "$example"
	done
	stop_sandbox
	if [ "${SUITE:-yes}" = yes ]; then
		cp -R "$repository/node/tests/suite" .
		"$node" --test suite/calls.test.mjs suite/errors.test.mjs suite/paging.test.mjs suite/tokens.test.mjs
	fi
}

try_command() {
	mkdir "$work/command"
	cd "$work/command"
	for archive in hundredms-cli hundredms-sandbox; do
		tar -xzf "$(one "$dist/$archive"-*-"$target".tar.gz)"
	done
	sandbox_alone=$(one hundredms-sandbox-*/hundredms-sandbox*)
	"./$sandbox_alone" --version
	start_sandbox "./$sandbox_alone"
	stop_sandbox
	hundredms=./$(one hundredms-cli-*/hundredms*)
	"$hundredms" --version
	start_sandbox "$hundredms" sandbox
	"$hundredms" rooms create --name smoke --fields name,enabled | tee created
	grep -q '^{"name":"smoke","enabled":true}' created
	"$hundredms" doctor
	stop_sandbox
	cat printed
}

for one_of in $what; do
	echo "== $one_of, $target"
	(trap stop_sandbox EXIT && "try_$one_of")
done
echo "smoke: $what on $target: as expected"
