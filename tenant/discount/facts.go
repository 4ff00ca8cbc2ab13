package discount

// Facts are what the rules need to know beside the basket: what happened before.
// The caller reads them once, before pricing. The zero value is a visitor nobody
// knows, and codes nobody used.
type Facts struct {
	// Issued tells for codes in the basket that were issued apart, as [Code]
	// writes them, which rule they are of.
	Issued map[string]string `json:"issued,omitempty"`
	// Spent are the codes among them that were redeemed.
	Spent map[string]bool `json:"spent,omitempty"`
	// Uses is how often rules with a limit were redeemed, by rule.
	Uses map[string]Uses `json:"uses,omitempty"`
	// Returning is a customer who has ordered before.
	Returning bool `json:"returning,omitempty"`
}

// Uses is how often a rule was redeemed.
type Uses struct {
	Total      int64 `json:"total"`
	ByCustomer int64 `json:"by_customer"`
}
