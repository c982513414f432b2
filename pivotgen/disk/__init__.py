"""Files and folders: what lies inside which, and how they are opened without following links."""
