import Bordered.Network
import Bordered.Tighter
