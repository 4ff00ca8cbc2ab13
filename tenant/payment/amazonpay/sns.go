package amazonpay

import (
	"context"
	"crypto"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // version 1 of the signatures is made with it
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strings"

	"echoppe.dev/tenant/payment"
)

// envelope is what Amazon SNS posts (SNS, "Message structure"). A member that is not there is nil, and not an empty text.
type envelope struct {
	Type         string  `json:"Type"`
	MessageID    string  `json:"MessageId"`
	Topic        string  `json:"TopicArn"`
	Subject      *string `json:"Subject"`
	Message      string  `json:"Message"`
	Timestamp    string  `json:"Timestamp"`
	Token        string  `json:"Token"`
	SubscribeURL string  `json:"SubscribeURL"`
	Version      string  `json:"SignatureVersion"`
	Signature    string  `json:"Signature"`
	CertURL      string  `json:"SigningCertURL"`
}

// The types of messages.
const (
	typeNotice      = "Notification"
	typeSubscribe   = "SubscriptionConfirmation"
	typeUnsubscribe = "UnsubscribeConfirmation"
)

// text is what is signed: names and values, each on a line of its own, in the order of the names. Which they are depends on
// the type (SNS, "Verifying the signatures of messages").
func (e envelope) text() string {
	pairs := []string{"Message", e.Message, "MessageId", e.MessageID}
	if e.Type == typeNotice {
		if e.Subject != nil {
			pairs = append(pairs, "Subject", *e.Subject)
		}
		pairs = append(pairs, "Timestamp", e.Timestamp, "TopicArn", e.Topic)
	} else {
		pairs = append(pairs, "SubscribeURL", e.SubscribeURL, "Timestamp", e.Timestamp, "Token", e.Token, "TopicArn", e.Topic)
	}
	return strings.Join(append(pairs, "Type", e.Type), "\n") + "\n"
}

// verify tells whether the signature is of that key: RSA, PKCS #1 v1.5, with SHA-1 in version 1 and SHA-256 in version 2.
func (e envelope) verify(key *rsa.PublicKey) bool {
	raw, err := base64.StdEncoding.Strict().DecodeString(e.Signature)
	if err != nil {
		return false
	}
	switch text := []byte(e.text()); e.Version {
	case "1":
		sum := sha1.Sum(text) //nolint:gosec // see above
		return rsa.VerifyPKCS1v15(key, crypto.SHA1, sum[:], raw) == nil
	case "2":
		sum := sha256.Sum256(text)
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, sum[:], raw) == nil
	}
	return false
}

var (
	// snsHost is SNS in one region, and in it the region.
	snsHost = regexp.MustCompile(`^sns\.([a-z]{2}(?:-[a-z]{3,12}){1,2}-[0-9]{1,2})\.amazonaws\.com$`)
	// certPath is where certificates are.
	certPath = regexp.MustCompile(`^/SimpleNotificationService-[0-9a-f]{32}\.pem$`)
)

// snsAddress is an address of SNS and its region; false for any other. Nothing but SNS answers on these hosts.
func snsAddress(address string) (u *url.URL, region string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.User != nil || u.ForceQuery || u.Fragment != "" || strings.HasSuffix(address, "#") {
		return nil, "", false
	}
	found := snsHost.FindStringSubmatch(u.Host)
	if found == nil {
		return nil, "", false
	}
	return u, found[1], true
}

// open checks that a message comes from SNS, of the region of its topic. It proves no more: anybody may have a topic there. Errors:
// ErrForged, ErrBank.
func (g *Gateway) open(ctx context.Context, body []byte) (envelope, error) {
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		return envelope{}, payment.ErrForged.Because(errors.New("amazonpay: no message of SNS"))
	}
	u, region, ok := snsAddress(e.CertURL)
	if !ok || u.RawQuery != "" || !certPath.MatchString(u.EscapedPath()) || !strings.HasPrefix(e.Topic, "arn:aws:sns:"+region+":") {
		return envelope{}, payment.ErrForged
	}
	switch e.Type {
	case typeNotice, typeSubscribe, typeUnsubscribe:
	default:
		return envelope{}, payment.ErrForged
	}
	key, err := g.certs.find(ctx, g, u.Host, u.Path)
	if err != nil {
		return envelope{}, err
	}
	if !e.verify(key) {
		return envelope{}, payment.ErrForged
	}
	return e, nil
}
