import Chain.Points
import Chain.Tighter
