package authorizenet_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/authorizenet"
	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/authorizenet"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// The keys of two merchants, for the sandbox and for real money.
var (
	signatureTest, signatureLive   = strings.Repeat("0123456789ABCDEF", 8), strings.Repeat("FEDCBA9876543210", 8)
	otherSignature, otherSignLive  = strings.Repeat("00112233AABBCCDD", 8), strings.Repeat("44556677EEFF8899", 8)
	keyTest, keyLive               = "TestKey000000001", "LiveKey000000001"
	otherKey, otherKeyLive         = "TestKey000000002", "LiveKey000000002"
	signatureHeader, login, second = "X-Anet-Signature", "5KP3u95bQpv", "6LQ4v06cRqw"
)

// contract is a form as a merchant fills it in.
func contract(login, key, live, signature, signatureLive, capture string) url.Values {
	return url.Values{"login_test": {login}, "key_test": {key}, "signature_test": {signature}, "login_live": {login}, "key_live": {live},
		"signature_live": {signatureLive}, "currency": {"EUR"}, "capture": {capture}}
}

func open(c *bankcall.Client, _ string) (payment.Gateway, error) { return authorizenet.All(c)[0], nil }

func family() gatewaytest.Family {
	applied := payment.Applied
	return gatewaytest.Family{
		Denied:  payment.ReasonRefused, // a decline does not say why
		Told:    payment.Card{Brand: "Visa", Last: "0001", Auth: "2768NO"},
		Open:    open,
		Dialect: fake.New(),
		Contracts: []bank.Merchant{
			{Number: login, Name: "Demo", Key: signatureTest, Fields: map[string]string{"signature_live": signatureLive, "key": keyTest, "key_live": keyLive, "currency": "EUR"}},
			{Number: second, Name: "Second", Key: otherSignature, Fields: map[string]string{"signature_live": otherSignLive, "key": otherKey, "key_live": otherKeyLive, "currency": "EUR"}},
		},
		Config:  contract(login, keyTest, keyLive, signatureTest, signatureLive, "now"),
		Other:   contract(second, otherKey, otherKeyLive, otherSignature, otherSignLive, "now"),
		Later:   contract(login, keyTest, keyLive, signatureTest, signatureLive, "later"),
		Secrets: []string{signatureTest, signatureLive, otherSignature, keyTest, keyLive, otherKey},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8", Body: []byte("OK")}
		},
		Flip: flip,
		Swap: func(first, second payment.RawNotice) payment.RawNotice {
			first.Body = second.Body
			return first
		},
		Funds: payment.ReasonRefused, // code 2 says no and not why
		Lacks: gatewaytest.Lacks{
			Secure:   "the API asks no buyer",
			Language: "the request has no field for it",
			Return:   "the browser brings nothing that is signed",
			Keys:     "the API knows no keys of calls",
		},
		Untold: map[gatewaytest.Quirk]string{bank.WrongCurrency: "details name no currency: an account has one"},
		Trials: map[gatewaytest.Quirk]gatewaytest.Trial{
			// Both webhooks name one transaction, which is asked for.
			bank.Contradiction: {Card: gatewaytest.Silent, Notices: 2, State: payment.StateCaptured, Ledger: []payment.Verdict{applied, applied}},
		},
	}
}

// flip changes the header of the signature.
func flip(raw payment.RawNotice) []payment.RawNotice {
	whole := raw.Header[signatureHeader][0]
	digits := strings.TrimPrefix(whole, "sha512=")
	var twins []payment.RawNotice
	for _, headers := range [][]string{
		nil, {""}, {whole, whole}, {whole[1:]}, {whole[:len(whole)-1]}, {whole[:len(whole)-2]}, {whole + "0"}, {whole + "00"}, {whole + "\n"}, {" " + whole}, {digits},
		{"sha256=" + digits}, {"SHA512=" + digits}, {"sha512=sha512=" + digits}, {"sha512="}, {"sha512=" + strings.Repeat("0", 128)}, {"sha512=" + digits[2:] + digits[:2]},
	} {
		twin := raw
		twin.Header = map[string][]string{"Content-Type": raw.Header["Content-Type"], signatureHeader: headers}
		twins = append(twins, twin)
	}
	return twins
}

// TestAuthorizeNet: PGN-05, the buyer pays on the hosted page, and transactions are settled at once.
func TestAuthorizeNet(t *testing.T) { gatewaytest.Run(t, family()) }

// TestUnsettled: PGN-05, PGW-30: before settlement the whole is given back by a void, once, and a part not at all.
func TestUnsettled(t *testing.T) {
	f := family()
	for _, m := range f.Contracts {
		m.Fields["settle"] = "night"
	}
	for name, config := range map[string]url.Values{"at once": f.Config, "later": f.Later} {
		t.Run(name, func(t *testing.T) {
			r := gatewaytest.NewRig(t, f, config)
			a := r.Account(t, r.Mode.ID)
			g := r.Gateway.(payment.Refunder)
			p, _ := r.Pay(t, gatewaytest.Silent, bank.Proper)
			r.Wait(t, 1)
			p, _ = r.Find(t, p)
			if name == "later" {
				n, err := r.Gateway.(payment.Capturer).Capture(t.Context(), a, p, p.Amount, "key")
				if err != nil {
					t.Fatal(err)
				}
				r.Record(t, payment.SourceCall, n)
				r.Wait(t, 1)
				p, _ = r.Find(t, p)
			}
			if n, err := g.Refund(t.Context(), a, p, money.Must(money.Parse("20.00", money.EUR)), "part"); !errors.Is(err, payment.ErrDeclined) {
				t.Errorf("a part: %+v, %v", n, err)
			}
			first, err := g.Refund(t.Context(), a, p, p.Amount, "key")
			if err != nil {
				t.Fatal(err)
			}
			again, err := g.Refund(t.Context(), a, p, p.Amount, "key")
			if err != nil || again.ID != first.ID {
				t.Errorf("asked again: %+v, %v", again, err)
			}
			r.Record(t, payment.SourceCall, first)
			for _, h := range r.Wait(t, 1) {
				if h.Err != nil || h.Outcome.Flag != payment.FlagNone {
					t.Errorf("the webhook of the void: %+v, %v", h.Outcome, h.Err)
				}
			}
			known, _ := r.Bank.Payment(p.Ref)
			if got, _ := r.Find(t, p); got.State != payment.StateRefunded || known.Refunded != known.Captured {
				t.Errorf("state %s, the bank gave back %d of %d", got.State, known.Refunded, known.Captured)
			}
			r.Quiet(t)
		})
	}
}
