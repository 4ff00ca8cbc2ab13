package sips2

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/payment"
)

// interfaceVersion is that of the form.
const interfaceVersion = "HP_3.4"

// validationDays is how long an authorisation waits for its validation: cards are good for a week.
const validationDays = "6"

// Start makes the form that opens the payment. The bank keeps a reference for ever once a card was tried under it, and refuses
// the form then: the same payment is not taken twice.
func (g *Gateway) Start(_ context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	key, err := keyOf(a)
	if err != nil {
		return nil, err
	}
	amount, err := r.Payment.Amount.Minor()
	if err != nil || amount <= 0 {
		return nil, payment.ErrUnfit
	}
	d := data{}
	d.put("merchantId", a.Config.Text("merchant"))
	d.put("keyVersion", a.Config.Text("version"))
	d.put("amount", strconv.FormatInt(amount, 10))
	d.put("currencyCode", r.Payment.Amount.Currency().Number())
	d.put("transactionReference", r.Payment.Ref)
	d.put("orderId", plain(r.OrderNumber, 32))
	d.put("orderChannel", "INTERNET")
	d.put("normalReturnUrl", r.ReturnURL)
	d.put("automaticResponseUrl", r.NotifyURL)
	d.put("responseEncoding", "base64")
	d.put("customerLanguage", string(g.brand.Speaks(r.Locale)))
	if a.Config.Text("capture") == captureLater {
		d.put("captureMode", validation)
		d.put("captureDay", validationDays)
	} else {
		d.put("captureMode", "AUTHOR_CAPTURE")
		d.put("captureDay", "0")
	}
	d.buyer(r.Buyer)
	text, algorithm := d.encode(), a.Config.Text("seal")
	return payment.FormPost{
		URL: g.calls.At(Family, g.pageHost(a, r.Payment.Test), "/paymentInit"),
		Fields: []payment.FormField{
			{Name: "Data", Value: text},
			{Name: "InterfaceVersion", Value: interfaceVersion},
			{Name: "Seal", Value: seal(algorithm, key, text)},
			{Name: "SealAlgorithm", Value: algorithms[algorithm]},
			{Name: "Encode", Value: "base64"},
		},
	}, nil
}

// pageHost is where the page is: the vendor's own shops are on the simulator, a merchant's on the test platform.
func (g *Gateway) pageHost(a payment.Account, test bool) string {
	what := page
	if test && simulated(a) {
		what = simulator
	}
	return g.brand.Hosts(test, what)[0]
}

// data is the content of a form.
type data []string

// put adds a field that has a value. The bars between fields cannot be written in one.
func (d *data) put(name, value string) {
	if value != "" {
		*d = append(*d, name+"="+strings.ReplaceAll(value, "|", "%7C"))
	}
}

func (d data) encode() string { return base64.StdEncoding.EncodeToString([]byte(strings.Join(d, "|"))) }

// buyer adds what banks weigh the risk of a card by (3-D Secure 2).
func (d *data) buyer(b payment.Buyer) {
	billed := b.Billed()
	last, first := billed.Name, ""
	if i := strings.LastIndexByte(billed.Name, ' '); i > 0 {
		first, last = billed.Name[:i], billed.Name[i+1:]
	}
	for _, who := range []string{"customerContact", "holderContact"} {
		d.put(who+".email", b.Email)
		d.put(who+".firstname", spoken(first, 50))
		d.put(who+".lastname", spoken(last, 50))
	}
	d.place("billingAddress", billed)
	d.place("deliveryAddress", b.Delivery)
}

// place adds an address, if it is of a country.
func (d *data) place(name string, a address.Address) {
	region, err := language.ParseRegion(a.Country)
	if err != nil || !region.IsCountry() {
		return
	}
	d.put(name+".company", spoken(a.Company, 50))
	d.put(name+".addressAdditional1", spoken(a.Line1, 50))
	d.put(name+".addressAdditional2", spoken(a.Line2, 50))
	d.put(name+".zipCode", plain(a.Postcode, 10))
	d.put(name+".city", spoken(a.City, 50))
	d.put(name+".country", region.ISO3())
}

// spoken is a text of the characters the bank takes in names and places; a form with any other is refused.
func spoken(text string, most int) string {
	return fit(text, most, func(r rune) bool {
		return unicode.In(r, unicode.L, unicode.M, unicode.N) || strings.ContainsRune("\"'`_+.,@-", r)
	})
}

// plain is a text of the characters it takes in numbers of orders and postcodes.
func plain(text string, most int) string {
	return fit(text, most, func(r rune) bool {
		return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune("_+.@-", r)
	})
}

// fit has blanks for what is not allowed, and ends where it becomes too long.
func fit(text string, most int, allowed func(rune) bool) string {
	text = strings.Map(func(r rune) rune {
		if r == '’' {
			r = '\''
		}
		if !allowed(r) {
			return ' '
		}
		return r
	}, text)
	runes := []rune(strings.Join(strings.Fields(text), " "))
	return strings.TrimSpace(string(runes[:min(len(runes), most)]))
}
