"""What is said of works: files, stages, revocations, batches."""
