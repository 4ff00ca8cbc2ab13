package paypal

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// readIPN believes what PayPal says it has sent: the body goes back as it came, byte for byte, and only an answer of
// VERIFIED counts. PayPal says that of every merchant's IPN, so the receiver is looked at as well. Errors: ErrForged,
// ErrForeign, ErrGarbled, ErrBank.
func (g *Gateway) readIPN(ctx context.Context, a payment.Account, body []byte) (payment.Notice, error) {
	if a.Config.Text("merchant") == "" && a.Config.Text("email") == "" {
		return payment.Notice{}, payment.ErrForged // nobody to tell whose it is
	}
	v, err := fields(body)
	if err != nil {
		return payment.Notice{}, payment.ErrForged.Because(err)
	}
	test := v["test_ipn"] == "1"
	answer, err := g.calls.Do(ctx, bankcall.Call{Family: Family, What: "ipn", Hosts: g.brand.Hosts(test, back), Path: "/cgi-bin/webscr", Repeat: true,
		Header: http.Header{"Content-Type": {bankcall.FormType}, "User-Agent": {"Echoppe-IPN/1"}}, Body: append([]byte("cmd=_notify-validate&"), body...)})
	switch {
	case err != nil:
		return payment.Notice{}, err
	case !answer.OK():
		return payment.Notice{}, payment.ErrBank.Because(errors.New("paypal: IPN was not looked at"))
	case string(answer.Body) != "VERIFIED":
		return payment.Notice{}, payment.ErrForged
	case !receives(a, v):
		return payment.Notice{}, payment.ErrForeign
	}
	n, err := classicNotice(v, test)
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	return n, nil
}

// maxFields is the most fields an IPN has; a cart of many lines has some hundreds.
const maxFields = 1000

// fields reads the form in the charset it says it is in, windows-1252 if it says none. A name twice is refused.
func fields(body []byte) (map[string]string, error) {
	v := map[string]string{}
	for pair := range strings.SplitSeq(string(body), "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			return nil, errors.New("paypal: a field that cannot be read")
		}
		if value, err = url.QueryUnescape(value); err != nil {
			return nil, errors.New("paypal: a field that cannot be read")
		}
		if _, twice := v[name]; twice || len(v) == maxFields {
			return nil, errors.New("paypal: a field twice, or too many")
		}
		v[name] = value
	}
	charset := v["charset"]
	if charset == "" {
		charset = "windows-1252"
	}
	encoding, err := htmlindex.Get(charset)
	if err != nil {
		return nil, errors.New("paypal: an unknown charset")
	}
	for name, value := range v {
		if v[name], err = encoding.NewDecoder().String(value); err != nil {
			return nil, errors.New("paypal: not in its charset")
		}
	}
	return v, nil
}

// receives tells whether the money is for this merchant: by his ID, and by his address where the ID is not known.
func receives(a payment.Account, v map[string]string) bool {
	if own := a.Config.Text("merchant"); own != "" {
		return subtle.ConstantTimeCompare([]byte(own), []byte(v["receiver_id"])) == 1
	}
	return strings.EqualFold(a.Config.Text("email"), v["receiver_email"])
}

// classicNotice is an IPN in our words: the item it is about is the one webhooks and answers are about.
func classicNotice(v map[string]string, test bool) (payment.Notice, error) {
	it := item{ID: v["txn_id"], Custom: v["custom"], Amount: value{v["mc_gross"], v["mc_currency"]}}
	read := captureNotice
	switch status := v["payment_status"]; {
	case status == "Pending" && v["pending_reason"] == "authorization":
		it.Status, read = "CREATED", authorizationNotice
	case status == "Refunded" || status == "Reversed":
		gross, negative := strings.CutPrefix(it.Amount.Value, "-")
		if !negative {
			return payment.Notice{}, errAmount
		}
		it.Amount.Value, it.Status, read = gross, "COMPLETED", refundNotice
	default:
		known, ok := classic[status]
		if !ok {
			return payment.Notice{}, errItem
		}
		it.Status, read = known.status, known.read
	}
	n, err := read(it, test)
	if err != nil {
		return payment.Notice{}, err
	}
	for _, name := range kept {
		if v[name] != "" {
			n.Message[name] = v[name]
		}
	}
	return n, nil
}

// classic are the words of IPN in those of the REST API.
var classic = map[string]struct {
	status string
	read   func(item, bool) (payment.Notice, error)
}{
	"Completed": {"COMPLETED", captureNotice}, "Processed": {"COMPLETED", captureNotice}, "Pending": {"PENDING", captureNotice},
	"Denied": {"DECLINED", captureNotice}, "Failed": {"FAILED", captureNotice},
	"Canceled_Reversal": {"COMPLETED", reversalCancelled}, // for a person: the money that was taken back is here again
	"Voided":            {"VOIDED", authorizationNotice}, "Expired": {"EXPIRED", authorizationNotice},
}

func reversalCancelled(it item, test bool) (payment.Notice, error) {
	return it.notice(payment.Waiting, "reversal-cancelled", test)
}

// kept are the fields the ledger keeps.
var kept = []string{"payment_status", "payment_type", "payment_date", "txn_type", "parent_txn_id", "pending_reason", "reason_code", "invoice", "ipn_track_id"}
