package paybox

import (
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// pair is a field as it came.
type pair struct{ name, value string }

// pairs reads a posted form in its order.
func pairs(body string) ([]pair, error) {
	var list []pair
	for _, part := range strings.Split(body, "&") {
		name, value, _ := strings.Cut(part, "=")
		name, err := url.QueryUnescape(name)
		if err != nil {
			return nil, err
		}
		if value, err = url.QueryUnescape(value); err != nil {
			return nil, err
		}
		list = append(list, pair{name, value})
	}
	return list, nil
}

// sealed tells whether the last field is the seal over those before it.
func sealed(list []pair, sealName, key string) bool {
	raw, err := hex.DecodeString(key)
	if err != nil || len(list) < 2 || list[len(list)-1].name != sealName {
		return false
	}
	var text []string
	for _, p := range list[:len(list)-1] {
		text = append(text, p.name+"="+p.value)
	}
	mac := hmac.New(sha512.New, raw)
	_, _ = io.WriteString(mac, strings.Join(text, "&"))
	want := strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))
	return hmac.Equal([]byte(want), []byte(strings.ToUpper(list[len(list)-1].value)))
}

// values are the fields by name; false when one is given twice.
func values(list []pair) (map[string]string, bool) {
	v := map[string]string{}
	for _, p := range list {
		if _, twice := v[p.name]; twice {
			return nil, false
		}
		v[p.name] = p.value
	}
	return v, true
}

// open is the form that opens a payment.
func open(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	list, err := pairs(string(body))
	v, once := values(list)
	if err != nil || !once {
		t.Refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	m, ok := t.Merchant(v["PBX_SITE"])
	if !ok || m.Fields["rang"] != v["PBX_RANG"] || m.Fields["identifiant"] != v["PBX_IDENTIFIANT"] || !sealed(list, "PBX_HMAC", m.Key) {
		t.Refuse(w, r, http.StatusForbidden, "mac")
		return
	}
	q, problem := readForm(t, v, modeOf(r))
	if problem != "" {
		t.Refuse(w, r, http.StatusBadRequest, problem)
		return
	}
	p, err := t.Open(q)
	if err != nil {
		t.Refuse(w, r, http.StatusBadRequest, "clash")
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

// required are the fields without which no page opens.
var required = []string{"PBX_TOTAL", "PBX_DEVISE", "PBX_CMD", "PBX_PORTEUR", "PBX_RETOUR", "PBX_HASH", "PBX_TIME", "PBX_SHOPPINGCART", "PBX_BILLING"}

// readForm names the first thing that is wrong.
func readForm(t *bank.Teller, v map[string]string, mode string) (bank.Request, string) {
	q := bank.Request{Merchant: v["PBX_SITE"], Mode: mode, Ref: v["PBX_CMD"], Order: v["PBX_CMD"], Capture: bank.Now,
		Locale: languages[v["PBX_LANGUE"]], Return: v["PBX_EFFECTUE"], Notify: v["PBX_REPONDRE_A"],
		Fields: map[string]string{"retour": v["PBX_RETOUR"], "refuse": v["PBX_REFUSE"], "annule": v["PBX_ANNULE"], "ruf1": v["PBX_RUF1"]}}
	for _, name := range required {
		if v[name] == "" {
			return q, "fields"
		}
	}
	if v["PBX_AUTOSEULE"] == "O" {
		q.Capture = bank.Later
	}
	currency, err := money.ParseNumber(v["PBX_DEVISE"])
	if err != nil {
		return q, "amount"
	}
	q.Currency = currency.Code()
	if q.Amount, err = strconv.ParseInt(v["PBX_TOTAL"], 10, 64); err != nil || q.Amount <= 0 {
		return q, "amount"
	}
	switch {
	case v["PBX_HASH"] != "SHA512", !strings.HasSuffix(v["PBX_RETOUR"], ":K"), len(q.Ref) > 250,
		!strings.Contains(v["PBX_BILLING"], "<CountryCode>"), !strings.Contains(v["PBX_SHOPPINGCART"], "<totalQuantity>"):
		return q, "fields"
	case !t.Browsable(q.Return), !t.Browsable(q.Fields["refuse"]), !t.Browsable(q.Fields["annule"]):
		return q, "return"
	case !t.Callable(q.Notify):
		return q, "notify"
	}
	return q, ""
}

// languages are those of PBX_LANGUE the pretend page has.
var languages = map[string]string{"FRA": "fr", "GBR": "en", "ESP": "es", "DEU": "de"}
