"""One module a verb: its options (`add_arguments`), what it does (`main`), and its ENVIRONMENT."""
