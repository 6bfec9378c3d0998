{-# OPTIONS --erased-cubical --no-import-sorts --level-universe #-}
-- The interval, which Agda 2.7 looks for though no module here uses it.
module Agda.Primitive.Cubical where

{-# BUILTIN CUBEINTERVALUNIV IUniv #-}
{-# BUILTIN INTERVAL I #-}
{-# BUILTIN IZERO i0 #-}
{-# BUILTIN IONE i1 #-}
