#!/bin/sh
# The build command of Cloudflare Pages is: sh cloudflare.sh
set -eu
: "${CF_PAGES_BRANCH:?is set where Cloudflare Pages builds the site}"
pip install --quiet -r requirements.txt
case "$CF_PAGES_BRANCH" in
main | master)
    pivotgen lock --check
    pivotgen build
    ;;
*)
    # A preview: search engines are kept out, and the address of the site is that of the preview.
    pivotgen build --preview --base-url "$CF_PAGES_URL"
    ;;
esac
