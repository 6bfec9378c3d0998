"""What is certain at a step: margins, radii, constants; in float64, and in exact integers."""
