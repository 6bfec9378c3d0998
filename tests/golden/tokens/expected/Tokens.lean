import Tokens.Network
