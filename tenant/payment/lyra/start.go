package lyra

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/tenant/payment"
)

// stamp is how the bank writes a moment, in UTC.
const stamp = "20060102150405"

// Start makes the form that opens the payment. The same request gives the same number of the bank's and the same date,
// so that a buyer who steps back cannot pay twice. Where the merchant wants the bank's fields on his own page it opens
// those.
func (g *Gateway) Start(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	return g.start(ctx, a, r, "")
}

// start is Start, with the card of a token where there is one.
func (g *Gateway) start(ctx context.Context, a payment.Account, r payment.Request, token string) (payment.Action, error) {
	if a.Config.Text("page") == pageShop && !r.Plain {
		return g.embed(ctx, a, r, token)
	}
	p := r.Payment
	key := keyOf(a, p.Test)
	if key == "" {
		return nil, payment.ErrBank.Because(fmt.Errorf("lyra: mode %s has no key for %s", a.Mode, ctxOf(p.Test)))
	}
	amount, err := p.Amount.Minor()
	if err != nil || amount <= 0 {
		return nil, payment.ErrUnfit
	}
	at := p.Created
	if at.IsZero() {
		at = g.calls.Clock().Now()
	}
	validation := "0"
	if a.Config.Text("capture") == captureLater {
		validation = "1"
	}
	fields := []payment.FormField{
		{Name: "vads_site_id", Value: a.Config.Text("site")},
		{Name: "vads_ctx_mode", Value: ctxOf(p.Test)},
		{Name: "vads_trans_id", Value: transID(p.Ref)},
		{Name: "vads_trans_date", Value: at.In(time.UTC).Format(stamp)},
		{Name: "vads_amount", Value: strconv.FormatInt(amount, 10)},
		{Name: "vads_currency", Value: p.Amount.Currency().Number()},
		{Name: "vads_action_mode", Value: "INTERACTIVE"},
		{Name: "vads_page_action", Value: pageAction(r)},
		{Name: "vads_version", Value: "V2"},
		{Name: "vads_payment_config", Value: "SINGLE"},
		{Name: "vads_capture_delay", Value: "0"},
		{Name: "vads_validation_mode", Value: validation},
		{Name: "vads_order_id", Value: p.Ref},
		{Name: "vads_order_info", Value: line(r.OrderNumber, 60)},
		{Name: "vads_shop_name", Value: line(r.ShopName, 60)},
		{Name: "vads_language", Value: string(g.brand.Speaks(r.Locale))},
		{Name: "vads_url_check", Value: r.NotifyURL},
		{Name: "vads_url_return", Value: r.ReturnURL},
		{Name: "vads_url_cancel", Value: r.CancelURL},
		{Name: "vads_return_mode", Value: "GET"},
	}
	fields = append(fields, buyer(r.Buyer)...)
	if token != "" {
		fields = append(fields, payment.FormField{Name: "vads_identifier", Value: token})
	}
	return payment.FormPost{
		URL:    g.calls.At(Family, g.brand.Hosts(p.Test, page)[0], "/vads-payment/"),
		Fields: append(fields, payment.FormField{Name: "signature", Value: signature(a.Config.Text("hash"), key, byName(fields))}),
	}, nil
}

func byName(fields []payment.FormField) map[string]string {
	v := make(map[string]string, len(fields))
	for _, f := range fields {
		v[f.Name] = f.Value
	}
	return v
}

// transID is the bank's short number of a payment, which must be new each day, without regard to case. It begins with
// a letter: 900000 to 999999 are the bank's own.
func transID(ref string) string {
	const letters, signs = "abcdefghijklmnopqrstuvwxyz", "0123456789abcdefghijklmnopqrstuvwxyz"
	sum := sha256.Sum256([]byte(ref))
	n := binary.BigEndian.Uint64(sum[:])
	id := []byte{letters[n%26]}
	for n /= 26; len(id) < 6; n /= 36 {
		id = append(id, signs[n%36])
	}
	return string(id)
}

// buyer is who pays and where it goes, for 3-D Secure; what is not known is left out.
func buyer(b payment.Buyer) []payment.FormField {
	bill, to := b.Billed(), b.Delivery
	first, last := names(bill.Name)
	fields := []payment.FormField{
		{Name: "vads_cust_email", Value: email(b.Email)},
		{Name: "vads_cust_first_name", Value: plain(first, 63)},
		{Name: "vads_cust_last_name", Value: plain(last, 63)},
		{Name: "vads_cust_address", Value: plain(bill.Line1+" "+bill.Line2, 250)},
		{Name: "vads_cust_zip", Value: plain(bill.Postcode, 60)},
		{Name: "vads_cust_city", Value: plain(bill.City, 120)},
		{Name: "vads_cust_country", Value: country(bill.Country)},
		{Name: "vads_cust_phone", Value: phone(bill.Phone)},
	}
	if to != (address.Address{}) {
		first, last = names(to.Name)
		fields = append(fields, []payment.FormField{
			{Name: "vads_ship_to_first_name", Value: plain(first, 63)},
			{Name: "vads_ship_to_last_name", Value: plain(last, 63)},
			{Name: "vads_ship_to_street", Value: plain(to.Line1, 250)},
			{Name: "vads_ship_to_street2", Value: plain(to.Line2, 250)},
			{Name: "vads_ship_to_zip", Value: plain(to.Postcode, 60)},
			{Name: "vads_ship_to_city", Value: plain(to.City, 120)},
			{Name: "vads_ship_to_country", Value: country(to.Country)},
			{Name: "vads_ship_to_phone_num", Value: phone(to.Phone)},
		}...)
	}
	var known []payment.FormField
	for _, f := range fields {
		if f.Value != "" {
			known = append(known, f)
		}
	}
	return known
}

func names(name string) (first, last string) {
	if i := strings.LastIndexByte(name, ' '); i > 0 {
		return name[:i], name[i+1:]
	}
	return "", name
}
