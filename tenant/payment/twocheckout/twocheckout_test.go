package twocheckout_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/twocheckout"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
	"echoppe.dev/tenant/payment/twocheckout"
)

const (
	keyOne, wordOne = "AABBCCDDEEFF-one", "word=one&#tango"
	keyTwo, wordTwo = "Q^Vrwdr_two(&", "word-two-waltz"
)

func contract(merchant, key, word, hash string) url.Values {
	return url.Values{"merchant": {merchant}, "key": {key}, "word": {word}, "hash": {hash}}
}

func open(c *bankcall.Client, _ string) (payment.Gateway, error) { return twocheckout.All(c)[0], nil }

func family(hash string) gatewaytest.Family {
	return gatewaytest.Family{
		Denied:  payment.ReasonRefused, // 2Checkout only says no
		Told:    payment.Card{Brand: "visa", Last: "0001", Expiry: "08/31"},
		Open:    open,
		Dialect: fake.New(),
		Contracts: []bank.Merchant{
			{Number: "250111206876", Name: "Demo", Key: keyOne, Fields: map[string]string{"word": wordOne, "hash": hash}},
			{Number: "AVLRNG", Name: "Second", Key: keyTwo, Fields: map[string]string{"word": wordTwo, "hash": hash}},
		},
		Config: contract("250111206876", keyOne, wordOne, hash), Other: contract("AVLRNG", keyTwo, wordTwo, hash),
		Secrets: []string{keyOne, keyTwo, wordOne, wordTwo},
		Expected: func(n payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/xml", Body: []byte(n.Receipt)}
		},
		Flip:  flip,
		Swap:  swap,
		Loose: loose,
		Funds: payment.ReasonRefused,
		Lacks: gatewaytest.Lacks{
			Save:   "the family keeps no cards",
			Return: "the browser comes back with nothing signed",
			Later:  "2Checkout takes the money by itself",
			Keys:   "nothing says that 2Checkout recognises a call that comes again",
		},
	}
}

var signatures = []string{"SIGNATURE_SHA3_256", "SIGNATURE_SHA2_256", "HASH"}

// pairs are the fields of a form in their order, and joined makes a message of them.
func pairs(raw payment.RawNotice) []string { return strings.Split(string(raw.Body), "&") }

func joined(raw payment.RawNotice, fields []string) payment.RawNotice {
	raw.Body = []byte(strings.Join(fields, "&"))
	return raw
}

func named(field string) string {
	name, _, _ := strings.Cut(field, "=")
	return name
}

// flip changes the signatures, and what they cover.
func flip(raw payment.RawNotice) []payment.RawNotice {
	fields := pairs(raw)
	signs := func(field string) bool { return slices.Contains(signatures, named(field)) }
	each := func(change func(field string) string) payment.RawNotice {
		var other []string
		for _, f := range fields {
			if f = change(f); f != "" {
				other = append(other, f)
			}
		}
		return joined(raw, other)
	}
	only := func(field, with string) func(string) string {
		return func(f string) string {
			if named(f) == field {
				return with
			}
			return f
		}
	}
	swapped := slices.Clone(fields)
	swapped[0], swapped[1] = swapped[1], swapped[0]
	twins := []payment.RawNotice{
		joined(raw, swapped),
		joined(raw, append([]string{"EXTRA=1"}, fields...)),
		joined(raw, append(slices.Clone(fields), fields[1])),
		joined(raw, append(slices.Clone(fields), "EMPTY=")),
		each(only("IPN_TOTALGENERAL", "IPN_TOTALGENERAL=1.00")),
		each(only("IPN_PNAME%5B%5D", "")),
		each(func(f string) string { // none at all
			if signs(f) {
				return ""
			}
			return f
		}),
		each(func(f string) string { // empty
			if signs(f) {
				return named(f) + "="
			}
			return f
		}),
		each(func(f string) string { // longer
			if signs(f) {
				return f + "00"
			}
			return f
		}),
	}
	return append(twins, each(only("TEST_ORDER", "")))
}

// swap gives the second message's content with the signatures of the first.
func swap(first, second payment.RawNotice) payment.RawNotice {
	var fields []string
	for _, f := range pairs(second) {
		if !slices.Contains(signatures, named(f)) {
			fields = append(fields, f)
		}
	}
	for _, f := range pairs(first) {
		if slices.Contains(signatures, named(f)) {
			fields = append(fields, f)
		}
	}
	return joined(second, fields)
}

// needed are the fields that must have their names.
var needed = []string{"REFNO", "REFNOEXT", "ORDERSTATUS", "CURRENCY", "IPN_TOTALGENERAL", "TEST_ORDER"}

// loose: signatures cover the values alone, so that fields nobody needs may have any name; and the old hash counts only
// where there is no other.
func loose(raw payment.RawNotice, at int) bool {
	sha := strings.Contains(string(raw.Body), "SIGNATURE_SHA")
	begin := 0
	for _, f := range pairs(raw) {
		end, name := begin+len(f), named(f)
		if at < begin || at > end {
			begin = end + 1
			continue
		}
		place := at - begin
		switch {
		case name == "HASH":
			return sha && place > len(name)
		case at == end:
			return false
		case slices.Contains(needed, name), strings.HasPrefix(name, "SIGNATURE_"):
			return false
		default: // the equals sign of an empty value belongs to no value either
			return place < len(name) || place == len(name) && len(f) == len(name)+1
		}
	}
	return false
}

// TestSHA: GWN-18, an account of today.
func TestSHA(t *testing.T) { gatewaytest.Run(t, family("sha")) }

// TestMD5: GWN-18, an old account, which signs with MD5 alone and is answered so.
func TestMD5(t *testing.T) { gatewaytest.Run(t, family("md5")) }

// TestHeard: what 2Checkout hears is a receipt of the very IPN, by its own reckoning.
func TestHeard(t *testing.T) {
	for _, hash := range []string{"sha", "md5"} {
		f := family(hash)
		r := gatewaytest.NewRig(t, f, f.Config)
		p, _ := r.Pay(t, gatewaytest.Silent, bank.Proper)
		r.Wait(t, 1)
		until := time.Now().Add(10 * time.Second)
		for {
			known, _ := r.Bank.Payment(p.Ref)
			heard := 0
			for _, post := range known.Posts {
				if len(post.Answers) > 0 && post.Answers[0].Right {
					heard++
				}
			}
			if heard == 1 {
				break
			}
			if time.Now().After(until) {
				t.Fatalf("%s: the receipt is not right: %+v", hash, known.Posts)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}
