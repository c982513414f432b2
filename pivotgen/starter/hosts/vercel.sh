#!/bin/sh
# Vercel runs this, because vercel.json names it. It needs the setting "Automatically expose System
# Environment Variables" of the project, which is on unless somebody turned it off.
set -eu
: "${VERCEL_ENV:?is set where Vercel builds the site}"
if [ "$VERCEL_ENV" = production ]; then
    .venv/bin/pivotgen lock --check
    .venv/bin/pivotgen build
else
    # A preview: search engines are kept out, and the address of the site is that of the preview.
    .venv/bin/pivotgen build --preview --base-url "https://$VERCEL_URL"
fi
# The form that Vercel publishes: files, and beside them redirects and headers.
rm -rf .vercel/output
mkdir -p .vercel/output
cp -R public .vercel/output/static
cp public/.hosts/vercel/config.json .vercel/output/config.json
