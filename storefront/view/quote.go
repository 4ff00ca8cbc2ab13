package view

import "time"

// QuoteRequestPage is the data of the template "quote_request": ask for a quote of the cart. Known tells
// that a customer asks, whose name and mail address need no field.
type QuoteRequestPage struct {
	Site
	Form    Form   `liquid:"form"`
	Known   bool   `liquid:"known"`
	Name    Input  `liquid:"name"`
	Email   Input  `liquid:"email"`
	Message Input  `liquid:"message"`
	Trap    Input  `liquid:"trap"` // a field people do not see and leave empty
	Cart    *Cart  `liquid:"cart"`
	CartURL string `liquid:"cart_url"`
}

// Quote is a quote as its customer sees it: what he was offered, or, while State is "draft", what he asked
// for. State is "draft", "sent", "accepted", "refused" or "expired".
type Quote struct {
	Number      string       `liquid:"number"`
	State       string       `liquid:"state"`
	CreatedAt   time.Time    `liquid:"created_at"`
	Until       *time.Time   `liquid:"until"`   // the last day; nil while nothing was offered
	Message     string       `liquid:"message"` // what the customer wrote
	Remark      string       `liquid:"remark"`  // what the merchant wrote
	Reason      string       `liquid:"reason"`  // why it was refused
	Lines       []*OrderLine `liquid:"lines"`
	Totals      []Total      `liquid:"totals"`
	Net         bool         `liquid:"net"`        // prices of articles are without tax
	Later       bool         `liquid:"later"`      // sending comes on top: its price is reckoned when it is ordered
	Accept      string       `liquid:"accept_url"` // leads to the checkout; "" when it cannot be accepted (any more)
	Refuse      string       `liquid:"refuse_url"` // asks first; "" likewise
	PDF         string       `liquid:"pdf_url"`    // "" while nothing was offered
	OrderNumber string       `liquid:"order_number"`
	OrderURL    string       `liquid:"order_url"` // of the order it became, "" for none
}

// QuotePage is the data of the template "quote". Asked tells that it was asked for just now.
type QuotePage struct {
	Site
	Quote *Quote `liquid:"quote"`
	Asked bool   `liquid:"asked"`
}

// QuoteRefusePage is the data of the template "quote_refuse".
type QuoteRefusePage struct {
	Site
	Form   Form   `liquid:"form"`
	Number string `liquid:"number"`
	Reason Input  `liquid:"reason"`
	Back   string `liquid:"back_url"`
}

// QuotesPage is the data of the template "account_quotes".
type QuotesPage struct {
	Site
	Quotes  []*QuoteRow `liquid:"quotes"`
	Pages   *Pagination `liquid:"pages"`
	CartURL string      `liquid:"cart_url"`
}

// QuoteRow is a quote in a list.
type QuoteRow struct {
	Number    string     `liquid:"number"`
	URL       string     `liquid:"url"`
	CreatedAt time.Time  `liquid:"created_at"`
	Until     *time.Time `liquid:"until"`
	State     string     `liquid:"state"`
	Pieces    int        `liquid:"pieces"`
	Total     Money      `liquid:"total"`
}
