"""What is not a layout: structured data, sitemap, feeds and their kind, one file each."""
