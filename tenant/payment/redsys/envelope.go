package redsys

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"echoppe.dev/tenant/payment"
)

// envelope is what every message but a query is: fields of a form, of an address or of a JSON object.
type envelope struct {
	Version    string `json:"Ds_SignatureVersion"`
	Parameters string `json:"Ds_MerchantParameters"`
	Signature  string `json:"Ds_Signature"`
}

// The names of the fields.
const (
	fieldVersion    = "Ds_SignatureVersion"
	fieldParameters = "Ds_MerchantParameters"
	fieldSignature  = "Ds_Signature"
)

// seal signs parameters about an order. Errors: of kind Upstream when the account cannot sign.
func seal(a payment.Account, order string, parameters map[string]string) (envelope, error) {
	s, key, err := keyOf(a)
	if err != nil {
		return envelope{}, err
	}
	text, err := json.Marshal(parameters) // in the order of names
	if err != nil {
		return envelope{}, payment.ErrBank.Because(err)
	}
	e := envelope{Version: s.version, Parameters: s.writes.EncodeToString(text)}
	if e.Signature, err = s.sign(key, order, e.Parameters); err != nil {
		return envelope{}, payment.ErrBank.Because(err)
	}
	return e, nil
}

// posted takes an envelope out of fields, in which each must stand once.
func posted(fields url.Values) (envelope, error) {
	for _, name := range []string{fieldVersion, fieldParameters, fieldSignature} {
		if len(fields[name]) != 1 {
			return envelope{}, payment.ErrForged
		}
	}
	return envelope{fields.Get(fieldVersion), fields.Get(fieldParameters), fields.Get(fieldSignature)}, nil
}

// values are the parameters of a message that are texts or numbers, by their names in small letters: the bank writes some both ways.
type values map[string]string

// longestOrder bounds what a key is made of; the bank's own numbers have 12 characters.
const longestOrder = 64

// open believes what the bank signed with this account's key. Errors: ErrForged, ErrForeign.
func (e envelope) open(a payment.Account) (values, error) {
	s, known := schemes[a.Config.Text("signature")]
	key := a.Secret("key").Reveal()
	if !known || key == "" || e.Version != s.version {
		return nil, payment.ErrForged
	}
	v, err := readParameters(e.Parameters)
	if err != nil {
		return nil, payment.ErrForged.Because(err)
	}
	order := v["ds_order"]
	if order == "" || len(order) > longestOrder || !s.signed(key, order, e.Parameters, e.Signature) {
		return nil, payment.ErrForged
	}
	if v["ds_merchantcode"] != a.Config.Text("merchant") || number(v["ds_terminal"]) != number(a.Config.Text("terminal")) {
		return nil, payment.ErrForeign
	}
	return v, nil
}

// number is a terminal's without the zeros some messages write before it.
func number(terminal string) string { return strings.TrimLeft(terminal, "0") }

// readParameters reads Ds_MerchantParameters, whoever wrote them.
func readParameters(text string) (values, error) {
	raw, err := base64.RawURLEncoding.DecodeString(urlSafe(text))
	if err != nil {
		return nil, err
	}
	var object map[string]any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if err := decoder.Decode(&object); err != nil {
		return nil, err
	}
	v := values{}
	for name, value := range object {
		name = strings.ToLower(name)
		if _, twice := v[name]; twice {
			return nil, errors.New("redsys: a name stands there twice")
		}
		switch value := value.(type) {
		case string:
			v[name] = plain(value)
		case json.Number:
			v[name] = value.String()
		}
	}
	return v, nil
}

// plain undoes the encoding the bank writes values with as if they stood in an address.
func plain(value string) string {
	if text, err := url.QueryUnescape(value); err == nil {
		return text
	}
	return value
}
