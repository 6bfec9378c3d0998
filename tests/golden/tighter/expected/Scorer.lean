import Scorer.Points
import Scorer.Tighter
import Scorer.Selection
