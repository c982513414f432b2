"""How long builds take and how much memory they need, beside other generators."""
