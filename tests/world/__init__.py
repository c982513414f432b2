"""What the tests share: small sites, builds of them, and programs that stand beside them."""
