{-# OPTIONS --cubical-compatible --no-import-sorts --level-universe #-}
-- What every Agda module imports without saying so, for a program that comes without it: Agda 2.7
-- knows these declarations by name, and refuses others.
module Agda.Primitive where

infixl 6 _⊔_
{-# BUILTIN PROP           Prop      #-}
{-# BUILTIN TYPE           Set       #-}
{-# BUILTIN STRICTSET      SSet      #-}
{-# BUILTIN PROPOMEGA      Propω     #-}
{-# BUILTIN SETOMEGA       Setω      #-}
{-# BUILTIN STRICTSETOMEGA SSetω     #-}
{-# BUILTIN LEVELUNIV      LevelUniv #-}
postulate
  Level : LevelUniv
{-# BUILTIN LEVEL Level #-}
postulate
  lzero : Level
  lsuc  : (ℓ : Level) → Level
  _⊔_   : (ℓ₁ ℓ₂ : Level) → Level
{-# BUILTIN LEVELZERO lzero #-}
{-# BUILTIN LEVELSUC  lsuc  #-}
{-# BUILTIN LEVELMAX  _⊔_   #-}
