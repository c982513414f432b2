"""The preview: a local web server, the watcher of saves, and its scripts for the browser."""
