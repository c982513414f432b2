"""What every host answers for the site of `site_with_moves`, in one table."""

from __future__ import annotations

BASES = ("", "/repo")
COOK = "/to/%D0%BF%D0%BE%D0%B2%D0%B0%D1%80/"
# Each address with its status and where it leads or what its type is.
TABLE = [
    ("/", 200, "text/html; charset=utf-8"),
    ("/to/nurse/", 200, "text/html; charset=utf-8"),
    (COOK, 200, "text/html; charset=utf-8"),
    ("/to/nurse", 301, "/to/nurse/"),
    (COOK[:-1], 301, COOK),
    ("/to/nurse/index.html", 301, "/to/nurse/"),
    (f"{COOK}index.html", 301, COOK),
    ("/index.html", 301, "/"),
    ("/old/", 301, "/to/nurse/"),
    ("/old", 301, "/to/nurse/"),
    ("/chain/", 301, "/to/nurse/"),
    ("/cooks/", 301, "/pivots/chef-to-nurse/"),
    ("/gr%C3%B6%C3%9Fe/", 301, COOK),
    ("/gr%C3%B6%C3%9Fe", 301, COOK),
    ("/part/", 301, "/pivots/chef-to-nurse/#skills"),
    ("/deep/er/", 301, "/"),
    ("/gone/", 410, "text/html; charset=utf-8"),
    ("/gone", 410, "text/html; charset=utf-8"),
    ("/weg/%C3%BC/", 410, "text/html; charset=utf-8"),
    ("/none/", 404, "text/html; charset=utf-8"),
    ("/none.png", 404, "text/html; charset=utf-8"),
    ("/assets/none.css", 404, "text/html; charset=utf-8"),
    # A folder without a page.
    ("/pivots/", 404, "text/html; charset=utf-8"),
    ("/.hosts/Caddyfile", 404, "text/html; charset=utf-8"),
    ("/.htaccess", 404, "text/html; charset=utf-8"),
    ("/_headers", 404, "text/html; charset=utf-8"),
    ("/_redirects", 404, "text/html; charset=utf-8"),
    ("//elsewhere.example/index.html", 404, "text/html; charset=utf-8"),
    ("/files/form.txt", 200, "text/plain; charset=utf-8"),
    ("/photo.png", 200, "image/png"),
    ("/.well-known/security.txt", 200, "text/plain; charset=utf-8"),
    ("/sitemap.xml", 200, "application/xml"),
    ("/pivots/ward.png", 200, "image/png"),
    ("/about/", 200, "text/html; charset=utf-8"),
    ("/about", 301, "/about/"),
    ("/%C3%BCber/uns/index.html", 301, "/%C3%BCber/uns/"),
]
