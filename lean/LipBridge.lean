import LipBridge.Algebra.Int
import LipBridge.Lipschitz.Comp
import LipBridge.Vector.Matrix
import LipBridge.Vector.Max
import LipBridge.Layers.Linear
import LipBridge.Layers.Relu
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.MeanPool
import LipBridge.Layers.MaxPool
import LipBridge.Layers.Scale
import LipBridge.Layers.Dot
import LipBridge.Layers.Tokenwise
/-! The LipBridge library: imports only. -/
