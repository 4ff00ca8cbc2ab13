package id

// As gives an id of one thing the type of another that shares it on purpose: the holder of a
// stock hold is a cart, the registry's shop is the tenant's.
func As[T, S any](i Of[S]) Of[T] { return Of[T]{u: i.u} }
