"""What a frozen list says, and when a period of publicity ends; pure."""
