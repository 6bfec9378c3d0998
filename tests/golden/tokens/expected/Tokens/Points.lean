import Tokens.Network
/-!
# Values of the network `tokens` at integer points

Over the integers, with every reciprocal replaced by 1 and every given function by a plain one (a
root by 1, a rotation by a quarter turn, an activation by the identity), the network is an integer
function. The kernel computes its values, layer by layer; exact arithmetic on the stored weights
gave the same.

Words of the library:
- `Agree n x y`: `x` and `y` agree in their first `n` entries.
- `ofPacked w β X`: The vector whose entry `i` is digit `i` of `X` in base `2^w`, less the bias `β`:
  long integer vectors are written so, and each entry is read at once.
-/

set_option autoImplicit false

universe u

namespace Tokens

open LipBridge

variable {R : Type u} [OrderedRing R] (r : Nat → R) (rms_t : Vec R → R) (turn_t : Nat → Nat → Vec R)
  (layer_t : Vec R → R) (groups_t : Vec R → R) (same_t : Nat → Nat → Vec R) (vector_t : Nat → Vec R)

/-- `key` depends on the first 12 entries only. -/
theorem key_congr {x y : Vec R} (h : Agree 12 x y) :
    Agree 12 (key r x) (key r y) :=
  LipBridge.tokenwise_congr (n := 4) (m := 4)
    (f := LipBridge.linear 4 key_weight.entry (r 4) (fun _ => zero)) 3
    (fun k => LipBridge.linear_congr 4 4 key_weight.entry (r 4) (fun _ => zero) k) h

/-- `rms` depends on the first 12 entries only. -/
theorem rms_congr {x y : Vec R} (h : Agree 12 x y) :
    Agree 12 (rms r (fun _ => one) x) (rms r (fun _ => one) y) :=
  LipBridge.tokenwise_congr (n := 4) (m := 4)
    (f := LipBridge.rmsNorm
      (fun i => mul (ofInt (Int.add (rms_gain.entry 0 i) (Int.ofNat 8))) (r 8)) (fun _ => one)) 3
    (fun k =>
      LipBridge.rmsNorm_given_congr
        (fun i => mul (ofInt (Int.add (rms_gain.entry 0 i) (Int.ofNat 8))) (r 8)) k) h

/-- `turn` depends on the first 12 entries only. -/
theorem turn_congr {x y : Vec R} (h : Agree 12 x y) :
    Agree 12 (turn (fun _ => quarterTurn) x) (turn (fun _ => quarterTurn) y) :=
  LipBridge.eachToken_congr 3 (n := 4) (m := 4)
    (f := fun k => LipBridge.rotary 1 ((fun _ => quarterTurn) k 0) ((fun _ => quarterTurn) k 1))
    (fun _ _ _ e => LipBridge.rotary_congr 1 2 _ _ e) h

/-- `weigh` depends on the first 12 entries only. -/
theorem weigh_congr {x y : Vec R} (h : Agree 12 x y) :
    Agree 12 (weigh r x) (weigh r y) :=
  LipBridge.tokenwise_congr (n := 4) (m := 4)
    (f := LipBridge.gain
      (fun i => add (mul (ofInt (weigh_gain.entry 0 i)) (r 4)) (ofInt (Int.negSucc 0)))) 3
    (fun k =>
      LipBridge.gain_congr
        (fun i => add (mul (ofInt (weigh_gain.entry 0 i)) (r 4)) (ofInt (Int.negSucc 0))) k) h

/-- `layer` depends on the first 12 entries only. -/
theorem layer_congr {x y : Vec R} (h : Agree 12 x y) :
    Agree 12 (layer r (fun _ => one) x) (layer r (fun _ => one) y) :=
  LipBridge.tokenwise_congr (n := 4) (m := 4)
    (f := LipBridge.layerNorm 4 (r 4) (fun i => mul (ofInt (layer_gain.entry 0 i)) (r 2))
      (fun _ => one) (fun i => mul (ofInt (layer_bias.entry 0 i)) one)) 3
    (fun k =>
      LipBridge.layerNorm_given_congr (r 4) (fun i => mul (ofInt (layer_gain.entry 0 i)) (r 2))
        (fun i => mul (ofInt (layer_bias.entry 0 i)) one) k) h

/-- `groups` depends on the first 12 entries only. -/
theorem groups_congr {x y : Vec R} (h : Agree 12 x y) :
    Agree 12 (groups r (fun _ => one) x) (groups r (fun _ => one) y) :=
  LipBridge.tokenwise_congr (n := 4) (m := 4)
    (f := LipBridge.groupNorm 2 2 (r 2) (fun i => mul (ofInt (groups_gain.entry 0 i)) (r 3))
      (fun _ => one) (fun i => mul (ofInt (groups_bias.entry 0 i)) (r 2))) 3
    (fun k =>
      LipBridge.groupNorm_given_congr (G := 2) (d := 2) (r 2)
        (fun i => mul (ofInt (groups_gain.entry 0 i)) (r 3))
        (fun i => mul (ofInt (groups_bias.entry 0 i)) (r 2)) k) h

/-- `same` depends on the first 12 entries only. -/
theorem same_congr {x y : Vec R} (h : Agree 12 x y) :
    Agree 12 (same (fun _ => quarterTurn) x) (same (fun _ => quarterTurn) y) :=
  LipBridge.eachToken_congr 3 (n := 4) (m := 4)
    (f := fun k => LipBridge.rotary 2 ((fun _ => quarterTurn) k 0) ((fun _ => quarterTurn) k 1))
    (fun _ _ _ e => LipBridge.rotary_congr 2 0 _ _ e) h

/-- `mean_pool1` depends on the first 12 entries only. -/
theorem mean_pool1_congr {x y : Vec R} (h : Agree 12 x y) :
    Agree 4 (mean_pool1 r x) (mean_pool1 r y) :=
  LipBridge.meanPool_congr 3 4 (r 3) h

/-- `vector` depends on the first 4 entries only. -/
theorem vector_congr {x y : Vec R} (h : Agree 4 x y) :
    Agree 4 (vector quarterTurn x) (vector quarterTurn y) :=
  LipBridge.rotary_congr 2 0 _ _ h

/-- The input x at the point, packed: (-3, -3, 0, 1, -1, 3, -1, 0, …). -/
noncomputable def tokens_point1_x : Vec Int := ofPacked 3 4 49753864969

/-- The value of `key` at the point, packed: (-6, -24, -4, -20, -14, 7, -4, -8, …). -/
noncomputable def tokens_point1_key_value : Vec Int := ofPacked 6 32 0xb247ba61c9d231c21a

/-- What `key` makes of `tokens_point1_x`. -/
theorem tokens_point1_key :
    Agree 12 ((key (fun (_ : Nat) => one) : Vec Int → Vec Int) tokens_point1_x)
      tokens_point1_key_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `rms` at the point, packed: (-54, -144, -32, -240, -126, 42, -32, -96, …). -/
noncomputable def tokens_point1_rms_value : Vec Int := ofPacked 9 256 0xc8481e9ea50382548208380e0ca

/-- What `rms` makes of `tokens_point1_key_value`. -/
theorem tokens_point1_rms :
    Agree 12
      ((rms (fun (_ : Nat) => one) (fun _ => one) : Vec Int → Vec Int) tokens_point1_key_value)
      tokens_point1_rms_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `turn` at the point, packed: (144, -54, -32, -240, -42, -126, -32, -96, …). -/
noncomputable def tokens_point1_turn_value : Vec Int := ofPacked 9 256 0xc8483d50c5038104d6083819590

/-- What `turn` makes of `tokens_point1_rms_value`. -/
theorem tokens_point1_turn :
    Agree 12 ((turn (fun _ => quarterTurn) : Vec Int → Vec Int) tokens_point1_rms_value)
      tokens_point1_turn_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `weigh` at the point, packed: (144, -594, 160, 0, -42, -1386, 160, 0, …). -/
noncomputable def tokens_point1_weigh_value : Vec Int :=
  ofPacked 13 4096 0x8003d8341d00c800428152cfd68004281b5d090

/-- What `weigh` makes of `tokens_point1_turn_value`. -/
theorem tokens_point1_weigh :
    Agree 12 ((weigh (fun (_ : Nat) => one) : Vec Int → Vec Int) tokens_point1_turn_value)
      tokens_point1_weigh_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `layer` at the point, packed: (868, -301, 2701, 581, 2452, -115, 8569, 2537, …). -/
noncomputable def tokens_point1_layer_value : Vec Int :=
  ofPacked 15 16384 0x5a1a0d9604bad2493d385e5fc6c994848b2a35f69c364

/-- What `layer` makes of `tokens_point1_weigh_value`. -/
theorem tokens_point1_layer :
    Agree 12
      ((layer (fun (_ : Nat) => one) (fun _ => one) : Vec Int → Vec Int) tokens_point1_weigh_value)
      tokens_point1_layer_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `groups` at the point, packed: (1806, -866, 1744, -8103, 690, -2450, 7612, -25707,
…). -/
noncomputable def tokens_point1_groups_value : Vec Int :=
  ofPacked 17 65536 0xdae8b1ca225bcfc764dcac76f1ecdd02b2702cc1b41f93d070e

/-- What `groups` makes of `tokens_point1_layer_value`. -/
theorem tokens_point1_groups :
    Agree 12
      ((groups (fun (_ : Nat) => one) (fun _ => one) : Vec Int → Vec Int) tokens_point1_layer_value)
      tokens_point1_groups_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `same` at the point, packed: (-1744, 8103, 1806, -866, -7612, 25707, 690, -2450,
…). -/
noncomputable def tokens_point1_same_value : Vec Int :=
  ofPacked 17 65536 0x896f3f1d8945f38d87b3740acac8d6e2447e4f41c3a3f4ef930

/-- What `same` makes of `tokens_point1_groups_value`. -/
theorem tokens_point1_same :
    Agree 12 ((same (fun _ => quarterTurn) : Vec Int → Vec Int) tokens_point1_groups_value)
      tokens_point1_same_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `mean_pool1` at the point, packed: (5196, -12735, 1590, 1514). -/
noncomputable def tokens_point1_mean_pool1_value : Vec Int := ofPacked 15 16384 629749191201051724

/-- What `mean_pool1` makes of `tokens_point1_same_value`. -/
theorem tokens_point1_mean_pool1 :
    Agree 4 ((mean_pool1 (fun (_ : Nat) => one) : Vec Int → Vec Int) tokens_point1_same_value)
      tokens_point1_mean_pool1_value :=
  meanPool_packed 19 2 (Eq.refl true)

/-- The value of `vector` at the point, packed: (-1590, -1514, 5196, -12735). -/
noncomputable def tokens_point1_vector_value : Vec Int := ofPacked 15 16384 128410945587984842

/-- What `vector` makes of `tokens_point1_mean_pool1_value`. -/
theorem tokens_point1_vector :
    Agree 4 ((vector quarterTurn : Vec Int → Vec Int) tokens_point1_mean_pool1_value)
      tokens_point1_vector_value :=
  packedCheck_sound (Eq.refl true)

/-- `tokens` over the integers, every reciprocal being 1, given functions plain ones, at
`tokens_point1_x`: (-1590, -1514, 5196, -12735). -/
theorem tokens_point1 :
    Agree 4
      ((tokens (fun (_ : Nat) => one) (fun _ => one) (fun _ => quarterTurn) (fun _ => one)
        (fun _ => one) (fun _ => quarterTurn) quarterTurn :
        Vec Int → Vec Int) tokens_point1_x) tokens_point1_vector_value :=
  Agree.trans (vector_congr (Agree.trans (mean_pool1_congr (fun (_ : Nat) => one)
    (Agree.trans (same_congr (Agree.trans (groups_congr (fun (_ : Nat) => one)
      (Agree.trans (layer_congr (fun (_ : Nat) => one)
        (Agree.trans (weigh_congr (fun (_ : Nat) => one)
          (Agree.trans (turn_congr (Agree.trans (rms_congr (fun (_ : Nat) => one) tokens_point1_key)
            tokens_point1_rms)) tokens_point1_turn)) tokens_point1_weigh)) tokens_point1_layer))
      tokens_point1_groups)) tokens_point1_same)) tokens_point1_mean_pool1)) tokens_point1_vector

/-- The input x at the point, packed: (-3, 3, -2, -3, 0, 2, 2, -3, …). -/
noncomputable def tokens_point2_x : Vec Int := ofPacked 3 4 46946534073

/-- The value of `key` at the point, packed: (-30, -2, 4, -36, 24, 10, 20, -12, …). -/
noncomputable def tokens_point2_key_value : Vec Int := ofPacked 7 64 0xa8e25b869525583911f22

/-- What `key` makes of `tokens_point2_x`. -/
theorem tokens_point2_key :
    Agree 12 ((key (fun (_ : Nat) => one) : Vec Int → Vec Int) tokens_point2_x)
      tokens_point2_key_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `rms` at the point, packed: (-270, -12, 32, -432, 216, 60, 160, -144, …). -/
noncomputable def tokens_point2_rms_value : Vec Int :=
  ofPacked 10 512 0xbc1c0909b85c2a08f2d8142207d0f2

/-- What `rms` makes of `tokens_point2_key_value`. -/
theorem tokens_point2_rms :
    Agree 12
      ((rms (fun (_ : Nat) => one) (fun _ => one) : Vec Int → Vec Int) tokens_point2_key_value)
      tokens_point2_rms_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `turn` at the point, packed: (12, -270, 32, -432, -60, 216, 160, -144, …). -/
noncomputable def tokens_point2_turn_value : Vec Int :=
  ofPacked 10 512 0xbc1c06e1be5c2a0b61c4142203ca0c

/-- What `turn` makes of `tokens_point2_rms_value`. -/
theorem tokens_point2_turn :
    Agree 12 ((turn (fun _ => quarterTurn) : Vec Int → Vec Int) tokens_point2_rms_value)
      tokens_point2_turn_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `weigh` at the point, packed: (12, -2970, -160, 0, -60, 2376, -800, 0, …). -/
noncomputable def tokens_point2_weigh_value : Vec Int :=
  ofPacked 13 4096 0x80045019d0fbe8003383290fc48003d808cd00c

/-- What `weigh` makes of `tokens_point2_turn_value`. -/
theorem tokens_point2_weigh :
    Agree 12 ((weigh (fun (_ : Nat) => one) : Vec Int → Vec Int) tokens_point2_turn_value)
      tokens_point2_weigh_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `layer` at the point, packed: (6260, 151, 17749, 6237, -3152, 863, -13895, -3031,
…). -/
noncomputable def tokens_point2_layer_value : Vec Int :=
  ofPacked 16 32768 0x8435941d7f0583b0742949b9835f73b0985dc55580979874

/-- What `layer` makes of `tokens_point2_weigh_value`. -/
theorem tokens_point2_layer :
    Agree 12
      ((layer (fun (_ : Nat) => one) (fun _ => one) : Vec Int → Vec Int) tokens_point2_weigh_value)
      tokens_point2_layer_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `groups` at the point, packed: (-906, -6258, 18712, -53247, -5178, 3154, -9092,
41685, …). -/
noncomputable def tokens_point2_groups_value : Vec Int :=
  ofPacked 17 65536 0x61d4c3281f8a505e2d16ab71f218a4ebc61800d2461cf1cfc76

/-- What `groups` makes of `tokens_point2_layer_value`. -/
theorem tokens_point2_groups :
    Agree 12
      ((groups (fun (_ : Nat) => one) (fun _ => one) : Vec Int → Vec Int) tokens_point2_layer_value)
      tokens_point2_groups_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `same` at the point, packed: (-18712, 53247, -906, -6258, 9092, -41685, -5178,
3154, …). -/
noncomputable def tokens_point2_same_value : Vec Int :=
  ofPacked 17 65536 0x7e294178a78aef36086293af18ba57238473c73f1db9ffeb6e8

/-- What `same` makes of `tokens_point2_groups_value`. -/
theorem tokens_point2_same :
    Agree 12 ((same (fun _ => quarterTurn) : Vec Int → Vec Int) tokens_point2_groups_value)
      tokens_point2_same_value :=
  packedCheck_sound (Eq.refl true)

/-- The value of `mean_pool1` at the point, packed: (-12852, 27009, -4578, -4046). -/
noncomputable def tokens_point2_mean_pool1_value : Vec Int := ofPacked 16 32768 8084645360129101260

/-- What `mean_pool1` makes of `tokens_point2_same_value`. -/
theorem tokens_point2_mean_pool1 :
    Agree 4 ((mean_pool1 (fun (_ : Nat) => one) : Vec Int → Vec Int) tokens_point2_same_value)
      tokens_point2_mean_pool1_value :=
  meanPool_packed 19 2 (Eq.refl true)

/-- The value of `vector` at the point, packed: (4578, 4046, -12852, 27009). -/
noncomputable def tokens_point2_vector_value : Vec Int := ofPacked 16 32768 16825815223814230498

/-- What `vector` makes of `tokens_point2_mean_pool1_value`. -/
theorem tokens_point2_vector :
    Agree 4 ((vector quarterTurn : Vec Int → Vec Int) tokens_point2_mean_pool1_value)
      tokens_point2_vector_value :=
  packedCheck_sound (Eq.refl true)

/-- `tokens` over the integers, every reciprocal being 1, given functions plain ones, at
`tokens_point2_x`: (4578, 4046, -12852, 27009). -/
theorem tokens_point2 :
    Agree 4
      ((tokens (fun (_ : Nat) => one) (fun _ => one) (fun _ => quarterTurn) (fun _ => one)
        (fun _ => one) (fun _ => quarterTurn) quarterTurn :
        Vec Int → Vec Int) tokens_point2_x) tokens_point2_vector_value :=
  Agree.trans (vector_congr (Agree.trans (mean_pool1_congr (fun (_ : Nat) => one)
    (Agree.trans (same_congr (Agree.trans (groups_congr (fun (_ : Nat) => one)
      (Agree.trans (layer_congr (fun (_ : Nat) => one)
        (Agree.trans (weigh_congr (fun (_ : Nat) => one)
          (Agree.trans (turn_congr (Agree.trans (rms_congr (fun (_ : Nat) => one) tokens_point2_key)
            tokens_point2_rms)) tokens_point2_turn)) tokens_point2_weigh)) tokens_point2_layer))
      tokens_point2_groups)) tokens_point2_same)) tokens_point2_mean_pool1)) tokens_point2_vector

end Tokens
