package square

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// nobody is a signature key no subscription has.
const nobody = "KeyOfNobody"

// Notice is an event.
func (Dialect) Notice(s bank.Saying, letter string) (bank.Letter, error) {
	if letter == ofCreated && s.Payment.Quirk == bank.Contradiction {
		s.Amount = s.Event.Amount
	}
	kind, what, about := event(s, letter)
	sum := sha256.Sum256([]byte(s.ID + "/" + kind + "/" + strconv.FormatInt(s.Amount, 10)))
	body, err := json.Marshal(object{"merchant_id": "M" + s.Merchant, "location_id": s.Merchant, "type": kind, "event_id": hex.EncodeToString(sum[:16]),
		"created_at": stamp(s.Now), "data": object{"type": what, "id": about["id"], "object": object{what: about}}})
	if err != nil {
		return bank.Letter{}, err
	}
	key := hookOf(s.Contract, s.Mode)
	if s.Forged {
		key = nobody
	}
	h := http.Header{}
	h.Set("Content-Type", "application/json")
	h.Set("User-Agent", "Square Connect v2")
	h.Set("x-square-hmacsha256-signature", seal(key, s.Payment.Request.Notify, body))
	h.Set("square-environment", map[string]string{"test": "Sandbox", "live": "Production"}[s.Mode])
	return bank.Letter{Header: h, Body: body}, nil
}

// seal is the signature over the address the event goes to and the event.
func seal(key, address string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = mac.Write(append([]byte(address), body...))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// event is its type, the sort of object it is about, and the object.
func event(s bank.Saying, letter string) (kind, what string, about object) {
	st, p := told(s), s.Payment
	switch s.Message.Event {
	case bank.Refunded:
		return "refund.updated", "refund", refundOf(p, s.ID, s.Amount, s.Currency, p.Notes["reason "+s.ID])
	case bank.Disputed:
		return "dispute.created", "dispute", disputeOf(st)
	case bank.Won, bank.Lost:
		return "dispute.state.updated", "dispute", disputeOf(st)
	}
	return "payment." + letter, "payment", paymentOf(st)
}

// Heard is any answer of status 200 to 299.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status >= 200 && a.Status <= 299
}

// Back is redirect_url, with the names of the order for a buyer who paid.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	p := s.Payment
	switch s.Message.Event {
	case bank.Paid, bank.Authorised:
	default:
		return bank.Way{URL: p.Request.Return}, nil
	}
	glue := "?"
	if strings.Contains(p.Request.Return, "?") {
		glue = "&"
	}
	return bank.Way{URL: p.Request.Return + glue + url.Values{"orderId": {orderID(p)}, "transactionId": {orderID(p)}}.Encode()}, nil
}
