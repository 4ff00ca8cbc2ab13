package notify

import (
	"context"
	"time"

	"echoppe.dev/platform/driver/mail"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
)

// Facts tells what a letter says about an order or a quote, as plain values; checkout implements it.
type Facts interface {
	// Facts gives every text in l, and to the buyer, not to staff, every amount in his display currency. Errors: of kind
	// NotFound when there is no such order.
	Facts(tx tenant.Tx, order OrderID, l i18n.Locale, staff bool) (*Order, error)
	// QuoteFacts is Facts for a quote, which is shown like an order.
	QuoteFacts(tx tenant.Tx, quote QuoteID, l i18n.Locale) (*Order, error)
	// QuotePaper is the paper that goes with the letter that sends a quote.
	QuotePaper(ctx context.Context, shop *tenant.Shop, quote QuoteID) (*mail.Attachment, error)
}

// Order is an order, or a quote, as a letter shows it, every text in the reader's language and every amount
// written out.
type Order struct {
	Number       string
	PlacedAt     time.Time
	Buyer        string
	Email        string
	Locale       i18n.Locale
	Lines        []Line
	Totals       []Total
	Total        string
	Charged      string // what was charged, in another currency than the amounts; "" else
	ToCharge     string // the same of what will be
	Aside        string // what the totals leave out, in a sentence; "" for nothing
	Billing      []string
	Delivery     []string
	Shipping     string
	Payment      string
	Instructions []Instruction // how to pay, while it is awaited
	BuyerNote    string
	URL          string // the buyer's page of the order
	OfficeURL    string // the staff's page of it, "" when not known
	Test         bool
	Due          string // what is still to be paid, of an order that is paid in two parts; else ""
	Unpaid       bool   // money for it is still awaited
	AtBank       bool   // and is to be paid at a bank, where its buyer may have given up
	Quote        bool
	Until        string // the last day of a quote, written out; "" while nobody has said
}

// Line is one article.
type Line struct {
	Name    string
	Options string
	SKU     string
	Qty     int
	Unit    string
	Total   string
	// Expected is the day it is announced for, written out; "" for what can be sent now.
	Expected string
}

// Total is one line of the totals; Strong marks the amount to pay.
type Total struct {
	Label  string
	Amount string
	Strong bool
}

// Instruction is one line of how to pay: a sentence, or a label with a value to copy.
type Instruction struct {
	Text  string
	Value string
}
