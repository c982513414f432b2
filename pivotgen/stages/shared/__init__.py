"""What all pages of a site share: settings, phrases, layouts and assets."""
