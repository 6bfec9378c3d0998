import Maximum.Points
