import Selection.Network
import Selection.Selection
