package desk

// again are the POST routes inside a shop's office that are not guarded by [Once], each with the reason. All
// others are: a route that is added is guarded without a word.
var again = map[string]string{
	"/orders/print":              "leads to the papers of the chosen orders; writes nothing",
	"/orders/carriage/bill":      "compares a typed bill with the parcels; writes nothing",
	"/orders/payouts/read":       "reads a file of a bank and shows it; writes nothing",
	"/simulator":                 "calculates a basket; writes nothing",
	"/discounts/new/:method/try": "calculates with the typed rule; writes nothing",
	"/discounts/:id/try":         "calculates with the typed rule; writes nothing",
	"/settings/opening/preview":  "gives out another address each time, which is what it is for",
}

// chooses are the routes of lists with boxes: other boxes are another action.
var chooses = map[string]bool{"/products": true, "/stock/orders/make": true}

// Repeats tells whether a POST route of the office, written as the desks write it, acts each time it is sent.
func Repeats(route string) bool { return again[route] != "" }
