import Scorer.Points
import Scorer.Tighter
