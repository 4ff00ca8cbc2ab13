package amazonpay

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
)

// scriptPath is Amazon's script, which must come from Amazon itself.
const scriptPath = "/checkout.js"

// button leads to Amazon by its own script, from a button on the shop's page ("Add the Amazon Pay button", additional payment
// button). The script creates the session with the payload we signed, so that its number is only known when the buyer comes
// back. Errors: ErrBank.
func (g *Gateway) button(a payment.Account, r payment.Request, c checkout) (payment.Action, error) {
	test, at := r.Payment.Test, regionOf(a)
	public := a.Config.Text(payment.FieldFor("key", test))
	key, err := parseKey(a.Secret(payment.FieldFor("private", test)).Reveal())
	if err != nil || public == "" {
		return nil, payment.ErrBank.Because(errors.New("amazonpay: no key"))
	}
	payload, err := payloadOf(c)
	if err != nil {
		return nil, payment.ErrBank.Because(errors.New("amazonpay: no payload"))
	}
	signature, err := sign(key, stringToSign(payload))
	if err != nil {
		return nil, payment.ErrBank.Because(errors.New("amazonpay: not signed"))
	}
	product := "PayOnly"
	if c.To != nil {
		product = "PayAndShip"
	}
	address := g.calls.At(Family, g.brand.Hosts(test, static+at.name)[0], scriptPath)
	if g.calls.Pretended() {
		address += "?notify=" + url.QueryEscape(r.NotifyURL)
	}
	return payment.Embedded{Driver: Family, Button: true, Script: address, Origins: g.origins(test, at), Data: []payment.FormField{
		{Name: "public-key", Value: public}, {Name: "merchant", Value: a.Config.Text("merchant")}, {Name: "sandbox", Value: strconv.FormatBool(test)},
		{Name: "ledger", Value: at.ledger.Code()}, {Name: "language", Value: at.language(r.Locale)}, {Name: "product", Value: product},
		{Name: "payload", Value: payload}, {Name: "signature", Value: signature}, {Name: "algorithm", Value: algorithm}}}, nil
}

// payloadOf is the text that is signed and handed to Amazon's script, byte for byte. There is no backslash in it: Amazon's
// own libraries take them out before they sign.
func payloadOf(c checkout) (string, error) {
	var b bytes.Buffer
	write := json.NewEncoder(&b)
	write.SetEscapeHTML(false)
	if err := write.Encode(c); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// language is the one of the page that is nearest to l.
func (at region) language(l i18n.Locale) string {
	return at.pages[i18n.Match(string(l), slices.Sorted(maps.Keys(at.pages)))]
}

// origins are what Amazon's script loads and where it leads, of the rules Amazon's shop modules bring.
func (g *Gateway) origins(test bool, at region) payment.Origins {
	js := originOf(g.calls.At(Family, g.brand.Hosts(test, static+at.name)[0], ""))
	if g.calls.Pretended() {
		return payment.Origins{Script: []string{js}, Frame: []string{js}}
	}
	var pages []string
	for _, domain := range g.brand.Hosts(test, page) {
		pages = append(pages, "https://*."+domain)
	}
	own := "https://*.payments-amazon.com"
	return payment.Origins{Script: []string{js, own}, Frame: append(pages[:len(pages):len(pages)], own), Connect: pages, Image: []string{own, "https://*.media-amazon.com"}}
}

// originOf is scheme, host and port of an address.
func originOf(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}
