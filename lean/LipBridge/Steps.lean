import LipBridge.Selections
import LipBridge.Selection.DsaState
import LipBridge.Selection.GatedCases
import LipBridge.Selection.Joint
import LipBridge.Selection.ProjectedState
import LipBridge.Selection.StepKeys
import LipBridge.Trajectory.Recorded
/-!
# Recorded steps

What was selected in a recorded step or path, and how far the queries may move.
-/
