import Falling.Points
import Falling.Tighter
