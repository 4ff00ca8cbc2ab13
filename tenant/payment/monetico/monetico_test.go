package monetico_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/monetico"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/monetico"
)

const (
	key      = "12345678901234567890123456789012345678P0"
	otherKey = "ABCDEFABCDEF0123456789ABCDEF0123456789HM"
)

func contract(tpe, key, capture string) url.Values {
	return url.Values{"tpe": {tpe}, "societe": {"demo"}, "key": {key}, "capture": {capture}}
}

// brand opens the gateway of one brand.
func brand(which string) func(*bankcall.Client, string) (payment.Gateway, error) {
	return func(c *bankcall.Client, _ string) (payment.Gateway, error) {
		for _, g := range monetico.All(c) {
			if g.Key() == which {
				return g, nil
			}
		}
		return nil, payment.ErrGone
	}
}

func family(which string) gatewaytest.Family {
	fields := map[string]string{"societe": "demo"}
	return gatewaytest.Family{
		Told:    payment.Card{Brand: "CB", Last: "0001", Expiry: "12/30", Country: "FR", Auth: "100001"},
		Open:    brand(which),
		Dialect: fake.New(),
		Contracts: []bank.Merchant{
			{Number: "0000001", Name: "Demo", Key: key, Fields: fields}, {Number: "0000002", Name: "Second", Key: otherKey, Fields: fields},
			{Number: "0000003", Name: "Deferred", Key: key, Fields: map[string]string{"societe": "demo", "capture": "later"}},
		},
		Config: contract("0000001", key, "now"), Other: contract("0000002", otherKey, "now"), Later: contract("0000003", key, "later"),
		Secrets: []string{key, otherKey},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain", Body: []byte("version=2\ncdr=0\n")}
		},
		Flip:  flip,
		Swap:  swap,
		Loose: loose,
		Funds: payment.ReasonRefused,
		Lacks: gatewaytest.Lacks{
			Save:    "the family keeps no cards",
			Name:    "the page has no field for it: the bank shows the name in its contract",
			Return:  "the browser comes back with nothing signed",
			Inquiry: "the bank answers no question about a payment",
			Keys:    "nothing says that the bank recognises a call that comes again",
		},
	}
}

// flip changes the MAC, and what it covers.
func flip(raw payment.RawNotice) []payment.RawNotice {
	v, _ := url.ParseQuery(string(raw.Body))
	mac := v.Get("MAC")
	var twins []payment.RawNotice
	twin := func(change func(url.Values)) {
		other := url.Values{}
		for name, values := range v {
			other[name] = append([]string(nil), values...)
		}
		change(other)
		t := raw
		t.Body = []byte(other.Encode())
		twins = append(twins, t)
	}
	twin(func(v url.Values) { v.Del("MAC") })
	twin(func(v url.Values) { v.Set("MAC", "") })
	twin(func(v url.Values) { v.Add("MAC", mac) })
	twin(func(v url.Values) { v.Set("MAC", mac+"00") })
	twin(func(v url.Values) { v.Del("MAC"); v.Set("mac", mac) })
	twin(func(v url.Values) { v.Add("montant", v.Get("montant")) })
	twin(func(v url.Values) { v.Set("extra", "1") })
	twin(func(v url.Values) { v.Set("montant*x", "1") })
	twin(func(v url.Values) { v.Del("texte-libre") })
	return twins
}

// swap gives the first message with what the second says.
func swap(first, second payment.RawNotice) payment.RawNotice {
	one, _ := url.ParseQuery(string(first.Body))
	two, _ := url.ParseQuery(string(second.Body))
	two.Set("MAC", one.Get("MAC"))
	first.Body = []byte(two.Encode())
	return first
}

// loose: the MAC is hexadecimal, whose letters may be small ones or capitals.
func loose(raw payment.RawNotice, at int) bool {
	body := string(raw.Body)
	from := strings.Index(body, "MAC=") + len("MAC=")
	to := from + strings.IndexByte(body[from:]+"&", '&')
	return at >= from && at < to
}

// TestCIC: GWN-10, a contract of CIC.
func TestCIC(t *testing.T) { gatewaytest.Run(t, family("cic")) }

// TestCyberMUT: GWN-09, the same under the name of Crédit Mutuel.
func TestCyberMUT(t *testing.T) { gatewaytest.Run(t, family("cybermut")) }
