import LipBridge.Tighter
import LipBridge.Selection.Gated
import LipBridge.Selection.GramDirection
import LipBridge.Selection.KeyBlocks
import LipBridge.Selection.Keys
import LipBridge.Selection.Point
/-!
# Selections

What a network selects at a point, and how far the point may move.
-/
