"""The files of assets/ that name others: style sheets and scripts."""
