package lyra

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// uuid names a transaction: 32 characters that begin with the payment's number.
func uuid(p *bank.Payment, what string) string {
	sum := sha256.Sum256([]byte(p.Number + "/" + what))
	return fmt.Sprintf("%08x", p.Serial) + hex.EncodeToString(sum[:12])
}

// transaction is the one an event is about: the debit is one from its authorisation to its end, a try that was refused
// and a credit are their own, and a buyer who gave up made none.
func transaction(p *bank.Payment, id string, kind bank.Kind) string {
	switch kind {
	case bank.Refused, bank.Refunded:
		return uuid(p, id)
	case bank.Cancelled, bank.Expired:
		if !held(p) {
			return ""
		}
	}
	return uuid(p, "debit")
}

// held tells that there was an authorisation.
func held(p *bank.Payment) bool {
	for _, e := range p.Events {
		if e.Kind == bank.Authorised || e.Kind == bank.Paid {
			return true
		}
	}
	return false
}

// status is vads_trans_status, and detailedStatus of the try a refusal ended.
func status(p *bank.Payment, kind bank.Kind) string {
	switch kind {
	case bank.Authorised:
		return "AUTHORISED_TO_VALIDATE"
	case bank.Paid:
		return "AUTHORISED" // it is remitted in the night
	case bank.Refunded:
		return "CAPTURED"
	case bank.Refused:
		return "REFUSED"
	}
	if held(p) {
		return "CANCELLED"
	}
	return "ABANDONED"
}

// results are vads_auth_result by the engine's reasons.
var results = map[string]string{"funds": "51", "authentication": "", "card": "14", "refused": "05", "": "00"}

// variables are what is said of an event.
func variables(s bank.Saying) map[string]string {
	v := map[string]string{}
	for name, value := range s.Payment.Request.Fields {
		if !strings.HasPrefix(name, "vads_url_") && name != "vads_return_mode" {
			v[name] = value
		}
	}
	at := time.Unix(s.Time, 0).UTC().Format("20060102150405")
	trans := transaction(s.Payment, s.ID, s.Message.Event)
	number := s.Currency
	if c, err := money.ParseCurrency(s.Currency); err == nil {
		number = c.Number()
	}
	v["vads_site_id"], v["vads_ctx_mode"], v["vads_order_id"] = s.Merchant, ctx(s.Mode), s.Ref
	v["vads_amount"], v["vads_currency"] = strconv.FormatInt(s.Amount, 10), number
	v["vads_trans_status"], v["vads_trans_uuid"] = status(s.Payment, s.Message.Event), trans
	v["vads_result"] = map[bool]string{true: "17", false: "00"}[trans == ""]
	v["vads_extra_result"] = ""
	if trans == "" {
		return v
	}
	v["vads_operation_type"], v["vads_sequence_number"], v["vads_payment_src"] = "DEBIT", "1", "EC"
	if s.Message.Event == bank.Refunded {
		v["vads_operation_type"] = "CREDIT"
	}
	v["vads_effective_amount"], v["vads_effective_currency"], v["vads_effective_creation_date"] = v["vads_amount"], number, at
	v["vads_auth_result"], v["vads_auth_mode"], v["vads_auth_number"] = results[s.Reason], "FULL", "3fe85c"
	if s.Message.Event == bank.Refused {
		v["vads_result"], v["vads_auth_number"] = "05", ""
	}
	v["vads_card_brand"], v["vads_card_number"], v["vads_presentation_date"] = "CB", "497010XXXXXX"+s.Card[max(0, len(s.Card)-4):], at
	v["vads_expiry_month"], v["vads_expiry_year"], v["vads_card_country"] = "8", "2031", "FR"
	if kept(s.Payment) {
		v["vads_identifier"], v["vads_identifier_status"] = tokenOf(s.Payment), "CREATED"
	}
	v["vads_bank_label"], v["vads_brand_management"] = "Banque de démo et de l'innovation", `{"userChoice":false,"brandList":"CB|VISA","brand":"CB"}`
	v["vads_threeds_status"], v["vads_threeds_cavv"] = "Y", "jG26AYSjvclBARFYSf/tXRmjGXM="
	if s.Reason == "authentication" {
		v["vads_threeds_status"] = "N"
	}
	return v
}

// nobody is a key no shop has.
const nobody = "0000000000000000"

// signed adds the signature.
func signed(s bank.Saying, v map[string]string) map[string]string {
	key := keyOf(s.Contract, s.Mode)
	if s.Forged {
		key = nobody
	}
	v["signature"] = sign(s.Contract, key, v)
	return v
}

// Notice is the call to vads_url_check.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	if s.Payment.Request.Fields[own] != "" {
		return restNotice(s), nil
	}
	v := variables(s)
	sum := sha256.Sum256([]byte(s.ID + "/" + v["vads_amount"]))
	v["vads_hash"], v["vads_url_check_src"] = hex.EncodeToString(sum[:]), "PAY"
	switch {
	case s.Message.Event == bank.Refunded, s.Message.Event == bank.Cancelled && held(s.Payment):
		v["vads_url_check_src"] = "MERCH_BO"
	case s.Try > 0:
		v["vads_url_check_src"] = "RETRY"
	}
	h := http.Header{}
	h.Set("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
	return bank.Letter{Header: h, Body: []byte(encode(signed(s, v)))}, nil
}

// Heard is any answer of status 200 to 299.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status >= 200 && a.Status <= 299
}

// Back is vads_url_return, or vads_url_cancel when the buyer gave up, with the variables as the form wanted them.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	if s.Payment.Request.Fields[own] != "" {
		return restBack(s)
	}
	asked := s.Payment.Request.Fields
	to := asked["vads_url_return"]
	if s.Message.Event == bank.Cancelled && asked["vads_url_cancel"] != "" {
		to = asked["vads_url_cancel"]
	}
	v := signed(s, variables(s))
	switch asked["vads_return_mode"] {
	case "GET":
		glue := "?"
		if strings.Contains(to, "?") {
			glue = "&"
		}
		return bank.Way{URL: to + glue + encode(v)}, nil
	case "POST":
		way := bank.Way{URL: to}
		for name, value := range v {
			way.Fields = append(way.Fields, bank.Field{Name: name, Value: value})
		}
		return way, nil
	}
	return bank.Way{URL: to}, nil
}
