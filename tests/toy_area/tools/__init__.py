"""What units have lent out for a drill: the area of the example."""
