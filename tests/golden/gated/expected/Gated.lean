import Gated.Points
