import LipBridge.Algebra.Int
import LipBridge.Lipschitz.Comp
/-! The LipBridge library: imports only. -/
