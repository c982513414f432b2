#!/bin/sh
# What the tests need beside Python: Chromium, Java, openssl, iproute2, the Nu checker, Mozilla's
# Observatory, nginx, Apache, and programs of Cloudflare, Netlify and Vercel. As root on Debian they
# are installed; elsewhere this says nothing, and each test that lacks something says what would help.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    wanted=""
    shell=chromium-headless-shell
    command -v $shell >/dev/null || command -v chromium >/dev/null || wanted="$shell fonts-noto-core"
    command -v java >/dev/null || wanted="$wanted default-jre-headless"
    command -v npm >/dev/null || wanted="$wanted npm"
    command -v /usr/sbin/sshd >/dev/null || wanted="$wanted openssh-server"
    command -v openssl >/dev/null || wanted="$wanted openssl"
    command -v ip >/dev/null || wanted="$wanted iproute2"
    # Caddy comes with the Python packages.
    command -v nginx >/dev/null || wanted="$wanted nginx-light"
    brotli=libnginx-mod-http-brotli-static
    dpkg -s $brotli >/dev/null 2>&1 || wanted="$wanted $brotli"
    command -v apache2 >/dev/null || wanted="$wanted apache2"
    if [ -n "$wanted" ]; then
        apt-get update -qq
        # The headless shell is quicker than the whole browser, but not every release has it.
        apt-cache show $shell >/dev/null 2>&1 || wanted=$(echo "$wanted" | sed "s/$shell/chromium/")
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $wanted >/dev/null
    fi
fi
if command -v npm >/dev/null; then
    mkdir -p .venv/node
    cp tests/locked/package*.json .venv/node
    # npm compares the digest that the lock file names.
    npm ci --silent --no-fund --no-audit --ignore-scripts --prefix .venv/node >/dev/null
fi
exit 0
