"""The pages: works and batches at the desk, the pre-flight, screening and votes in the office, the gallery."""
