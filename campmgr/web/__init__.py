"""The pages. `app.create_app` is the table of contents; docs/house.md says what this room may import."""
