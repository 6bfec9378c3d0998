import Blocks.Points
