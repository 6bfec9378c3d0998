import Every_layer.Network
