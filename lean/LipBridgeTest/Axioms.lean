import LipBridge.Evaluate.Packed
import LipBridge.Layers.Dot
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.MaxPool
import LipBridge.Layers.MeanPool
import LipBridge.Layers.Scale
import LipBridge.Layers.Tokenwise
/-!
# Axioms

Every line of output of this file must say that the theorem does not depend on any axioms; a test
compares it.
-/

-- arithmetic
#print axioms LipBridge.nat_ring
#print axioms LipBridge.ring_eq
#print axioms LipBridge.instOrderedRingInt
#print axioms LipBridge.le_of_sq_le_sq
#print axioms LipBridge.nat_div_mod_block
-- vectors
#print axioms LipBridge.sum_block
#print axioms LipBridge.cauchy_schwarz
#print axioms LipBridge.minkowski
#print axioms LipBridge.NormBound.ofTranspose
-- Lipschitz constants
#print axioms LipBridge.SqLipschitz.comp
#print axioms LipBridge.SqLipschitz.comp_ofNat
#print axioms LipBridge.SqLipschitzOn.comp_ofNat
#print axioms LipBridge.SqLipschitz.weaken_ofNat
#print axioms LipBridge.SqLipschitz.agree
#print axioms LipBridge.Lipschitz.ofSq
#print axioms LipBridge.LipschitzOn.ofSq
#print axioms LipBridge.Lipschitz.comp
#print axioms LipBridge.Lipschitz.abs_le
-- layers
#print axioms LipBridge.linear_sqLipschitz
#print axioms LipBridge.relu_sqLipschitz
#print axioms LipBridge.leakyRelu_sqLipschitz
#print axioms LipBridge.meanPool_sqLipschitz
#print axioms LipBridge.meanPool_folklore
#print axioms LipBridge.maxPool_sqLipschitz
#print axioms LipBridge.maxPool_folklore
#print axioms LipBridge.maxPool_supNorm
#print axioms LipBridge.scale_sqLipschitz
#print axioms LipBridge.dot_sqLipschitz
#print axioms LipBridge.dotKey_sqLipschitz
#print axioms LipBridge.tokenwise_sqLipschitz
-- evaluation
#print axioms LipBridge.eval_step
#print axioms LipBridge.linear_eval
#print axioms LipBridge.PackedMatrix.linear_eval
