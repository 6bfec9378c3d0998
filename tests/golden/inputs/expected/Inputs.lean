import Inputs.Points
