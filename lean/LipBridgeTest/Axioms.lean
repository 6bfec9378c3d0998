import LipBridge.Evaluate.Packed
import LipBridge.Layers.Dot
import LipBridge.Layers.LeakyRelu
import LipBridge.Layers.MaxPool
import LipBridge.Layers.MeanPool
import LipBridge.Layers.Scale
import LipBridge.Layers.Tokenwise
import LipBridge.Layers.Hadamard
import LipBridge.Layers.LayerNorm
import LipBridge.Layers.Product
import LipBridge.Layers.RmsNormScore
import LipBridge.Selection.Joint
import LipBridge.Layers.Rescale
import LipBridge.Layers.RotaryPairs
import LipBridge.Layers.RotaryTokens
import LipBridge.Layers.Gain
import LipBridge.Layers.Softmax
import LipBridge.Layers.TighterKernelOnly
import LipBridge.Layers.Activation
import LipBridge.Layers.Coordinates
import LipBridge.Network.Cubed
import LipBridgeTest.NonVacuous.Network
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
#print axioms LipBridge.SqLipschitzOn.comp
#print axioms LipBridge.SqLipschitzOn.comp_ofNat
#print axioms LipBridge.SqLipschitzOn.weaken_ofNat
#print axioms LipBridge.SqLipschitzOn.agree
#print axioms LipBridge.LipschitzOn.ofSq
#print axioms LipBridge.LipschitzOn.comp
#print axioms LipBridge.LipschitzOn.abs_le
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
#print axioms LipBridge.eachToken_sqLipschitz
#print axioms LipBridge.gain_sqLipschitz_ofNat
#print axioms LipBridge.gain_sqLipschitz_offset
-- certificates
#print axioms LipBridge.land_pack
#print axioms LipBridge.SpectralCertificate.Checked.sound
#print axioms LipBridge.FormCertificate.Checked.sound
-- evaluation
#print axioms LipBridge.eval_step
#print axioms LipBridge.linear_eval
#print axioms LipBridge.PackedMatrix.linear_eval
-- branches, scores, norms, isometries
#print axioms LipBridge.sum_lipschitz_ofNat
#print axioms LipBridge.residual_lipschitz_ofNat
#print axioms LipBridge.concat_sqLipschitz_ofNat
#print axioms LipBridge.parallel_sqLipschitz
#print axioms LipBridge.activation_sqLipschitz
#print axioms LipBridge.abs_sqLipschitz
#print axioms LipBridge.clamp_sqLipschitz
#print axioms LipBridge.softmax_lipschitz
#print axioms LipBridge.softmaxSlope_normSq_le
#print axioms LipBridge.slice_sqLipschitz
#print axioms LipBridge.permute_sqLipschitz
#print axioms LipBridge.rotary_isometry
#print axioms LipBridge.rotaryPairs_isometry
#print axioms LipBridge.rotaryTokens_isometry
#print axioms LipBridge.hadamard_sqLipschitz
#print axioms LipBridge.blockScore_sqLipschitz_ofNat
#print axioms LipBridge.blockGap_sqLipschitz_ofNat
#print axioms LipBridge.blockMax_sqLipschitz
#print axioms LipBridge.boxScore_sqLipschitz
#print axioms LipBridge.boxGap_sqLipschitz
#print axioms LipBridge.merge_sqLipschitz_stored
#print axioms LipBridge.score_sqLipschitz
#print axioms LipBridge.scoreGap_sqLipschitz
#print axioms LipBridge.rescale_sqLipschitz_stored
#print axioms LipBridge.PackedMatrix.isProduct_sound
#print axioms LipBridge.PackedMatrix.isScaled_sound
#print axioms LipBridge.LayerBlock.ofColumns
#print axioms LipBridge.SlopeChain.last
#print axioms LipBridge.RowCertificate.score
#print axioms LipBridge.RowCertificate.difference
#print axioms LipBridge.Affine.comp
#print axioms LipBridge.Rescaled.sqLipschitz
#print axioms LipBridge.scores_lipschitz
#print axioms LipBridge.pairs_lipschitz
#print axioms LipBridge.rescaled_scores
#print axioms LipBridge.rescaled_pairs
#print axioms LipBridge.pairScore_sqLipschitzOn
#print axioms LipBridge.bilinear_sqLipschitzOn
#print axioms LipBridge.weighted_sqLipschitzOn_ball
#print axioms LipBridge.rmsNorm_sqLipschitzOn_ofNat
#print axioms LipBridge.rmsNorm_loose
#print axioms LipBridge.dsa_selection
#print axioms LipBridge.dsa_lipschitzOn
#print axioms LipBridge.rmsNormAtLeast_sqLipschitz_ofNat
#print axioms LipBridge.rmsNorm_score_le_iff
#print axioms LipBridge.layerNorm_sqLipschitzOn_ofNat
-- depth
#print axioms LipBridge.stages_sqLipschitz
#print axioms LipBridge.compose_lipschitz
#print axioms LipBridge.sigma_pow
#print axioms LipBridge.mlp_sqLipschitz
#print axioms LipBridge.sigma_cubed
#print axioms LipBridge.sigma_squared
#print axioms LipBridge.sigma_cubed_two
#print axioms LipBridge.folklore_two_layers_false
#print axioms LipBridgeTest.Depth.not_twoLayerFolklore
#print axioms LipBridge.Reciprocals.ofAll
#print axioms LipBridge.Reciprocals.rational
#print axioms LipBridge.instOrderedRingRational
