"""The same site for Pelican: only what its pages need, and feeds off as on the other sides."""

import pivots

SITENAME = "AICareerPivot"
SITEURL = "https://aicareerpivot.com"
PATH = "content"
OUTPUT_PATH = "public"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_DATE_FORMAT = "%Y-%m-%d"

THEME = "theme"
PLUGINS = [pivots]
JINJA_FILTERS = pivots.FILTERS
JINJA_ENVIRONMENT = {"trim_blocks": True, "lstrip_blocks": True}
JINJA_GLOBALS = {"assets": pivots.assets()}

ARTICLE_PATHS = ["pivots"]
ARTICLE_URL = "pivots/{slug}/"
ARTICLE_SAVE_AS = "pivots/{slug}/index.html"
ARTICLE_ORDER_BY = "slug"
SLUGIFY_SOURCE = "basename"
STATIC_PATHS: list[str] = []
PAGE_PATHS: list[str] = []

DIRECT_TEMPLATES = ["index", "404", "sitemap", "robots"]
SITEMAP_SAVE_AS = "sitemap.xml"
ROBOTS_SAVE_AS = "robots.txt"
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

# What the reader made of a file is kept for the next build, as Pelican's documentation advises.
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"
GZIP_CACHE = False
