"""Numbers: estimates and rigorous floating-point bounds of spectral norms, on CPU or CUDA.

Only the records are re-exported here, because they are free of torch and later stages read them.
The work is in the modules, which import torch:

- ``spectral``  rigorous lower and upper bounds of the largest singular value, one or many
- ``weights``   tensors out of safetensors, ``.pt`` and ``.npz`` files, dequantised
- ``exact``     a tensor as exact integers over one denominator
- ``devices``   which device does the float64 work
"""

from lipbridge.numeric.records import Assurance as Assurance, SpectralBound as SpectralBound

__all__ = ["Assurance", "SpectralBound"]
