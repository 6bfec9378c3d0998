import Every_layer.Points
