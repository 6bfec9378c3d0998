import Blocks.Network
import Blocks.Tighter
import Blocks.Selection
