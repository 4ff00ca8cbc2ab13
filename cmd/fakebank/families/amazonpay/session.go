package amazonpay

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
)

// payload is the body that creates a session.
type payload struct {
	Store string `json:"storeId"`
	Web   struct {
		Mode   string `json:"checkoutMode"`
		Result string `json:"checkoutResultReturnUrl"`
		Cancel string `json:"checkoutCancelUrl"`
	} `json:"webCheckoutDetails"`
	Payment struct {
		Intent  string `json:"paymentIntent"`
		Pending bool   `json:"canHandlePendingAuthorization"`
		Amount  worth  `json:"chargeAmount"`
		Shown   string `json:"presentmentCurrency"`
	} `json:"paymentDetails"`
	Merchant struct {
		Ref   string `json:"merchantReferenceId"`
		Store string `json:"merchantStoreName"`
		Note  string `json:"noteToBuyer"`
		Own   string `json:"customInformation"`
	} `json:"merchantMetadata"`
	Kind    string `json:"chargePermissionType"`
	Address *struct {
		Name     string `json:"name"`
		Line1    string `json:"addressLine1"`
		Line2    string `json:"addressLine2"`
		City     string `json:"city"`
		Region   string `json:"stateOrRegion"`
		Postcode string `json:"postalCode"`
		Country  string `json:"countryCode"`
		Phone    string `json:"phoneNumber"`
	} `json:"addressDetails"`
}

// createSession opens a payment, once for each idempotency key.
func (d Dialect) createSession(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	m, mode, ok := caller(t, r)
	if !ok {
		fail(w, http.StatusForbidden, "InvalidRequestSignature")
		return
	}
	if t.Trouble(w, r, nil) {
		return
	}
	b, ok := readPayload(r.Body)
	if !ok {
		fail(w, http.StatusBadRequest, "UnrecognizedField")
		return
	}
	host := r.PathValue("host")
	q, reason := d.request(t, m, mode, b, asked{region: regions[host[strings.LastIndexByte(host, '.'):]], key: r.Header.Get("X-Amz-Pay-Idempotency-Key"),
		notify: r.Header.Get("Pretend-Notify")})
	if reason != "" {
		fail(w, http.StatusBadRequest, reason)
		return
	}
	p, err := t.Open(q)
	switch {
	case errors.Is(err, bank.ErrClash), err == nil && p.Request.Fields["request"] != q.Fields["request"] && p.Request.Fields["request"] != byButton:
		fail(w, http.StatusConflict, "DuplicateIdempotencyKey")
	case err != nil:
		t.Broken(w, err)
	default:
		reply(w, http.StatusCreated, session(t, p))
	}
}

// readPayload reads a body in which there is nothing the bank does not know.
func readPayload(from io.Reader) (b payload, ok bool) {
	read := json.NewDecoder(from)
	read.DisallowUnknownFields()
	return b, read.Decode(&b) == nil
}

// asked is what a request says beside its payload.
type asked struct{ region, key, notify string }

// request names the first thing that is wrong.
func (d Dialect) request(t *bank.Teller, m bank.Merchant, mode string, b payload, by asked) (bank.Request, string) {
	q := bank.Request{Merchant: m.Number, Mode: mode, Ref: b.Merchant.Ref, Order: b.Merchant.Note, Shop: b.Merchant.Store, Capture: bank.Now, OnCall: !d.prompt,
		Locale: "en", Return: b.Web.Result, Notify: by.notify, Currency: b.Payment.Amount.Code,
		Fields: map[string]string{"cancel": b.Web.Cancel, "request": by.key, "own": b.Merchant.Own, "region": by.region}}
	switch b.Payment.Intent {
	case "AuthorizeWithCapture":
	case "Authorize":
		q.Capture = bank.Later
	default:
		return q, "InvalidParameterValue"
	}
	var err error
	if q.Amount, err = b.Payment.Amount.minor(); err != nil {
		return q, "InvalidParameterValue"
	}
	switch {
	case b.Store != m.Fields["store"], b.Web.Mode != "ProcessOrder", b.Kind != "OneTime", b.Payment.Pending, by.key == "", by.region == "":
		return q, "InvalidParameterValue"
	case b.Payment.Shown != "" && (by.region != regions[".eu"] || b.Payment.Shown != q.Currency):
		return q, "InvalidParameterValue"
	case q.Ref == "" || len(q.Ref) > 256 || len(q.Shop) > 50 || len(q.Order) > 255 || len(q.Fields["own"]) > 4096:
		return q, "InvalidParameterValue"
	case b.Address != nil && (b.Address.Name == "" || b.Address.Line1 == "" || len(b.Address.Country) != 2):
		return q, "MissingParameterValue"
	case !t.Browsable(q.Return), !t.Browsable(b.Web.Cancel), !t.Callable(q.Notify):
		return q, "InvalidParameterValue"
	}
	return q, ""
}

// checkout is the door of the hosted page.
func checkout(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("amazonCheckoutSessionId")
	p, ok := meant(t, id)
	if !ok || sessionID(p) != id {
		t.Refuse(w, r, http.StatusNotFound, "gone")
		return
	}
	http.Redirect(w, r, t.Page(p), http.StatusSeeOther)
}

func getSession(t *bank.Teller, w http.ResponseWriter, _ *http.Request, p *bank.Payment) {
	reply(w, http.StatusOK, session(t, p))
}

// completeSession does what the buyer agreed to.
func completeSession(t *bank.Teller, w http.ResponseWriter, r *http.Request, p *bank.Payment) {
	var b struct {
		Amount worth `json:"chargeAmount"`
	}
	if json.NewDecoder(r.Body).Decode(&b) != nil {
		fail(w, http.StatusBadRequest, "InvalidParameterValue")
		return
	}
	if n, err := b.Amount.minor(); err != nil || n != p.Request.Amount || b.Amount.Code != p.Request.Currency {
		fail(w, http.StatusConflict, "AmountMismatch")
		return
	}
	state, _ := standing(p)
	p, _, err := t.Move(p, bank.Complete, 0, "", r.Header.Get("X-Amz-Pay-Idempotency-Key"))
	switch {
	case errors.Is(err, bank.ErrDeclined) && state == "Canceled":
		fail(w, http.StatusUnprocessableEntity, "CheckoutSessionCanceled")
	case errors.Is(err, bank.ErrDeclined):
		fail(w, http.StatusUnprocessableEntity, "InvalidCheckoutSessionStatus")
	case err != nil:
		t.Broken(w, err)
	default:
		reply(w, http.StatusOK, session(t, p))
	}
}

// standing is the state of a session, and why it was cancelled.
func standing(p *bank.Payment) (state, reason string) {
	if charged(p) {
		return "Completed", ""
	}
	switch p.Newest().Kind {
	case bank.Cancelled:
		return "Canceled", "BuyerCanceled"
	case bank.Expired:
		return "Canceled", "Expired"
	}
	return "Open", ""
}

// charged tells that there is a charge.
func charged(p *bank.Payment) bool {
	for _, e := range p.Events {
		if e.Kind == bank.Authorised || e.Kind == bank.Paid {
			return true
		}
	}
	return false
}

// session is the whole of it.
func session(t *bank.Teller, p *bank.Payment) map[string]any {
	state, reason := standing(p)
	intent, page := "AuthorizeWithCapture", map[string]string{"01": "payments.amazon.com", "02": "payments.amazon.de", "03": "payments.amazon.co.jp"}[p.Request.Fields["region"]]
	if p.Request.Capture == bank.Later {
		intent = "Authorize"
	}
	s := map[string]any{"checkoutSessionId": sessionID(p), "chargePermissionType": "OneTime", "chargeId": nil, "chargePermissionId": nil, "productType": nil, "buyer": nil,
		"webCheckoutDetails": map[string]any{"checkoutMode": "ProcessOrder", "checkoutResultReturnUrl": p.Request.Return, "checkoutCancelUrl": p.Request.Fields["cancel"],
			"amazonPayRedirectUrl": "https://" + page + "/checkout?amazonCheckoutSessionId=" + sessionID(p)},
		"paymentDetails":   map[string]any{"paymentIntent": intent, "canHandlePendingAuthorization": false, "chargeAmount": written(p.Request.Amount, p.Request.Currency)},
		"merchantMetadata": metadata(p), "statusDetails": status(state, reason, p.Newest().At), "releaseEnvironment": environment(p.Request.Mode),
		"creationTimestamp": stamp(p.Opened), "expirationTimestamp": stamp(p.Opened.Add(24 * time.Hour))}
	if charged(p) {
		s["chargeId"], s["chargePermissionId"] = chargeID(p), permissionID(p)
	}
	if m, ok := t.Merchant(p.Request.Merchant); ok {
		s["storeId"] = m.Fields["store"]
	}
	return s
}

func metadata(p *bank.Payment) map[string]any {
	return map[string]any{"merchantReferenceId": p.Request.Ref, "merchantStoreName": p.Request.Shop, "noteToBuyer": p.Request.Order, "customInformation": p.Request.Fields["own"]}
}

func status(state, reason string, at time.Time) map[string]any {
	s := map[string]any{"state": state, "reasonCode": nil, "reasonDescription": nil, "lastUpdatedTimestamp": stamp(at)}
	if reason != "" {
		s["reasonCode"] = reason
	}
	return s
}

func stamp(at time.Time) string { return at.UTC().Format("20060102T150405Z") }

func environment(mode string) string {
	if mode == "live" {
		return "Live"
	}
	return "Sandbox"
}
