import Scorer.Network
import Scorer.Tighter
import Scorer.Selection
