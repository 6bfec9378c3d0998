import Heads.Points
