import Matrix3x3.Network
