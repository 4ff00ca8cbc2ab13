package monext

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/platform/kit/money"
	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/bankcall"
)

// soapDesk is the SOAP API of Payline (WebPaymentAPI.wsdl, DirectPaymentAPI.wsdl, ExtendedAPI.wsdl).
type soapDesk struct {
	calls   *bankcall.Client
	hosts   []string
	account payment.Account
	key     string
}

// The services a method belongs to.
const (
	webAPI      = "WebPaymentAPI"
	directAPI   = "DirectPaymentAPI"
	extendedAPI = "ExtendedAPI"
)

// ask calls a method. Errors: of kind Upstream.
func (d *soapDesk) ask(ctx context.Context, service, method string, question any, repeat bool) (soapAnswer, error) {
	body, err := xml.Marshal(soapEnvelope{Body: soapBody{question}})
	if err != nil {
		return soapAnswer{}, fmt.Errorf("monext %s: %w", method, err)
	}
	login := base64.StdEncoding.EncodeToString([]byte(d.account.Config.Text("merchant") + ":" + d.key))
	answer, err := d.calls.Do(ctx, bankcall.Call{Family: Family, What: method, Hosts: d.hosts, Path: "/V4/services/" + service, Repeat: repeat,
		Body: append([]byte(xml.Header), body...),
		Header: http.Header{"Content-Type": {"text/xml; charset=utf-8"}, "Soapaction": {`"` + method + `"`},
			"Authorization": {"Basic " + login}}})
	if err != nil {
		return soapAnswer{}, err
	}
	if !answer.OK() {
		return soapAnswer{}, bad(method, answer.Status)
	}
	return readSOAP(method, answer.Body)
}

// maxDepth and maxElements bound an answer: the largest there is has a few hundred elements, eight deep.
const (
	maxDepth    = 20
	maxElements = 5000
)

// readSOAP understands the answer of a method. Errors: of kind Upstream.
func readSOAP(method string, body []byte) (soapAnswer, error) {
	if err := bounded(body); err != nil {
		return soapAnswer{}, bad(method, err)
	}
	var e struct {
		XMLName xml.Name `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
		Body    struct {
			Answers []soapAnswer `xml:",any"`
		} `xml:"http://schemas.xmlsoap.org/soap/envelope/ Body"`
	}
	if err := xml.Unmarshal(body, &e); err != nil {
		return soapAnswer{}, bad(method, err)
	}
	if len(e.Body.Answers) != 1 || e.Body.Answers[0].XMLName != (xml.Name{Space: impl, Local: method + "Response"}) {
		return soapAnswer{}, bad(method, "an answer of another kind")
	}
	return e.Body.Answers[0], nil
}

// bounded refuses declarations of types and entities, and what is too deep or too long.
func bounded(body []byte) error {
	d := xml.NewDecoder(bytes.NewReader(body))
	depth, elements := 0, 0
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.Directive:
			return errors.New("a declaration")
		case xml.StartElement:
			depth, elements = depth+1, elements+1
		case xml.EndElement:
			depth--
		}
		if depth > maxDepth || elements > maxElements {
			return errors.New("too deep or too long")
		}
	}
}

// version is that of the API, by which the bank chooses what it answers.
const version = "16"

func (d *soapDesk) open(ctx context.Context, r payment.Request, amount int64, language string) (string, string, error) {
	a, err := d.ask(ctx, webAPI, "doWebPayment", d.webPayment(r, amount, language), true)
	if err != nil {
		return "", "", err
	}
	if !a.result().accepted() {
		return "", "", a.result().refused("doWebPayment")
	}
	return a.Token, a.Page, nil
}

func (d *soapDesk) session(ctx context.Context, token string) (session, error) {
	a, err := d.ask(ctx, webAPI, "getWebPaymentDetails", getDetails{Version: version, Token: token}, true)
	if err != nil {
		return session{}, err
	}
	return soapSession(a)
}

// soapSession understands a session. Errors: ErrNotKnown; of kind Upstream.
func soapSession(a soapAnswer) (session, error) {
	const what = "getWebPaymentDetails"
	s := session{code: a.Result.Code, title: a.Result.Short, ref: a.Order.Ref, transaction: a.Transaction.ID, card: a.card()}
	if s.code == codeUnknown {
		return session{}, payment.ErrNotKnown.Because(a.result())
	}
	if s.transaction == "" {
		var err error
		s.amount, err = soapAmount(a.Order.Amount, a.Order.Currency)
		return s, err
	}
	switch a.Payment.Action {
	case actionHold:
		s.hold = true
	case actionSale:
	default:
		return session{}, bad(what, "an action of another kind: "+line(a.Payment.Action, 20))
	}
	var err error
	s.amount, err = soapAmount(a.Payment.Amount, a.Payment.Currency)
	return s, err
}

// soapAmount is an amount in the smallest units and the number of its currency. Errors: ErrBank.
func soapAmount(amount, number string) (money.Amount, error) {
	units, bad := strconv.ParseInt(amount, 10, 64)
	currency, err := money.ParseNumber(number)
	return amountOf(units, currency, errors.Join(bad, err))
}

func (d *soapDesk) history(ctx context.Context, transaction string) (history, error) {
	const what = "getTransactionDetails"
	a, err := d.ask(ctx, extendedAPI, what, getTransaction{Version: version, ID: transaction}, true)
	switch {
	case err != nil:
		return history{}, err
	case strings.HasPrefix(a.Result.Code, "0230"):
		return history{}, payment.ErrNotKnown.Because(a.result())
	case !a.result().accepted() && a.Result.Code != codeFraud, a.Transaction.ID != transaction:
		return history{}, bad(what, a.result())
	}
	h := history{contract: a.Payment.Contract}
	for _, one := range a.Associated {
		if one.Status != "OK" {
			continue
		}
		units, err := strconv.ParseInt(one.Amount, 10, 64)
		if err != nil || units < 0 || units > maxUnits {
			return history{}, bad(what, "no amount")
		}
		h.done = append(h.done, operation{one.ID, strings.ReplaceAll(one.Type, " ", "_"), units})
	}
	return h, nil
}

func (d *soapDesk) move(ctx context.Context, what move, transaction string, of part) (string, error) {
	sum := soapPayment{Amount: strconv.FormatInt(of.Amount, 10), Currency: of.Currency.Number(), Action: what.action, Mode: "CPT", Contract: of.Contract}
	if sum.Contract == "" {
		sum.Contract = contractsOf(d.account.Config)[0]
	}
	var question any
	switch what {
	case capture:
		question = doCapture{Version: version, ID: transaction, Payment: sum}
	case refund:
		question = doRefund{Version: version, ID: transaction, Payment: sum, Comment: of.Key}
	default:
		question = doReset{Version: version, ID: transaction, Comment: of.Key, Amount: sum.Amount, Currency: sum.Currency}
	}
	a, err := d.ask(ctx, directAPI, what.method, question, false)
	switch {
	case err != nil:
		return "", err
	case !a.result().accepted():
		return "", a.result().refused(what.method)
	case !transactionShape.MatchString(a.Transaction.ID):
		return "", bad(what.method, "done, and no number of it")
	}
	return a.Transaction.ID, nil
}

// webPayment is the session of a request. The order has our reference: it is what the bank repeats.
func (d *soapDesk) webPayment(r payment.Request, amount int64, language string) doWebPayment {
	at := r.Payment.Created
	if at.IsZero() {
		at = d.calls.Clock().Now()
	}
	contracts, bill := contractsOf(d.account.Config), r.Buyer.Billed()
	first, last := names(bill.Name)
	sum := soapPayment{Amount: strconv.FormatInt(amount, 10), Currency: r.Payment.Amount.Currency().Number(), Action: actionSale, Mode: "CPT", Contract: contracts[0]}
	if later(d.account) {
		sum.Action = actionHold
	}
	q := doWebPayment{Version: version, Payment: sum, Return: r.ReturnURL, Cancel: r.CancelURL, Notify: r.NotifyURL, Contracts: soapList{contracts}, Language: language, Security: "SSL", Shop: line(r.ShopName, 50),
		Order: soapOrder{Ref: r.Payment.Ref, Country: line(bill.Country, 2), Amount: sum.Amount, Currency: sum.Currency, Date: at.In(time.UTC).Format("02/01/2006 15:04")},
		Buyer: soapBuyer{Last: last, First: first, Email: line(r.Buyer.Email, 150), Phone: line(bill.Phone, 20), Billing: &soapAddress{Last: last, First: first, Street: line(bill.Line1, 100),
			More: line(bill.Line2, 100), City: line(bill.City, 40), Zip: line(bill.Postcode, 12), Country: line(bill.Country, 2)}}}
	if to := r.Buyer.Delivery; to.Line1 != "" {
		first, last = names(to.Name)
		q.Buyer.Shipping = &soapAddress{Last: last, First: first, Street: line(to.Line1, 100), More: line(to.Line2, 100), City: line(to.City, 40), Zip: line(to.Postcode, 12), Country: line(to.Country, 2)}
	}
	return q
}
