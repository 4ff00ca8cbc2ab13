package amazonpay_test

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	fake "echoppe.dev/cmd/fakebank/families/amazonpay"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/amazonpay"
	"echoppe.dev/tenant/payment/bankcall"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// The two merchants and what they have.
const (
	number, otherNumber = "A3BXB0YN3XH17H", "A1ZM7MXG16NQQB"
	store, otherStore   = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef", "amzn1.application-oa2-client.fedcba9876543210fedcba9876543210"
	sandboxID, liveID   = "SANDBOX-AFVX7ULWSGBZ5535PCUQOY7B", "AHKKYPXOEUUN2XJUKXKWDEJ2" // of both kinds
	otherID             = "SANDBOX-AHWZZO6U5W52OQKJXLCV3RUJ"
)

// pair is a key pair in PEM: the private half as a form of one line leaves it.
type pair struct{ private, public string }

// pairs are the keys of the sandbox, of real money, and of the other merchant.
var pairs = sync.OnceValues(func() (made [3]pair, err error) {
	for i := range made {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			return made, err
		}
		private, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			return made, err
		}
		public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
		if err != nil {
			return made, err
		}
		made[i] = pair{strings.ReplaceAll(string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})), "\n", " "),
			string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}))}
	}
	return made, nil
})

func keys(t testing.TB) [3]pair {
	t.Helper()
	made, err := pairs()
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// contract is a form as a merchant fills it in.
func contract(t testing.TB, capture string) url.Values {
	k := keys(t)
	return url.Values{"region": {"eu"}, "merchant": {number}, "store": {store}, "key_test": {sandboxID}, "private_test": {k[0].private},
		"key_live": {liveID}, "private_live": {k[1].private}, "capture": {capture}, "page": {"hosted"}}
}

func otherContract(t testing.TB) url.Values {
	return url.Values{"region": {"eu"}, "merchant": {otherNumber}, "store": {otherStore}, "key_test": {otherID}, "private_test": {keys(t)[2].private}, "capture": {"now"}, "page": {"hosted"}}
}

func open(c *bankcall.Client, _ string) (payment.Gateway, error) { return amazonpay.All(c)[0], nil }

// family is Amazon Pay with a pretend bank that speaks in one of its ways. The first merchant's notices are signed in the
// given version of SNS's signatures.
func family(t testing.TB, d bank.Dialect, sns string) gatewaytest.Family {
	k, silent := keys(t), payment.Applied
	return gatewaytest.Family{
		Denied:  payment.ReasonRefused, // Amazon only says no
		Open:    open,
		Dialect: d,
		Contracts: []bank.Merchant{
			{Number: number, Name: "one", Key: k[0].public, Fields: map[string]string{"key": sandboxID, "key_live": liveID, "public_live": k[1].public, "store": store, "sns": sns}},
			{Number: otherNumber, Name: "two", Key: k[2].public, Fields: map[string]string{"key": otherID, "store": otherStore}}},
		Config:  contract(t, "now"),
		Other:   otherContract(t),
		Later:   contract(t, "later"),
		Secrets: []string{body(k[0].private), body(k[1].private), body(k[2].private)},
		Expected: func(payment.Notice) payment.Reply {
			return payment.Reply{Status: http.StatusOK, ContentType: "text/plain; charset=utf-8"}
		},
		Flip:  flip,
		Swap:  swap,
		Loose: loose,
		Funds: payment.ReasonRefused, // Amazon only says no
		Lacks: gatewaytest.Lacks{Save: "the family keeps no cards", Language: "a session that was opened by a call speaks the language of the buyer's account", Card: "a charge says nothing of the buyer's card"},
		Untold: map[gatewaytest.Quirk]string{
			bank.WrongAmount:   "the notice only says which charge to ask for",
			bank.WrongCurrency: "the notice only says which charge to ask for",
		},
		Trials: map[gatewaytest.Quirk]gatewaytest.Trial{
			// Both notices of each lead to the same charge, which was captured once.
			bank.OutOfOrder:    {Card: gatewaytest.Silent, Notices: 2, State: payment.StateCaptured, Ledger: []payment.Verdict{silent, silent}},
			bank.Contradiction: {Card: gatewaytest.Silent, Notices: 2, State: payment.StateCaptured, Ledger: []payment.Verdict{silent, silent}},
			// A charge of the other environment has another number, which Amazon does not know there.
			bank.OtherMode: {Card: gatewaytest.Silent, Notices: 1, State: payment.StateCreated, Refused: true, Ledger: []payment.Verdict{silent}},
		},
	}
}

// body is what is secret of a key.
func body(private string) string { return private[len(private)/3 : len(private)/2] }

// change is a message with some members replaced; "" takes one out.
func change(raw payment.RawNotice, with map[string]any) payment.RawNotice {
	members := map[string]any{}
	if json.Unmarshal(raw.Body, &members) != nil {
		panic("no JSON")
	}
	for name, value := range with {
		if members[name] = value; value == "" {
			delete(members, name)
		}
	}
	raw.Body, _ = json.Marshal(members)
	return raw
}

func member(raw payment.RawNotice, name string) string {
	members := map[string]string{}
	if json.Unmarshal(raw.Body, &members) != nil {
		panic("no JSON")
	}
	return members[name]
}

// flip changes one thing of the signature at a time.
func flip(raw payment.RawNotice) []payment.RawNotice {
	const sns = "https://sns.eu-west-1.amazonaws.com"
	cert, signature, version := member(raw, "SigningCertURL"), member(raw, "Signature"), member(raw, "SignatureVersion")
	var twins []payment.RawNotice
	for _, name := range []string{"Type", "MessageId", "TopicArn", "Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertURL"} {
		for _, value := range []any{"", member(raw, name) + "0", member(raw, name)[1:], nil, 7, []string{member(raw, name)}} {
			twins = append(twins, change(raw, map[string]any{name: value}))
		}
	}
	for _, address := range []string{
		strings.Replace(cert, "https:", "http:", 1), strings.Replace(cert, sns, "https://sns.us-east-1.amazonaws.com", 1), strings.Replace(cert, sns, "https://sns.eu-west-1.amazonaws.com.evil.example", 1),
		strings.Replace(cert, sns, "https://evil.example", 1), strings.Replace(cert, sns, "https://evil-amazonaws.com", 1), strings.Replace(cert, sns, sns+":8443", 1),
		strings.Replace(cert, sns, sns+"@evil.example", 1), strings.Replace(cert, sns, "https://evil.s3.eu-west-1.amazonaws.com", 1), strings.Replace(cert, sns, "https://s3.eu-west-1.amazonaws.com", 1),
		strings.Replace(cert, sns, "https://sns.eu-west-1.evil.s3.amazonaws.com", 1), strings.Replace(cert, sns+"/", sns+"/../", 1), strings.Replace(cert, "/Simple", "//Simple", 1), cert + "?x=1", cert + "#x", cert + "#",
		sns + "/SimpleNotificationService-00000000000000000000000000000000.pem", sns + "/other.pem", "",
	} {
		twins = append(twins, change(raw, map[string]any{"SigningCertURL": address}))
	}
	twins = append(twins, change(raw, map[string]any{"Signature": " " + signature}), change(raw, map[string]any{"Signature": strings.ToLower(signature)}),
		change(raw, map[string]any{"SignatureVersion": map[string]string{"1": "2", "2": "1"}[version]}), change(raw, map[string]any{"Subject": "Hello"}),
		change(raw, map[string]any{"Type": "SubscriptionConfirmation"}), change(raw, map[string]any{"Type": "UnsubscribeConfirmation"}))
	return twins
}

// swap gives the first message with the content of the second but its own signature.
func swap(first, second payment.RawNotice) payment.RawNotice {
	return change(second, map[string]any{"Signature": member(first, "Signature")})
}

// loose: the address where a subscription is ended is in the message and not in the signature, and nobody reads it.
func loose(raw payment.RawNotice, at int) bool {
	begin := bytes.Index(raw.Body, []byte(`"UnsubscribeURL":"`))
	if begin < 0 {
		return false
	}
	value := begin + len(`"UnsubscribeURL":"`)
	end := value + bytes.IndexByte(raw.Body[value:], '"')
	return at >= begin && at <= end
}

// TestAmazonPay: PGN-03, PAY-05, with a bank that has charged the buyer on its page already.
func TestAmazonPay(t *testing.T) { gatewaytest.Run(t, family(t, fake.Prompt(), "1")) }
