import LipBridge.Networks
import LipBridge.Evaluate.Combination
import LipBridge.Evaluate.Filled
import LipBridge.Layers.Diagonal
import LipBridge.Layers.GainedLinear
import LipBridge.Layers.Rescaled
import LipBridge.Layers.ScoreTable
import LipBridge.Layers.SlopeBordered
import LipBridge.Layers.SlopeBorderedChain
import LipBridge.Layers.SlopeRow
import LipBridge.Layers.Steep
import LipBridge.Layers.TighterKernelOnly
/-!
# Tighter bounds

Layers of a network bounded together, and where it is as steep as that.
-/
