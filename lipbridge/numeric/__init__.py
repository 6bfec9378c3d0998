"""Numbers: estimates and rigorous floating-point bounds of spectral norms, on CPU or CUDA.

Only the records are re-exported here, because they are free of torch and later stages read them.
The work is in the modules, which import torch:

- ``spectral``  rigorous lower and upper bounds of the largest singular value, one or many
- ``weights``   tensors out of safetensors, ``.pt`` and ``.npz`` files, dequantised, exactly
- ``slopes``    steep slopes and flips of a selection, searched for
- ``lipsdp``    weights of hidden units that make a bound of layers together small
- ``presets``   bounds of published indexers
- ``devices``   which device does the float64 work
"""

from lipbridge.numeric.records import Assurance as Assurance, SpectralBound as SpectralBound
