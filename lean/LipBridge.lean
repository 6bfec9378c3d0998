import LipBridge.Steps
import LipBridge.Layers.Softmax
import LipBridge.Network.Cubed
import LipBridge.Rational.Ring
import LipBridge.Selection.Computed
import LipBridge.Selection.Folklore
import LipBridge.Selection.Ties
import LipBridge.Trajectory.Exchange
import LipBridge.Trajectory.Expected
import LipBridge.Trajectory.LockIn
/-!
# The LipBridge library

All of it. What exports import is in parts, each with the ones before it: `LipBridge.Networks`, `LipBridge.Tighter`,
`LipBridge.Selections`, `LipBridge.Steps`.
-/
