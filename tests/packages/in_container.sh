#!/bin/sh
# Runs smoke.sh in a container without a network, with the Python and the Node of this machine: in_container.sh DIST IMAGE
#
# The packages must load with the libc of the image. Python comes as a build that needs glibc 2.17; Node's own needs 2.28, so it is
# left out where the image has less. Alpine brings both of its own.
set -eu

dist=$(cd "$1" && pwd)
image=$2
repository=$(cd "$(dirname "$0")/../.." && pwd)
processor=$(uname -m)
target=$processor-unknown-linux-gnu
wheels=$(mktemp -d)
setup=true
set -- -v "$repository:/repository:ro" -v "$dist:/dist:ro" -v "$wheels:/wheels:ro" -e SUITE=no

case $image in
alpine:*)
	target=$processor-unknown-linux-musl
	setup='apk add --quiet python3 nodejs npm'
	python3 -m pip download --quiet --dest "$wheels" --only-binary :all: --platform "musllinux_1_2_$processor" --python-version 3.12 msgspec
	what='python node command'
	;;
*)
	pythons=$(mktemp -d)
	python3 -m pip install --quiet uv==0.13.9
	uv python install --quiet --install-dir "$pythons" 3.12
	python=$(ls -d "$pythons"/cpython-3.12*/)
	python3 -m pip download --quiet --dest "$wheels" --only-binary :all: --platform "manylinux_2_17_$processor" --python-version 3.12 msgspec
	nodes=$(dirname "$(dirname "$(command -v node)")")
	set -- "$@" --network none -v "$python:/python:ro" -v "$nodes:/node:ro" -e PYTHON=/python/bin/python3
	what='python node command'
	if [ "$image" = amazonlinux:2 ]; then what='python command'; fi
	;;
esac

docker run --rm "$@" -e SMOKE="$what" -e PIP_NO_INDEX=1 -e PIP_FIND_LINKS=/wheels "$image" \
	sh -c "$setup && PATH=\$PATH:/node/bin sh /repository/tests/packages/smoke.sh /dist $target"
