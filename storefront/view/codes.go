package view

// Codes is the field for a coupon code with the codes typed so far. In the cart it is a form of its own;
// in the checkout its buttons send the form of the checkout to Add.URL: the code in Input, or the code to
// take out in RemoveName.
type Codes struct {
	Add        Action  `liquid:"add"`
	Input      Input   `liquid:"input"`
	RemoveName string  `liquid:"remove_name"`
	List       []*Code `liquid:"list"`
}

// Code is a coupon code in the cart. Reason is a finished sentence: why it is not given, or what it
// waits for; "" when it is given.
type Code struct {
	Text   string `liquid:"text"`
	Given  bool   `liquid:"given"`
	Reason string `liquid:"reason"`
	Remove Action `liquid:"remove"`
}
