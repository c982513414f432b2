"""Verbs: the steps of a build, one public function each, named as its file."""
