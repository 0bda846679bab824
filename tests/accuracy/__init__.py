"""`make compare`: what vitdlint says about whole sites, beside what the real Hugo makes of them."""
