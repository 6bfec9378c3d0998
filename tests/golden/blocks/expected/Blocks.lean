import Blocks.Points
import Blocks.Tighter
import Blocks.Selection
