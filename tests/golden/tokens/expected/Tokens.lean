import Tokens.Points
