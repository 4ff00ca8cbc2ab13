package amazonpay

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // version 1 of the signatures is made with it
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"sync"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// Where each region's topics are.
var snsRegions = map[string]string{"01": "us-east-1", "02": "eu-west-1", "03": "ap-northeast-1"}

// seal is the key of this run and its certificate.
type seal struct {
	key  *rsa.PrivateKey
	pem  []byte
	name string // of the certificate, which no other run has
}

// own makes the key notices are signed with.
var own = sync.OnceValues(func() (seal, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return seal{}, err
	}
	now := time.Now()
	about := &x509.Certificate{SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "sns.amazonaws.com"}, DNSNames: []string{"sns.amazonaws.com"},
		NotBefore: now.Add(-24 * time.Hour), NotAfter: now.AddDate(10, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		return seal{}, err
	}
	sum := sha256.Sum256(der)
	return seal{key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), "SimpleNotificationService-" + hex.EncodeToString(sum[:16]) + ".pem"}, nil
})

// nobody is a key of nobody's.
var nobody = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// certificate shows it, on the hosts of SNS.
func certificate(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	s, err := own()
	if err != nil {
		t.Broken(w, err)
		return
	}
	if t.Trouble(w, r, nil) {
		return
	}
	if r.PathValue("name") != s.name || !strings.HasPrefix(r.PathValue("host"), "sns.") {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(s.pem)
}

// token is what a subscription of a topic is confirmed with.
func token(topic string) string {
	sum := sha256.Sum256([]byte("subscription of " + topic))
	return hex.EncodeToString(sum[:])
}

// confirm takes the confirmation of a subscription.
func confirm(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	if t.Trouble(w, r, nil) {
		return
	}
	q := r.URL.Query()
	if q.Get("Action") != "ConfirmSubscription" || q.Get("Token") != token(q.Get("TopicArn")) || !strings.HasPrefix(r.PathValue("host"), "sns.") {
		http.Error(w, "no such subscription", http.StatusBadRequest)
		return
	}
	_, _ = fmt.Fprintf(w, "<ConfirmSubscriptionResponse><SubscriptionArn>%s:1</SubscriptionArn></ConfirmSubscriptionResponse>", q.Get("TopicArn"))
}

func topicOf(merchant, region string) string {
	return "arn:aws:sns:" + snsRegions[region] + ":291180941288:PRETEND" + merchant
}

// Subscription is what SNS sends to an address before any notice: a question whether it wants them. region is 01, 02 or 03.
func Subscription(m bank.Merchant, region string) (bank.Letter, error) {
	topic := topicOf(m.Number, region)
	host := "https://sns." + snsRegions[region] + ".amazonaws.com"
	return enclose(map[string]string{"Type": "SubscriptionConfirmation", "MessageId": "00000000-0000-4000-8000-000000000000", "TopicArn": topic, "Token": token(topic),
		"Message":      "You have chosen to subscribe to the topic " + topic + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.",
		"SubscribeURL": host + "/?Action=ConfirmSubscription&TopicArn=" + topic + "&Token=" + token(topic), "Timestamp": "2026-03-05T12:00:00.000Z"},
		m, region, false)
}

// notice tells that something became of a charge or a refund, and not what.
func notice(s bank.Saying) (bank.Letter, error) {
	p := s.Payment
	permission := permissionIn(p, s.Mode)
	kind, object := "CHARGE", permission+"-C000001"
	switch {
	case s.Event.Kind == bank.Refused:
		object = permission + strings.TrimPrefix(declinedID(p, s.Event), permissionID(p))
	case s.Message.Event == bank.Refunded:
		kind, object = "REFUND", permission+strings.TrimPrefix(refundID(p, s.Event), permissionID(p))
	case inDispute[s.Message.Event]:
		kind, object = "CHARGEBACK", permission+strings.TrimPrefix(disputeID(p), permissionID(p))
	}
	sum := sha256.Sum256([]byte(s.ID))
	id := hex.EncodeToString(sum[:])
	message, err := json.Marshal(map[string]string{"MerchantID": s.Merchant, "ObjectType": kind, "ObjectId": object, "ChargePermissionId": permission,
		"NotificationType": "STATE_CHANGE", "NotificationId": id[:32], "NotificationVersion": "V2"})
	if err != nil {
		return bank.Letter{}, err
	}
	region := p.Request.Fields["region"]
	topic := topicOf(s.Contract.Number, region)
	return enclose(map[string]string{"Type": "Notification", "MessageId": fmt.Sprintf("%s-%s-4%s-8%s-%s", id[:8], id[8:12], id[13:16], id[17:20], id[20:32]), "TopicArn": topic,
		"Message": string(message), "Timestamp": s.Now.UTC().Format("2006-01-02T15:04:05.000Z"),
		"UnsubscribeURL": "https://sns." + snsRegions[region] + ".amazonaws.com/?Action=Unsubscribe&SubscriptionArn=" + topic + ":1"}, s.Contract, region, s.Forged)
}

// enclose signs the fields of a message and puts them into a letter.
func enclose(fields map[string]string, m bank.Merchant, region string, forged bool) (bank.Letter, error) {
	s, err := own()
	if err != nil {
		return bank.Letter{}, err
	}
	key := s.key
	if forged {
		if key, err = nobody(); err != nil {
			return bank.Letter{}, err
		}
	}
	var b strings.Builder
	for _, name := range []string{"Message", "MessageId", "SubscribeURL", "Subject", "Timestamp", "Token", "TopicArn", "Type"} {
		if v, ok := fields[name]; ok {
			b.WriteString(name + "\n" + v + "\n")
		}
	}
	version, hash, sum := "1", crypto.SHA1, sha1.Sum([]byte(b.String()))
	digest := sum[:]
	if m.Fields["sns"] == "2" {
		other := sha256.Sum256([]byte(b.String()))
		version, hash, digest = "2", crypto.SHA256, other[:]
	}
	signature, err := rsa.SignPKCS1v15(nil, key, hash, digest)
	if err != nil {
		return bank.Letter{}, err
	}
	fields["SignatureVersion"], fields["Signature"] = version, base64.StdEncoding.EncodeToString(signature)
	fields["SigningCertURL"] = "https://sns." + snsRegions[region] + ".amazonaws.com/" + s.name
	body, err := json.Marshal(fields)
	if err != nil {
		return bank.Letter{}, err
	}
	h := http.Header{}
	h.Set("Content-Type", "text/plain; charset=UTF-8")
	h.Set("X-Amz-Sns-Message-Type", fields["Type"])
	h.Set("X-Amz-Sns-Topic-Arn", fields["TopicArn"])
	h.Set("User-Agent", "Amazon Simple Notification Service Agent")
	return bank.Letter{Header: h, Body: body}, nil
}
