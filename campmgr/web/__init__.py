"""The pages. `app.create_app` is the table of contents; design 3 says what this room may import."""
