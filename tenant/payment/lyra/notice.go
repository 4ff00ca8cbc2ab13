package lyra

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"echoppe.dev/platform/driver/secret"
	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// ReadNotice reads the call to vads_url_check, or one of REST where the bank's office was told that address.
func (g *Gateway) ReadNotice(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	text := string(raw.Body)
	if strings.Contains(text, krAnswer+"=") {
		return readAnswer(a, text)
	}
	n, err := readForm(a, text)
	if err == nil {
		err = tellIdentifier(text, &n)
	}
	return n, err
}

// ReadReturn reads what the browser brought back.
func (g *Gateway) ReadReturn(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	if strings.Contains(string(raw.Body), krAnswer+"=") {
		n, err := readAnswer(a, string(raw.Body))
		n.Token = secret.Text{} // the bank tells it itself
		return n, err
	}
	return readForm(a, raw.RawQuery)
}

// readForm believes what was signed. Errors: ErrForged, ErrForeign, ErrGarbled.
func readForm(a payment.Account, text string) (payment.Notice, error) {
	fields, given, err := split(text)
	if err != nil {
		return payment.Notice{}, err
	}
	// The mode it claims tells whose key must have signed it.
	test := fields["vads_ctx_mode"] == ctxTest
	if !test && fields["vads_ctx_mode"] != ctxLive || !verify(a.Config.Text("hash"), keyOf(a, test), fields, given) {
		return payment.Notice{}, payment.ErrForged
	}
	if fields["vads_site_id"] != a.Config.Text("site") {
		return payment.Notice{}, payment.ErrForeign
	}
	return formNotice(fields, test)
}

// split gives the bank's fields, leaving out ours. Errors: ErrForged, ErrGarbled.
func split(text string) (fields map[string]string, signature string, err error) {
	if len(text) > payment.MaxBody {
		return nil, "", payment.ErrGarbled
	}
	fields = map[string]string{}
	signed := 0
	for pair := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil || name != "signature" && !strings.HasPrefix(name, prefix) {
			continue
		}
		if value, err = url.QueryUnescape(value); err != nil {
			return nil, "", payment.ErrGarbled.Because(err)
		}
		if name == "signature" {
			signature, signed = value, signed+1
			continue
		}
		if _, twice := fields[name]; twice || !nameShape.MatchString(name) {
			return nil, "", payment.ErrGarbled.Because(fmt.Errorf("lyra: field %q twice, or none of the bank's", name))
		}
		fields[name] = value
	}
	if signed != 1 {
		return nil, "", payment.ErrForged
	}
	return fields, signature, nil
}

var (
	nameShape   = regexp.MustCompile(`^vads_[0-9A-Za-z_.-]+$`)
	statusShape = regexp.MustCompile(`^[A-Z_]+$`)
	amountShape = regexp.MustCompile(`^[0-9]{1,12}$`)
	refShape    = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)
	// Longer than what a buyer could bring in together with a reference and the bank's words in one mail address, which he may
	// be asked for on the bank's own page.
	uuidShape = regexp.MustCompile(`^[0-9A-Za-z]{24,64}$`)
)

// formNotice puts the fields of a form into our words. Errors: ErrGarbled.
func formNotice(v map[string]string, test bool) (payment.Notice, error) {
	currency, err := money.ParseNumber(v["vads_currency"])
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	minor, err := strconv.ParseInt(v["vads_amount"], 10, 64)
	if err != nil || !amountShape.MatchString(v["vads_amount"]) || !refShape.MatchString(v["vads_order_id"]) {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("lyra: no amount or no reference"))
	}
	f := fact{uuid: v["vads_trans_uuid"], status: v["vads_trans_status"], operation: v["vads_operation_type"],
		ref: v["vads_order_id"], amount: money.FromMinor(minor, currency), test: test}
	f.secure = v["vads_threeds_status"] == "N"
	f.code = v["vads_auth_result"]
	f.technical = v["vads_result"] == "96" || v["vads_result"] == "30"
	// Let go of in the bank's office after it was told as paid: the whole goes back.
	f.returned = v["vads_url_check_src"] == "MERCH_BO" && v["vads_validation_mode"] == "0"
	n, err := f.notice()
	if err != nil {
		return payment.Notice{}, err
	}
	n.Card = payment.Card{Brand: v["vads_card_brand"], Last: v["vads_card_number"], Expiry: payment.ExpiryOf(v["vads_expiry_month"], v["vads_expiry_year"]),
		Country: v["vads_card_country"], Issuer: v["vads_bank_label"], Auth: v["vads_auth_number"]}
	n.Message = payment.Message{}
	for _, name := range kept {
		if value := v[prefix+name]; value != "" {
			n.Message[name] = value
		}
	}
	return n, nil
}

// kept are the fields the ledger keeps.
var kept = []string{"order_id", "amount", "currency", "trans_status", "trans_uuid", "trans_id", "trans_date", "operation_type", "result", "extra_result",
	"auth_result", "auth_number", "effective_amount", "card_brand", "card_number", "url_check_src", "threeds_status", "warranty_result", "risk_control", "presentation_date"}

// Acknowledge is a word the bank shows to the merchant beside the notice. Any status of 200 to 299 is well.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Body: []byte("OK")}
	if err == nil {
		return reply
	}
	reply.Body = []byte("KO")
	switch {
	case fault.Is(err, fault.Denied):
		reply.Status = http.StatusForbidden
	case fault.Is(err, fault.Malformed):
		reply.Status = http.StatusBadRequest
	case fault.Is(err, fault.NotFound):
		reply.Status = http.StatusNotFound
	default:
		reply.Status = http.StatusServiceUnavailable
	}
	return reply
}
