import Heads.Network
