package sips2

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// stamp is how times are written.
const stamp = "2006-01-02T15:04:05-07:00"

// codes are responseCode and acquirerResponseCode of what happened.
func codes(m bank.Message) (response, acquirer string) {
	switch m.Event {
	case bank.Paid, bank.Authorised, bank.Refunded:
		return "00", "00"
	case bank.Cancelled:
		return "17", ""
	case bank.Expired:
		return "97", ""
	case bank.Refused:
		switch m.Reason {
		case "funds":
			return "05", "51"
		case "card":
			return "14", "14"
		case "authentication":
			return "05", ""
		}
		return "05", "05"
	}
	return "60", ""
}

// authentication is holderAuthentStatus.
func authentication(m bank.Message) string {
	switch {
	case m.Reason == "authentication":
		return "FAILURE"
	case m.Event == bank.Paid, m.Event == bank.Authorised:
		return "SUCCESS"
	}
	return ""
}

// authorisation is the number the buyer's bank gave.
func authorisation(p *bank.Payment) string { return bank.NumberOf(p.Serial%1_000_000, 6) }

// data is the content of a response, "null" where it has no value.
func data(s bank.Saying) string {
	q := s.Payment.Request
	number := ""
	if currency, err := money.ParseCurrency(s.Currency); err == nil {
		number = currency.Number()
	}
	response, acquirer := codes(s.Message)
	var brand, kind, pan, until, issued, author, guarantee string
	if s.Card != "" {
		until, issued = "203108", "FRA"
		brand, kind, pan = "VISA", "CARD", "4500############"+s.Card[max(0, len(s.Card)-2):]
	}
	if response == "00" {
		author, guarantee = authorisation(s.Payment), "Y"
	}
	var parts []string
	for _, f := range []bank.Field{
		{Name: "captureDay", Value: q.Fields["day"]},
		{Name: "captureMode", Value: q.Fields["capture"]},
		{Name: "currencyCode", Value: number},
		{Name: "merchantId", Value: s.Merchant},
		{Name: "orderChannel", Value: "INTERNET"},
		{Name: "responseCode", Value: response},
		{Name: "transactionDateTime", Value: time.Unix(s.Time, 0).UTC().Format(stamp)},
		{Name: "transactionReference", Value: s.Ref},
		{Name: "keyVersion", Value: versionOf(s.Contract)},
		{Name: "acquirerResponseCode", Value: acquirer},
		{Name: "amount", Value: strconv.FormatInt(s.Amount, 10)},
		{Name: "authorisationId", Value: author},
		{Name: "guaranteeIndicator", Value: guarantee},
		{Name: "panExpiryDate", Value: until},
		{Name: "paymentMeanBrand", Value: brand},
		{Name: "paymentMeanType", Value: kind},
		{Name: "customerIpAddress", Value: "192.0.2.1"},
		{Name: "maskedPan", Value: pan},
		{Name: "issuerCountryCode", Value: issued},
		{Name: "orderId", Value: q.Order},
		{Name: "returnContext", Value: q.Fields["context"]},
		{Name: "holderAuthentRelegation", Value: "N"},
		{Name: "holderAuthentStatus", Value: authentication(s.Message)},
		{Name: "transactionOrigin", Value: "INTERNET"},
		{Name: "paymentPattern", Value: "ONE_SHOT"},
		{Name: "customerMobilePhone", Value: ""},
		{Name: "transactionPlatform", Value: "PROD"},
		{Name: "paymentAttemptNumber", Value: "1"},
	} {
		if f.Value == "" {
			f.Value = "null"
		}
		parts = append(parts, f.Name+"="+f.Value)
	}
	return strings.Join(parts, "|")
}

// response is the form of both responses.
func response(s bank.Saying) []bank.Field {
	q := s.Payment.Request
	text, key := encoded(data(s), q.Fields["encoding"]), s.Contract.Key
	if s.Forged {
		key = nobody()
	}
	return []bank.Field{
		{Name: "Data", Value: text},
		{Name: "Seal", Value: sealOf(q.Fields["algorithm"], key, text)},
		{Name: "InterfaceVersion", Value: q.Fields["interface"]},
		{Name: "Encode", Value: q.Fields["encoding"]},
	}
}

// Notice is the automatic response.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	h := http.Header{}
	h.Set("Content-Type", "application/x-www-form-urlencoded")
	return bank.Letter{Header: h, Body: body(response(s))}, nil
}

// Heard is status 200, whatever is said with it.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool { return a.Status == http.StatusOK }

// Back is the manual response: a form the browser posts to normalReturnUrl.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	return bank.Way{URL: s.Payment.Request.Return, Fields: response(s)}, nil
}
