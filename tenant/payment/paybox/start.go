package paybox

import (
	"context"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"

	"echoppe.dev/platform/kit/address"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// stamp is ISO 8601 with an offset.
const stamp = "2006-01-02T15:04:05-07:00"

// Start makes the form that opens the payment. It asks which of the bank's hosts is well when there are several.
func (g *Gateway) Start(ctx context.Context, a payment.Account, r payment.Request) (payment.Action, error) {
	key, err := keyOf(a)
	if err != nil {
		return nil, err
	}
	amount, err := r.Payment.Amount.Minor()
	if err != nil || amount <= 0 {
		return nil, payment.ErrUnfit
	}
	later := a.Config.Text("capture") == captureLater
	fields := []payment.FormField{
		{Name: "PBX_SITE", Value: a.Config.Text("site")},
		{Name: "PBX_RANG", Value: a.Config.Text("rang")},
		{Name: "PBX_IDENTIFIANT", Value: a.Config.Text("identifiant")},
		{Name: "PBX_TOTAL", Value: strconv.FormatInt(amount, 10)},
		{Name: "PBX_DEVISE", Value: r.Payment.Amount.Currency().Number()},
		{Name: "PBX_CMD", Value: r.Payment.Ref},
		{Name: "PBX_PORTEUR", Value: r.Buyer.Email},
		{Name: "PBX_RETOUR", Value: retour(r.Payment, later)},
		{Name: "PBX_HASH", Value: "SHA512"},
		{Name: "PBX_TIME", Value: g.calls.Clock().Now().Format(stamp)},
		{Name: "PBX_LANGUE", Value: languages[g.brand.Speaks(r.Locale)]},
		{Name: "PBX_EFFECTUE", Value: r.ReturnURL},
		{Name: "PBX_REFUSE", Value: r.ReturnURL},
		{Name: "PBX_ATTENTE", Value: r.ReturnURL},
		{Name: "PBX_ANNULE", Value: r.CancelURL},
		{Name: "PBX_REPONDRE_A", Value: r.NotifyURL},
		{Name: "PBX_RUF1", Value: "POST"},
		{Name: "PBX_SHOPPINGCART", Value: shoppingCart(r.Pieces)},
		{Name: "PBX_BILLING", Value: billing(r.Buyer.Billed())},
	}
	if later {
		fields = append(fields, payment.FormField{Name: "PBX_AUTOSEULE", Value: "O"})
	}
	return payment.FormPost{
		URL:    g.calls.At(Family, g.host(ctx, r.Payment.Test), "/php/"),
		Fields: append(fields, payment.FormField{Name: "PBX_HMAC", Value: seal(key, fields)}),
	}, nil
}

// host is the first of the page's hosts that says it is well; the first of all when none does, since a buyer who
// gets through after all is better than none.
func (g *Gateway) host(ctx context.Context, test bool) string {
	hosts := g.brand.Hosts(test, page)
	if test {
		return hosts[0]
	}
	for _, host := range hosts {
		answer, err := g.calls.Do(ctx, bankcall.Call{Family: Family, What: "load", Hosts: []string{host}, Method: http.MethodGet, Path: "/load.html"})
		if err == nil && answer.OK() && well(string(answer.Body)) {
			return host
		}
	}
	return hosts[0]
}

// well tells whether the element server_status says OK.
func well(page string) bool {
	_, after, found := strings.Cut(page, `id="server_status"`)
	_, after, _ = strings.Cut(after, ">")
	text, _, _ := strings.Cut(after, "<")
	return found && strings.TrimSpace(text) == "OK"
}

// The variables a notice brings. Their names are ours and are signed with their values. The bank repeats neither the
// currency nor what else the form said, so the names do: the amount's ends in the currency's number, the
// reference's tells whether it was a test, and whether the money was only to be authorised.
const (
	varAmount    = "Mt"
	varReference = "Ref"
	varAuth      = "Auto"
	varError     = "Erreur"
	varCall      = "Appel"
	varTrans     = "Trans"
	varCard      = "Carte"
	varDigits    = "Fin"
	varSignature = "Sign"
	markTest     = "T"
	markLater    = "A"
)

// retour is PBX_RETOUR.
func retour(p payment.Payment, later bool) string {
	name := varReference
	if p.Test {
		name += markTest
	}
	if later {
		name += markLater
	}
	return varAmount + p.Amount.Currency().Number() + ":M;" + name + ":R;" + varAuth + ":A;" + varError + ":E;" + varCall + ":T;" + varTrans + ":S;" + varCard + ":C;" +
		varDigits + ":J;" + varSignature + ":K"
}

// languages are the bank's names of them.
var languages = map[i18n.Locale]string{"fr": "FRA", "en": "GBR", "es": "ESP", "it": "ITA", "de": "DEU", "nl": "NLD", "sv": "SWE", "pt": "PRT"}

const xmlHead = `<?xml version="1.0" encoding="utf-8"?>`

// shoppingCart is how many articles there are, from 1 to 99.
func shoppingCart(pieces int) string {
	return xmlHead + "<shoppingcart><total><totalQuantity>" + strconv.Itoa(min(max(pieces, 1), 99)) + "</totalQuantity></total></shoppingcart>"
}

// billing is the address of the bill, which 3-D Secure 2 wants. No element may be empty.
func billing(a address.Address) string {
	last, first := a.Name, a.Name
	if i := strings.LastIndexByte(a.Name, ' '); i > 0 {
		first, last = a.Name[:i], a.Name[i+1:]
	}
	country := address.CountryNumber(a.Country)
	if country == "" {
		country = "250"
	}
	var b strings.Builder
	b.WriteString(xmlHead + "<Billing><Address>")
	element(&b, "FirstName", first, 22)
	element(&b, "LastName", last, 22)
	element(&b, "Address1", a.Line1, 50)
	if a.Line2 != "" {
		element(&b, "Address2", a.Line2, 50)
	}
	element(&b, "ZipCode", a.Postcode, 16)
	element(&b, "City", a.City, 50)
	element(&b, "CountryCode", country, 3)
	b.WriteString("</Address></Billing>")
	return b.String()
}

// element writes one, cut to what the bank takes.
func element(b *strings.Builder, name, value string, most int) {
	if r := []rune(value); len(r) > most {
		value = string(r[:most])
	}
	if strings.TrimSpace(value) == "" {
		value = "-"
	}
	b.WriteString("<" + name + ">")
	_ = xml.EscapeText(b, []byte(value)) // a Builder does not fail
	b.WriteString("</" + name + ">")
}
