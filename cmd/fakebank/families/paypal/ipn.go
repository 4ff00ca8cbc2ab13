package paypal

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// statuses are payment_status by what happened.
var statuses = map[bank.Kind]string{bank.Paid: "Completed", bank.Authorised: "Pending", bank.Refused: "Failed", bank.Refunded: "Refunded", bank.Cancelled: "Voided"}

// secret seals IPN, so that the post-back knows what this bank sent. Nobody else can use it.
const secret = "pretend"

// sealed is the signature over the body before it.
func sealed(mode string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret+mode))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// classic is IPN: a form in windows-1252, in the order in which it is written, with times in which a plus stands for a
// space.
func classic(s bank.Saying) bank.Letter {
	var b strings.Builder
	put := func(name, value string) {
		b.WriteString(name + "=" + strings.ReplaceAll(url.QueryEscape(value), "%C3%A9", "%E9") + "&")
	}
	amount := written(s.Amount, s.Currency)
	put("mc_gross", map[bool]string{true: "-"}[s.Message.Event == bank.Refunded]+amount.Value)
	put("payer_id", payerID)
	put("payment_date", time.Unix(s.Time, 0).UTC().Format("15:04:05 Jan 02, 2006 MST"))
	put("payment_status", statuses[s.Message.Event])
	put("charset", "windows-1252")
	put("first_name", "Zoé")
	put("custom", s.Ref)
	put("invoice", s.Payment.Request.Fields["invoice"])
	put("receiver_email", s.Contract.Fields["email"])
	put("receiver_id", s.Merchant)
	put("mc_currency", amount.Currency)
	put("payment_type", "instant")
	switch s.Message.Event {
	case bank.Authorised:
		put("txn_id", authorizationID(s.Payment))
		put("pending_reason", "authorization")
	case bank.Cancelled:
		put("txn_id", authorizationID(s.Payment))
	case bank.Refunded:
		put("txn_id", named(s.Payment, s.ID))
		put("reason_code", "refund")
	default:
		put("txn_id", named(s.Payment, s.ID))
	}
	if s.Mode == "test" {
		put("test_ipn", "1")
	}
	body := []byte(b.String())
	seal := sealed(s.Mode, body)
	if s.Forged {
		seal = sealed("nobody", body)
	}
	h := http.Header{}
	h.Set("Content-Type", "application/x-www-form-urlencoded")
	h.Set("User-Agent", "PayPal IPN ( https://www.paypal.com/ipn )")
	return bank.Letter{Header: h, Body: append(body, "verify_sign="+seal...)}
}

// postBack tells whether this bank sent just these bytes.
func postBack(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	if t.Trouble(w, r, nil) {
		return
	}
	said, err := io.ReadAll(r.Body)
	body, asks := bytes.CutPrefix(said, []byte("cmd=_notify-validate&"))
	at := bytes.LastIndex(body, []byte("verify_sign="))
	if err != nil || !asks || at < 0 || !hmac.Equal(body[at+len("verify_sign="):], []byte(sealed(modeOf(r), body[:at]))) {
		_, _ = w.Write([]byte("INVALID"))
		return
	}
	_, _ = w.Write([]byte("VERIFIED"))
}
