import LipBridgeReal.Lipschitz
import LipBridgeReal.Given
import LipBridgeReal.Selection
/-! LipBridge over the real numbers, in Mathlib's words: imports only. -/
