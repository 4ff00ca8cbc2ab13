package square

import (
	"encoding/json"
	"net/http"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// cash is an amount in the smallest unit of its currency.
type cash struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

// newLink is the body of POST /v2/online-checkout/payment-links, as far as it is known here.
type newLink struct {
	Key   string `json:"idempotency_key"`
	About string `json:"description"`
	Order struct {
		Location  string `json:"location_id"`
		Reference string `json:"reference_id"`
		Items     []struct {
			Name     string `json:"name"`
			Quantity string `json:"quantity"`
			Price    cash   `json:"base_price_money"`
		} `json:"line_items"`
		Metadata map[string]string `json:"metadata"`
	} `json:"order"`
	Options struct {
		Redirect string `json:"redirect_url"`
		Tips     bool   `json:"allow_tipping"`
		Shipping bool   `json:"ask_for_shipping_address"`
		Coupon   bool   `json:"enable_coupon"`
		Loyalty  bool   `json:"enable_loyalty"`
		Methods  struct {
			Apple  bool `json:"apple_pay"`
			Google bool `json:"google_pay"`
		} `json:"accepted_payment_methods"`
	} `json:"checkout_options"`
	Buyer struct {
		Email string `json:"buyer_email"`
	} `json:"pre_populated_data"`
	Note string `json:"payment_note"`
}

// fault is the code of what is wrong with a link, "" when nothing is.
func (l newLink) fault(d *desk) string {
	switch o := l.Order; {
	case l.Key == "" || len(l.Key) > 192:
		return "VALUE_TOO_LONG"
	case o.Location != d.merchant.Number:
		return "INVALID_LOCATION"
	case len(o.Items) != 1 || o.Items[0].Quantity != "1" || o.Items[0].Name == "" || len(o.Items[0].Name) > 512:
		return "INVALID_ARRAY_VALUE"
	case o.Items[0].Price.Amount < 1:
		return "VALUE_TOO_LOW"
	case o.Items[0].Price.Currency != "EUR" && o.Items[0].Price.Currency != "GBP":
		return "CURRENCY_MISMATCH"
	case o.Reference == "" || len(o.Reference) > 40 || len(o.Metadata) > 10 || len(l.Note) > 500:
		return "VALUE_TOO_LONG"
	case !d.t.Browsable(l.Options.Redirect):
		return "VALUE_REGEX_MISMATCH"
	case l.Buyer.Email != "" && !strings.Contains(l.Buyer.Email, "@"):
		return "INVALID_EMAIL_ADDRESS"
	case !d.t.Callable(d.r.Header.Get("Pretend-Notify")):
		return "BAD_REQUEST"
	}
	return ""
}

// openLink is POST /v2/online-checkout/payment-links.
func (d *desk) openLink() {
	var l newLink
	if !d.read(&l) {
		return
	}
	if code := l.fault(d); code != "" {
		d.invalid(code)
		return
	}
	metadata, err := json.Marshal(l.Order.Metadata)
	if err != nil {
		d.t.Broken(d.w, err)
		return
	}
	item := l.Order.Items[0]
	q := bank.Request{Merchant: d.merchant.Number, Mode: d.mode, Ref: l.Order.Reference, Amount: item.Price.Amount, Currency: item.Price.Currency, Capture: bank.Now,
		Order: item.Name, Return: l.Options.Redirect, Notify: d.r.Header.Get("Pretend-Notify"),
		Fields: map[string]string{"key": l.Key, "asked": d.asked, "metadata": string(metadata), "note": l.Note}}
	if d.merchant.Fields["capture"] == "later" {
		q.Capture = bank.Later
	}
	p, err := d.t.Open(q)
	if d.t.Trouble(d.w, d.r, p) {
		return
	}
	if err != nil || p.Request.Fields["key"] == l.Key && p.Request.Fields["asked"] != d.asked {
		d.invalid("IDEMPOTENCY_KEY_REUSED")
		return
	}
	d.answer(object{"payment_link": linkOf(p), "related_resources": object{"orders": []object{orderOf(p)}}})
}

// showLink is GET /v2/online-checkout/payment-links/{id}.
func (d *desk) showLink() {
	if p := d.find(linkPrefix); p != nil {
		d.answer(object{"payment_link": linkOf(p)})
	}
}

// showOrder is GET /v2/orders/{id}.
func (d *desk) showOrder() {
	if p := d.find(orderPrefix); p != nil {
		d.answer(object{"order": orderOf(p)})
	}
}

// showPayment is GET /v2/payments/{id}.
func (d *desk) showPayment() {
	p := d.find(paymentPrefix)
	if p == nil {
		return
	}
	if !tendered(p) {
		d.fail(http.StatusNotFound, "INVALID_REQUEST_ERROR", "NOT_FOUND")
		return
	}
	d.answer(object{"payment": paymentOf(now(p))})
}
