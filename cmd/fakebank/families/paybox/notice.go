package paybox

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the bank signs with it
	"crypto/x509"
	_ "embed"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// bankKey is TestK004 of the bank's own kit for merchants, published with its private half.
//
//go:embed bank.pem
var bankKey []byte

// keyOf is the bank's key, or nobody's.
func keyOf(forged bool) (*rsa.PrivateKey, error) {
	if forged {
		return rsa.GenerateKey(rand.Reader, 1024) //nolint:gosec // as long as the bank's
	}
	block, _ := pem.Decode(bankKey)
	if block == nil {
		return nil, errors.New("paybox: no key")
	}
	return x509.ParsePKCS1PrivateKey(block.Bytes)
}

// sign gives the variable K for a text.
func sign(text string, forged bool) (string, error) {
	key, err := keyOf(forged)
	if err != nil {
		return "", err
	}
	sum := sha1.Sum([]byte(text)) //nolint:gosec // the bank signs with it
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA1, sum[:])
	return base64.StdEncoding.EncodeToString(signature), err
}

// variables are what PBX_RETOUR asks for, but for the signature, and the name that one is to have.
func variables(s bank.Saying) (query, signName string) {
	var parts []string
	for _, ask := range strings.Split(strings.Trim(s.Payment.Request.Fields["retour"], ";"), ";") {
		name, code, _ := strings.Cut(ask, ":")
		if code == "K" {
			signName = name
			continue
		}
		value, there := variable(s, code)
		if there {
			parts = append(parts, name+"="+escape(value))
		}
	}
	return strings.Join(parts, "&"), signName
}

// escape writes a value as the bank does: blanks as %20, and "@", "/" and ":" as they are (vector v15).
func escape(value string) string {
	text := strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
	return strings.NewReplacer("%40", "@", "%2F", "/", "%3A", ":").Replace(text)
}

// variable is one by its code; false for one that is not sent in this case.
func variable(s bank.Saying, code string) (string, bool) {
	good := s.Message.Event == bank.Paid || s.Message.Event == bank.Authorised
	switch code {
	case "M":
		return strconv.FormatInt(s.Amount, 10), true
	case "R":
		return s.Ref, true
	case "T":
		return call(s), true
	case "S":
		if !good {
			return "0", true
		}
		return transaction(s.Payment), true
	case "A":
		return authorisation(s.Mode), good
	case "E":
		return result(s.Message), true
	case "P":
		return "CARTE", true
	case "C":
		return "CB", true
	case "N":
		return "111122", good
	case "J":
		return s.Card[max(0, len(s.Card)-2):], good
	case "Y":
		return "FRA", true
	default:
		return "", false
	}
}

// authorisation is the number of the buyer's bank, and XXXXXX in a test.
func authorisation(mode string) string {
	if mode == "test" {
		return "XXXXXX"
	}
	return "654321"
}

// transaction and call are the bank's two numbers of a payment. Each try with a card is a call.
func transaction(p *bank.Payment) string { return strconv.FormatInt(580_000_000+p.Serial, 10) }

func call(s bank.Saying) string {
	try := 99 // of an event nobody remembers
	for i, e := range s.Payment.Events {
		if e.ID == s.ID {
			try = i
		}
	}
	return strconv.FormatInt((7_000_000+s.Payment.Serial)*100+int64(try), 10)
}

// result is the variable E.
func result(m bank.Message) string {
	switch m.Event {
	case bank.Paid, bank.Authorised, bank.Refunded:
		return "00000"
	case bank.Expired:
		return "00030"
	case bank.Refused:
		switch m.Reason {
		case "funds":
			return "00151"
		case "authentication":
			return "00040"
		}
		return "00105"
	case bank.Open:
		return "99999"
	default:
		return "00001"
	}
}

// Notice is the call to PBX_REPONDRE_A.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	query, name := variables(s)
	signature, err := sign(query, s.Forged)
	if err != nil {
		return bank.Letter{}, err
	}
	query += "&" + name + "=" + url.QueryEscape(signature)
	if s.Payment.Request.Fields["ruf1"] != "POST" {
		return bank.Letter{Method: http.MethodGet, URL: join(s.Payment.Request.Notify, query)}, nil
	}
	h := http.Header{}
	h.Set("Content-Type", "application/x-www-form-urlencoded")
	return bank.Letter{Header: h, Body: []byte(query)}, nil
}

// Heard is any empty answer of status 200.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool {
	return a.Status == http.StatusOK && a.Body == ""
}

// Back is PBX_EFFECTUE, PBX_REFUSE or PBX_ANNULE with the variables behind the merchant's own.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	to := s.Payment.Request.Return
	switch s.Message.Event {
	case bank.Refused, bank.Expired:
		to = s.Payment.Request.Fields["refuse"]
	case bank.Cancelled:
		to = s.Payment.Request.Fields["annule"]
	}
	query, name := variables(s)
	at := join(to, query)
	_, signed, _ := strings.Cut(at, "?")
	signature, err := sign(signed, s.Forged)
	return bank.Way{URL: at + "&" + name + "=" + url.QueryEscape(signature)}, err
}

// join adds a query to an address that may have one.
func join(to, query string) string {
	if strings.Contains(to, "?") {
		return to + "&" + query
	}
	return to + "?" + query
}
