import Bordered.Points
import Bordered.Tighter
