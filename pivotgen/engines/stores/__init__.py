"""Stores: the services and folders that a site is deployed to, one file for each kind."""
