# Sourced by the other scripts: makes sure that what they need is there.
# On Debian and Ubuntu it installs Debian packages and says which; elsewhere it says what to install.
# shellcheck shell=bash

# What the build needs beside Rust.
BUILD_PACKAGES=(gcc libc6-dev)
# What the window opens at run time (X11, keyboard, OpenGL); `ldd` does not show these. Root
# certificates for Xbox Live, fonts for gamertags in every script.
WINDOW_PACKAGES=(libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 libxkbcommon-x11-0
    libgl1 libegl1 libgl1-mesa-dri ca-certificates fontconfig fonts-noto-core fonts-noto-cjk)
# A screen where there is none.
VIRTUAL_SCREEN_PACKAGES=(xvfb xauth)
# What the tests drive: a virtual screen, a software Vulkan for pictures, a keyring.
TEST_PACKAGES=(xvfb xauth mesa-vulkan-drivers libvulkan1 dbus gnome-keyring)
RUST_VERSION=1.95

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else
        say "This needs root and there is no sudo. Run as root: $*"
        return 1
    fi
}

# need PACKAGE...: installs the packages that are missing.
need() {
    local missing=() package
    if ! command -v apt-get >/dev/null; then
        say "Not a Debian or Ubuntu system. If what follows fails, install what corresponds to: $*"
        return 0
    fi
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    say "Installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# need_rust: a Rust of RUST_VERSION or newer on the PATH.
need_rust() {
    PATH="$PATH:$HOME/.cargo/bin"
    rust_is_new_enough && return 0
    if ! command -v rustup >/dev/null && command -v apt-get >/dev/null; then
        say "Installing Rust $RUST_VERSION with rustup, for this user"
        need ca-certificates curl
        curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs |
            sh -s -- -y --no-modify-path --default-toolchain "$RUST_VERSION" >&2
    elif command -v rustup >/dev/null; then
        say "Installing Rust $RUST_VERSION"
        rustup toolchain install "$RUST_VERSION" >&2
    fi
    rust_is_new_enough || export RUSTUP_TOOLCHAIN=$RUST_VERSION
    if ! rust_is_new_enough; then
        say "Statlens needs Rust $RUST_VERSION or newer. Install it with rustup (https://rustup.rs) and run this again."
        return 1
    fi
}

rust_is_new_enough() {
    local have
    have=$(rustc --version 2>/dev/null | cut -d' ' -f2) || return 1
    [ -n "$have" ] && [ "$(printf '%s\n%s\n' "$RUST_VERSION" "$have" | sort -V | head -n 1)" = "$RUST_VERSION" ]
}

# with_screen COMMAND...: runs the command, under a virtual screen where there is no other.
with_screen() {
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        "$@"
    else
        xvfb-run --auto-servernum --server-args '-screen 0 1600x1000x24' "$@"
    fi
}
