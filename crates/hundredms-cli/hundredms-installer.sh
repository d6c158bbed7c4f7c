#!/bin/sh
# Installs the command hundredms, or the sandbox alone: hundredms-installer.sh [hundredms|hundredms-sandbox]
#
# Downloads the archive of this platform, compares its checksum, and puts the program into $HUNDREDMS_INSTALL_DIR, which is
# ~/.local/bin unless given.
#
# HUNDREDMS_VERSION   the version, the newest unless given
# HUNDREDMS_RELEASES  where the releases are, to take them from a mirror
set -eu

fail() {
	echo "hundredms-installer: $*" >&2
	exit 1
}

program=${1:-hundredms}
case $program in
hundredms) crate=hundredms-cli ;;
hundredms-sandbox) crate=hundredms-sandbox ;;
*) fail "there is no program $program: give hundredms, which contains the sandbox, or hundredms-sandbox" ;;
esac

releases=${HUNDREDMS_RELEASES:-https://github.com/hundredms/hundredms/releases}
if [ -n "${HUNDREDMS_VERSION:-}" ]; then
	place=$releases/download/v$HUNDREDMS_VERSION
else
	place=$releases/latest/download
fi

case $(uname -s) in
Linux)
	libc=gnu
	# The loader of musl says its name on its standard error.
	if ldd --version 2>&1 | grep -qi musl; then libc=musl; fi
	system=unknown-linux-$libc
	;;
Darwin) system=apple-darwin ;;
*) fail "there is no build for $(uname -s) here; on Windows, take the archive from $releases" ;;
esac
case $(uname -m) in
x86_64 | amd64) processor=x86_64 ;;
aarch64 | arm64) processor=aarch64 ;;
*) fail "there is no build for $(uname -m); build it with: cargo install $crate" ;;
esac
target=$processor-$system

download() {
	if command -v curl >/dev/null; then
		curl --fail --silent --show-error --location --output "$2" "$1" || fail "cannot download $1"
	elif command -v wget >/dev/null; then
		wget --quiet --output-document "$2" "$1" || fail "cannot download $1"
	else
		fail "install curl or wget"
	fi
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
download "$place/SHA256SUMS" "$work/SHA256SUMS"
line=$(grep -E "  $crate-[0-9][^ ]*-$target\.tar\.gz\$" "$work/SHA256SUMS") || fail "this release has no build of $program for $target"
archive=${line#*  }
download "$place/$archive" "$work/$archive"
if command -v sha256sum >/dev/null; then
	found=$(sha256sum "$work/$archive")
else
	found=$(shasum -a 256 "$work/$archive")
fi
[ "${found%% *}" = "${line%% *}" ] || fail "the checksum of $archive is wrong; nothing was installed"

folder=${HUNDREDMS_INSTALL_DIR:-$HOME/.local/bin}
mkdir -p "$folder"
tar -xzf "$work/$archive" -C "$work"
mv "$work/${archive%.tar.gz}/$program" "$folder/$program"
echo "installed $folder/$program"
case :$PATH: in
*:"$folder":*) ;;
*) echo "add $folder to PATH to run it by its name" ;;
esac
