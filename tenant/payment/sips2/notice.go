package sips2

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
)

// ReadNotice reads the automatic response.
func (g *Gateway) ReadNotice(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	return read(a, raw.Body)
}

// ReadReturn reads the manual response, which the browser posts.
func (g *Gateway) ReadReturn(_ context.Context, a payment.Account, raw payment.RawNotice) (payment.Notice, error) {
	return read(a, raw.Body)
}

// read believes what the bank sealed for this shop.
func read(a payment.Account, body []byte) (payment.Notice, error) {
	if len(body) > payment.MaxBody {
		return payment.Notice{}, payment.ErrGarbled
	}
	v, err := unseal(a, string(body))
	if err != nil {
		return payment.Notice{}, err
	}
	if version := v["keyVersion"]; v["merchantId"] != a.Config.Text("merchant") || version != "" && version != a.Config.Text("version") {
		return payment.Notice{}, payment.ErrForeign
	}
	return v.notice(a)
}

// values are the fields of a response that have a value.
type values map[string]string

// unseal takes Data from a form the bank sealed. Errors: ErrForged, ErrGarbled.
func unseal(a payment.Account, body string) (values, error) {
	key := a.Secret("key").Reveal()
	form, err := url.ParseQuery(body)
	if err != nil || key == "" || len(form["Data"]) != 1 || len(form["Seal"]) != 1 || len(form["Encode"]) > 1 || len(form["InterfaceVersion"]) > 1 {
		return nil, payment.ErrForged
	}
	text := form.Get("Data")
	if !sealed(a.Config.Text("seal"), key, text, form.Get("Seal")) {
		return nil, payment.ErrForged
	}
	switch form.Get("Encode") {
	case "":
		return readData(text)
	case "base64":
		return decode(base64.StdEncoding, text)
	case "base64url":
		return decode(base64.URLEncoding, text)
	}
	return nil, payment.ErrGarbled.Because(errors.New("sips2: an encoding we did not ask for"))
}

func decode(e *base64.Encoding, text string) (values, error) {
	raw, err := e.DecodeString(text)
	if err != nil {
		return nil, payment.ErrGarbled.Because(err)
	}
	return readData(string(raw))
}

// readData reads "key=value|…", where "null" is no value. A key that stands there twice could be meant in two ways.
func readData(text string) (values, error) {
	v, seen := values{}, map[string]bool{}
	for part := range strings.SplitSeq(text, "|") {
		key, value, found := strings.Cut(part, "=")
		if !found {
			continue
		}
		if seen[key] {
			return nil, payment.ErrGarbled.Because(fmt.Errorf("sips2: %q twice", key))
		}
		seen[key] = true
		if value != "null" && value != "" {
			v[key] = value
		}
	}
	return v, nil
}

// validation is the captureMode of money that is only authorised.
const validation = "VALIDATION"

// notice puts a response into our words. Errors: ErrGarbled.
func (v values) notice(a payment.Account) (payment.Notice, error) {
	currency, err := money.ParseNumber(v["currencyCode"])
	if err != nil {
		return payment.Notice{}, payment.ErrGarbled.Because(err)
	}
	minor, err := strconv.ParseInt(v["amount"], 10, 64)
	if err != nil || minor < 0 {
		return payment.Notice{}, payment.ErrGarbled.Because(fmt.Errorf("sips2: amount %q", v["amount"]))
	}
	ref, code := v["transactionReference"], v["responseCode"]
	if ref == "" || code == "" {
		return payment.Notice{}, payment.ErrGarbled.Because(errors.New("sips2: no reference or no code"))
	}
	n := payment.Notice{ID: fact(ref, code), Ref: ref, Amount: money.FromMinor(minor, currency), Message: v.message(), Card: v.card()}
	n.Test = a.Test || published(a) || v["transactionPlatform"] == "TEST" || v["transactionPlatform"] == "SIMU"
	n.Event, n.Reason = outcome(code, v["acquirerResponseCode"], v["holderAuthentStatus"])
	mode := v["captureMode"]
	if n.Event == payment.Captured && (mode == validation || mode == "" && a.Config.Text("capture") == captureLater) {
		n.Event = payment.Authorised
	}
	return n, nil
}

// fact names what came of a transaction: a reference has one, but for waiting.
func fact(ref, code string) string { return ref + ":" + code }

// kept are the fields the ledger has of a response. Card numbers come masked.
var kept = []string{"transactionReference", "transactionDateTime", "responseCode", "acquirerResponseCode", "complementaryCode", "amount", "currencyCode",
	"authorisationId", "captureMode", "captureDay", "orderId", "paymentMeanBrand", "maskedPan", "holderAuthentStatus", "guaranteeIndicator", "scoreColor",
	"s10TransactionId", "s10TransactionIdDate", "transactionPlatform", "paymentAttemptNumber"}

func (v values) card() payment.Card {
	c := payment.Card{Brand: v["paymentMeanBrand"], Last: v["maskedPan"], Country: v["issuerCountryCode"], Auth: v["authorisationId"]}
	if until := v["panExpiryDate"]; len(until) == 6 { // YYYYMM
		c.Expiry = payment.ExpiryOf(until[4:], until[:4])
	}
	return c
}

func (v values) message() payment.Message {
	m := payment.Message{}
	for _, name := range kept {
		if value := v[name]; value != "" {
			m[name] = value
		}
	}
	return m
}

// outcome is what a response code means, with that of the buyer's bank and what came of the 3-D Secure step. Whatever is not known is
// not paid.
func outcome(code, acquirer, holder string) (payment.Event, payment.Reason) {
	switch code {
	case "00":
		return payment.Captured, ""
	case "60", "62":
		return payment.Waiting, ""
	case "17":
		return payment.Cancelled, payment.ReasonAbandoned
	case "97":
		return payment.Cancelled, payment.ReasonExpired
	case "11", "14", "54", "55", "75":
		return payment.Failed, payment.ReasonCard
	case "63":
		return payment.Failed, payment.ReasonSecure
	case "03", "12", "24", "25", "30", "40", "90", "94", "99":
		return payment.Failed, payment.ReasonTechnical
	}
	switch holder {
	case "FAILURE", "3D_FAILURE", "CANCEL", "3D_ABORT":
		return payment.Failed, payment.ReasonSecure
	}
	switch acquirer {
	case "51", "61", "65": // not enough, too much at once, too often
		return payment.Failed, payment.ReasonFunds
	case "04", "07", "14", "33", "41", "43", "54", "56", "57":
		return payment.Failed, payment.ReasonCard
	case "63":
		return payment.Failed, payment.ReasonSecure
	case "68", "90", "91", "96", "98", "99":
		return payment.Failed, payment.ReasonTechnical
	}
	return payment.Failed, payment.ReasonRefused
}

// Acknowledge is an empty page, of status 200 when all is well. The bank reads the status at most.
func (g *Gateway) Acknowledge(_ payment.Notice, err error) payment.Reply {
	reply := payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8"}
	switch {
	case err == nil:
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
