package desk

// Listed are the routes that are named for an exception.
func Listed() (list []string) {
	for route := range again {
		list = append(list, route)
	}
	for route := range chooses {
		list = append(list, route)
	}
	return list
}
