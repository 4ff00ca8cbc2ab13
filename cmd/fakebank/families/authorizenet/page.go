package authorizenet

import (
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// opening is what a page is opened with, as far as it is read here.
type opening struct {
	Transaction struct {
		Type     string `json:"transactionType"`
		Amount   string `json:"amount"`
		Currency string `json:"currencyCode"`
		Order    struct {
			Invoice     string `json:"invoiceNumber"`
			Description string `json:"description"`
		} `json:"order"`
		Customer struct {
			ID string `json:"id"`
		} `json:"customer"`
		Options struct {
			First bool `json:"isFirstRecurringPayment"`
		} `json:"processingOptions"`
	} `json:"transactionRequest"`
	Settings struct {
		List []struct {
			Name  string `json:"settingName"`
			Value string `json:"settingValue"`
		} `json:"setting"`
	} `json:"hostedPaymentSettings"`
}

// captures are the engine's words for what the page does with the card.
var captures = map[string]string{"authCaptureTransaction": bank.Now, "authOnlyTransaction": bank.Later}

// openPage gives the token of a page.
func (d *desk) openPage() {
	if d.t.Trouble(d.w, d.r, nil) {
		return
	}
	q, ok := d.readOpening()
	if !ok {
		d.fail(codeField)
		return
	}
	p, err := d.t.Open(q)
	switch {
	case errors.Is(err, bank.ErrClash):
		d.fail(codeField)
	case err != nil:
		d.t.Broken(d.w, err)
	default:
		d.reply(map[string]any{"token": p.Token}, codeOK)
	}
}

func (d *desk) readOpening() (bank.Request, bool) {
	var o opening
	if json.Unmarshal(d.body, &o) != nil {
		return bank.Request{}, false
	}
	var back struct {
		Receipt *bool  `json:"showReceipt"`
		Return  string `json:"url"`
		Cancel  string `json:"cancelUrl"`
	}
	var shop struct {
		Name string `json:"merchantName"`
	}
	for _, s := range o.Settings.List {
		into := map[string]any{"hostedPaymentReturnOptions": &back, "hostedPaymentOrderOptions": &shop}[s.Name]
		if into == nil {
			into = &map[string]any{}
		}
		if json.Unmarshal([]byte(s.Value), into) != nil { // each is a text that is JSON
			return bank.Request{}, false
		}
	}
	amount, ok := minor(o.Transaction.Amount)
	x := o.Transaction
	q := bank.Request{Merchant: d.merchant.Number, Mode: d.mode, Ref: x.Order.Invoice, Order: x.Order.Description, Amount: amount, Currency: x.Currency,
		Capture: captures[x.Type], Locale: "en", Shop: shop.Name, Return: back.Return, Notify: d.r.Header.Get("Pretend-Notify"),
		Fields: map[string]string{"cancel": back.Cancel, "customer": x.Customer.ID}}
	if x.Options.First {
		q.Fields["first"] = "yes"
	}
	return q, ok && q.Capture != "" && x.Currency == d.merchant.Fields["currency"] && q.Ref != "" && len(q.Ref) <= 20 && len(q.Order) <= 255 &&
		back.Receipt != nil && !*back.Receipt && d.t.Browsable(back.Return) && d.t.Browsable(back.Cancel) && d.t.Callable(q.Notify)
}

var decimalShape = regexp.MustCompile(`^[0-9]{1,12}\.[0-9]{2}$`)

// minor reads a decimal amount. All currencies of this bank have two decimals.
func minor(text string) (int64, bool) {
	n, err := strconv.ParseInt(strings.Replace(text, ".", "", 1), 10, 64)
	return n, err == nil && n > 0 && decimalShape.MatchString(text)
}

// decimal writes an amount as the number it is in answers: without the zeros at its end.
func decimal(n int64) json.Number {
	text := bank.NumberOf(n, 3)
	text = strings.TrimRight(text[:len(text)-2]+"."+text[len(text)-2:], "0")
	if strings.HasSuffix(text, ".") {
		text += "0"
	}
	return json.Number(text)
}
