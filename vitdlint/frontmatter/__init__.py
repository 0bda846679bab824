"""Front matter: JSON, YAML or TOML at the top of a page, detected as Hugo does, with a place for every value."""
