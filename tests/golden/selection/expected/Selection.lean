import Selection.Points
import Selection.Selection
