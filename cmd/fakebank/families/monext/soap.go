package monext

import (
	"crypto/subtle"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// envelope is what is asked: one of these, with the names and name-spaces of the service description.
type envelope struct {
	XMLName xml.Name `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
	Body    struct {
		Open       *webPayment `xml:"http://impl.ws.payline.experian.com doWebPaymentRequest"`
		Details    *asked      `xml:"http://impl.ws.payline.experian.com getWebPaymentDetailsRequest"`
		Capture    *asked      `xml:"http://impl.ws.payline.experian.com doCaptureRequest"`
		Refund     *asked      `xml:"http://impl.ws.payline.experian.com doRefundRequest"`
		Reset      *asked      `xml:"http://impl.ws.payline.experian.com doResetRequest"`
		Particular *asked      `xml:"http://impl.ws.payline.experian.com getTransactionDetailsRequest"`
	} `xml:"http://schemas.xmlsoap.org/soap/envelope/ Body"`
}

type sum struct {
	Amount   int64  `xml:"http://obj.ws.payline.experian.com amount"`
	Currency string `xml:"http://obj.ws.payline.experian.com currency"`
	Action   string `xml:"http://obj.ws.payline.experian.com action"`
	Mode     string `xml:"http://obj.ws.payline.experian.com mode"`
	Contract string `xml:"http://obj.ws.payline.experian.com contractNumber"`
}

type webPayment struct {
	Version string `xml:"http://impl.ws.payline.experian.com version"`
	Payment sum    `xml:"http://impl.ws.payline.experian.com payment"`
	Return  string `xml:"http://impl.ws.payline.experian.com returnURL"`
	Cancel  string `xml:"http://impl.ws.payline.experian.com cancelURL"`
	Order   struct {
		Ref      string `xml:"http://obj.ws.payline.experian.com ref"`
		Amount   int64  `xml:"http://obj.ws.payline.experian.com amount"`
		Currency string `xml:"http://obj.ws.payline.experian.com currency"`
		Date     string `xml:"http://obj.ws.payline.experian.com date"`
	} `xml:"http://impl.ws.payline.experian.com order"`
	Notify   string `xml:"http://impl.ws.payline.experian.com notificationURL"`
	Selected struct {
		Contracts []string `xml:"http://obj.ws.payline.experian.com selectedContract"`
	} `xml:"http://impl.ws.payline.experian.com selectedContractList"`
	Language string `xml:"http://impl.ws.payline.experian.com languageCode"`
	Security string `xml:"http://impl.ws.payline.experian.com securityMode"`
	Shop     string `xml:"http://impl.ws.payline.experian.com merchantName"`
}

// asked is about a session or a transaction there is. The two names of the number are the description's.
type asked struct {
	Version  string `xml:"http://impl.ws.payline.experian.com version"`
	Token    string `xml:"http://impl.ws.payline.experian.com token"`
	ID       string `xml:"http://impl.ws.payline.experian.com transactionID"`
	LookedUp string `xml:"http://impl.ws.payline.experian.com transactionId"`
	Payment  sum    `xml:"http://impl.ws.payline.experian.com payment"`
	Amount   int64  `xml:"http://impl.ws.payline.experian.com amount"`
}

// teller answers one call of SOAP.
type teller struct {
	*desk
	service string
}

// maxQuestion bounds a question.
const maxQuestion = 64 << 10

func soap(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	s := teller{&desk{t: t, w: w, r: r, mode: modes[r.PathValue("host")]}, r.PathValue("service")}
	number, password, _ := r.BasicAuth()
	m, ok := t.Merchant(number)
	key := m.Key
	if s.mode == "live" {
		key = m.Fields["key_live"]
	}
	if s.merchant = m; !ok || s.mode == "" || key == "" || subtle.ConstantTimeCompare([]byte(key), []byte(password)) != 1 {
		if !t.Trouble(w, r, nil) {
			http.Error(w, "Unauthorized", http.StatusUnauthorized)
		}
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuestion))
	var e envelope
	if err != nil || xml.Unmarshal(body, &e) != nil {
		http.Error(w, "soap:Client", http.StatusInternalServerError)
		return
	}
	action := strings.Trim(r.Header.Get("SOAPAction"), `"`)
	switch b := e.Body; {
	case b.Open != nil && s.service == "WebPaymentAPI" && action == "doWebPayment":
		s.open(*b.Open)
	case b.Details != nil && s.service == "WebPaymentAPI" && action == "getWebPaymentDetails":
		s.details(*b.Details)
	case b.Particular != nil && s.service == "ExtendedAPI" && action == "getTransactionDetails":
		s.particular(*b.Particular)
	case b.Capture != nil && s.service == "DirectPaymentAPI" && action == "doCapture":
		s.move(action, bank.Capture, "201", *b.Capture)
	case b.Refund != nil && s.service == "DirectPaymentAPI" && action == "doRefund":
		s.move(action, bank.Refund, "421", *b.Refund)
	case b.Reset != nil && s.service == "DirectPaymentAPI" && action == "doReset":
		b.Reset.Payment.Amount = b.Reset.Amount
		s.move(action, bank.CancelHold, "", *b.Reset)
	default:
		http.Error(w, "soap:Client", http.StatusInternalServerError)
	}
}

func (s teller) open(o webPayment) {
	currency, err := money.ParseNumber(o.Payment.Currency)
	date, late := time.Parse("02/01/2006 15:04", o.Order.Date)
	manual := o.Payment.Action == "100"
	own := strings.Split(s.merchant.Fields["contracts"], ",")
	known := slices.Contains(own, o.Payment.Contract) && len(o.Selected.Contracts) > 0 && !slices.ContainsFunc(o.Selected.Contracts, func(id string) bool { return !slices.Contains(own, id) })
	fits := o.Payment.Mode == "CPT" && (manual || o.Payment.Action == "101") && o.Payment.Amount == o.Order.Amount && o.Payment.Currency == o.Order.Currency &&
		known && o.Security == "SSL" && o.Version != "" && s.t.Browsable(o.Cancel)
	var p *bank.Payment
	if err == nil && late == nil && !date.IsZero() && fits {
		p, err = enter(s.t, bank.Request{Merchant: s.merchant.Number, Mode: s.mode, Ref: o.Order.Ref, Order: o.Order.Ref, Shop: o.Shop, Amount: o.Payment.Amount, Currency: currency.Code(),
			Capture: when(manual), Locale: o.Language, Return: o.Return, Notify: o.Notify, Fields: map[string]string{"cancel": o.Cancel}})
	} else {
		err = errors.New("a field is wrong")
	}
	switch {
	case s.t.Trouble(s.w, s.r, p):
	case err != nil:
		s.say("doWebPayment", invalid, "")
	default:
		s.say("doWebPayment", accepted, tag("token", token(p))+tag("redirectURL", pageOf(s.t, s.r, p)))
	}
}

func (s teller) details(a asked) {
	p, ok := find(s.t, a.Token)
	if s.t.Trouble(s.w, s.r, p) {
		return
	}
	if ok = ok && p.Request.Merchant == s.merchant.Number; !ok {
		s.say("getWebPaymentDetails", unknown, "")
		return
	}
	told := s.t.Told(p, end(p))
	if told.Mode != s.mode {
		s.say("getWebPaymentDetails", unknown, "")
		return
	}
	s.say("getWebPaymentDetails", outcomeOf(told.Message), s.about(p, told))
}

func (s teller) particular(a asked) {
	p, ok := findTransaction(s.t, s.merchant, s.mode, a.LookedUp)
	if s.t.Trouble(s.w, s.r, p) {
		return
	}
	if !ok {
		s.say("getTransactionDetails", absent, "")
		return
	}
	truth := s.t.Truth(p, end(p))
	list := ""
	for _, e := range p.Events {
		if e.Kind != bank.Refused {
			list += "<associatedTransactions>" + tag("transactionId", transaction(p, e)) + tag("type", strings.ReplaceAll(kind(p, e), "_", " ")) + tag("date", day(e.At)) +
				tag("amount", fmt.Sprint(e.Amount)) + tag("status", "OK") + tag("originTransactionId", transaction(p, truth.Event)) + "</associatedTransactions>"
		}
	}
	s.say("getTransactionDetails", outcomeOf(truth.Message), s.about(p, truth)+"<associatedTransactionsList>"+list+"</associatedTransactionsList>")
}

// about is a session's transaction, payment and order.
func (s teller) about(p *bank.Payment, told bank.Saying) string {
	action, code := "101", told.Currency
	if p.Request.Capture == bank.Later {
		action = "100"
	}
	if c, err := money.ParseCurrency(told.Currency); err == nil {
		code = c.Number()
	}
	first, _, _ := strings.Cut(s.merchant.Fields["contracts"], ",")
	card := ""
	if last := bank.Last(told.Card, 4); last != "" {
		card = "<authorization>" + tag("number", "A55A") + tag("date", day(told.Event.At)) + "</authorization>" +
			"<card>" + tag("number", "497010XXXXXX"+last) + tag("type", "CB") + tag("expirationDate", "0831") + "</card>" +
			"<extendedCard>" + tag("country", "FRA") + tag("isCvd", "N") + tag("bank", "BANQUE DE DEMO") + tag("type", "CREDIT") + tag("network", "CB") + tag("product", "PREMIER") + "</extendedCard>"
	}
	return "<transaction>" + tag("id", transaction(p, told.Event)) + tag("date", day(told.Event.At)) + tag("isPossibleFraud", "0") + "</transaction>" +
		"<payment>" + tag("amount", fmt.Sprint(told.Amount)) + tag("currency", code) + tag("action", action) + tag("mode", "CPT") + tag("contractNumber", first) + "</payment>" +
		"<order>" + tag("ref", p.Request.Ref) + tag("amount", fmt.Sprint(p.Request.Amount)) + tag("currency", code) + tag("date", day(p.Opened)) + "</order>" + card
}

func (s teller) move(name string, what bank.What, action string, a asked) {
	p, ok := findTransaction(s.t, s.merchant, s.mode, a.ID)
	if s.t.Trouble(s.w, s.r, p) {
		return
	}
	if !ok {
		s.say(name, absent, "")
		return
	}
	currency := p.Request.Currency
	if c, err := money.ParseNumber(a.Payment.Currency); action != "" && (err != nil || a.Payment.Action != action || a.Payment.Mode != "CPT" || a.Payment.Contract == "") {
		s.say(name, invalid, "")
		return
	} else if action != "" {
		currency = c.Code()
	}
	e, came := moved(s.t, p, what, a.Payment.Amount, currency)
	more := ""
	if came == accepted {
		more = "<transaction>" + tag("id", transaction(p, e)) + tag("date", day(e.At)) + "</transaction>"
	}
	s.say(name, came, more)
}

func day(at time.Time) string { return at.UTC().Format("02/01/2006 15:04") }

// tag is a field, in the name-space of what it stands in.
func tag(name, value string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(value)) // a Builder takes all
	return "<" + name + ">" + b.String() + "</" + name + ">"
}

// say answers; the status is 200 whatever came of it.
func (s teller) say(name string, o outcome, more string) {
	s.w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = io.WriteString(s.w, `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>`+
		"<"+name+`Response xmlns="http://impl.ws.payline.experian.com"><result>`+tag("code", o.code)+tag("shortMessage", o.title)+tag("longMessage", o.detail)+"</result>"+
		more+"</"+name+"Response></soapenv:Body></soapenv:Envelope>")
}
