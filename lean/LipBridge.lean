/-! The LipBridge library: imports only. -/
import LipBridge.Algebra.Int
