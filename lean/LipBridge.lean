import LipBridge.Algebra.Int
/-! The LipBridge library: imports only. -/
