package view

import "time"

// SignInPage is the data of the template "account_sign_in".
type SignInPage struct {
	Site
	Form     Form   `liquid:"form"`
	Email    Input  `liquid:"email"`
	Password Input  `liquid:"password"`
	Register string `liquid:"register_url"`
	Forgot   string `liquid:"forgot_url"`
}

// ProfileChoicePage is the data of the template "profile": the visitor says who he is. Each choice is a button of
// its own, so that one press is enough.
type ProfileChoicePage struct {
	Site
	Choices []*ProfileChoice `liquid:"choices"`
	Code    *ProfileCode     `liquid:"code"`        // nil where the shop gives out no codes
	SignIn  string           `liquid:"sign_in_url"` // "" for who has signed in
}

// ProfileChoice is one customer profile to choose.
type ProfileChoice struct {
	Name     string `liquid:"name"`
	Text     string `liquid:"text"`
	Selected bool   `liquid:"selected"`
	Action   Action `liquid:"action"`
}

// ProfileCode opens a profile with the code a shop gave to its customers.
type ProfileCode struct {
	Form Form  `liquid:"form"`
	Code Input `liquid:"code"`
}

// RegisterPage is the data of the template "account_register".
type RegisterPage struct {
	Site
	Form     Form   `liquid:"form"`
	Name     Input  `liquid:"name"`
	Email    Input  `liquid:"email"`
	Password Input  `liquid:"password"`
	Terms    *Terms `liquid:"terms"`
	SignIn   string `liquid:"sign_in_url"`
}

// ForgotPage is the data of the template "account_forgot": ask for a link by mail.
// Sent is true afterwards, whether or not the address is known.
type ForgotPage struct {
	Site
	Form   Form   `liquid:"form"`
	Email  Input  `liquid:"email"`
	Sent   bool   `liquid:"sent"`
	SignIn string `liquid:"sign_in_url"`
}

// ResetPage is the data of the template "account_reset": choose a new password.
type ResetPage struct {
	Site
	Form     Form   `liquid:"form"`
	Email    string `liquid:"email"` // whose password it is
	First    bool   `liquid:"first"` // he never had one: he was invited
	Password Input  `liquid:"password"`
	Expired  bool   `liquid:"expired"` // the link is too old; Forgot asks for another
	Forgot   string `liquid:"forgot_url"`
}

// AccountPage is the data of the template "account": the overview.
type AccountPage struct {
	Site
	Orders  []*OrderRow  `liquid:"orders"`  // the last few
	Address *AddressCard `liquid:"address"` // the default delivery address; nil when none
}

// OrdersPage is the data of the template "account_orders".
type OrdersPage struct {
	Site
	Orders []*OrderRow `liquid:"orders"`
	Pages  *Pagination `liquid:"pages"`
}

// OrderRow is an order in a list.
type OrderRow struct {
	Number   string    `liquid:"number"`
	URL      string    `liquid:"url"`
	PlacedAt time.Time `liquid:"placed_at"`
	State    string    `liquid:"state"`
	Payment  string    `liquid:"payment"`
	Pieces   int       `liquid:"pieces"`
	Total    Money     `liquid:"total"`
}

// AddressesPage is the data of the template "account_addresses".
type AddressesPage struct {
	Site
	Addresses []*AddressCard `liquid:"addresses"`
	NewURL    string         `liquid:"new_url"`
}

// AddressCard is an address of the customer's book.
type AddressCard struct {
	Lines    []string `liquid:"lines"`
	Delivery bool     `liquid:"delivery"` // default for delivery
	Billing  bool     `liquid:"billing"`  // default for billing
	EditURL  string   `liquid:"edit_url"`
	Remove   Action   `liquid:"remove"`
}

// CardsPage is the data of the template "account_cards".
type CardsPage struct {
	Site
	Cards []*KeptCard `liquid:"cards"`
}

// KeptCard is a card a bank keeps for the customer.
type KeptCard struct {
	Name    string    `liquid:"name"`  // "Visa •••• 4242, 12/29"
	Since   time.Time `liquid:"since"` // when he agreed
	Expired bool      `liquid:"expired"`
	Test    bool      `liquid:"test"` // of the bank's test mode: it pays nothing real
	Remove  Action    `liquid:"remove"`
}

// AddressPage is the data of the template "account_address": a new address or an
// old one to change. Refresh shows the fields of another country.
type AddressPage struct {
	Site
	Form     Form         `liquid:"form"`
	Refresh  string       `liquid:"refresh_url"`
	Address  *AddressForm `liquid:"address"`
	New      bool         `liquid:"is_new"`
	Delivery Check        `liquid:"delivery"` // make it the default for delivery
	Billing  Check        `liquid:"billing"`
	Back     string       `liquid:"back_url"`
}

// Check is a check box.
type Check struct {
	Name    string `liquid:"name"`
	Checked bool   `liquid:"checked"`
}

// ProfilePage is the data of the template "account_profile": name, mail, password.
type ProfilePage struct {
	Site
	Form        Form  `liquid:"form"`
	Name        Input `liquid:"name"`
	Email       Input `liquid:"email"`
	Password    Input `liquid:"password"` // the present one
	NewPassword Input `liquid:"new_password"`
}
