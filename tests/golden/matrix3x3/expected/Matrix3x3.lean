import Matrix3x3.Points
