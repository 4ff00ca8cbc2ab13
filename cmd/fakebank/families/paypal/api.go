package paypal

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// payerID is the one buyer of this bank.
const payerID = "PRETENDBUYER7"

// named is an ID of 17 signs: the payment's serial number and what it is of.
func named(p *bank.Payment, what string) string {
	sum := sha256.Sum256([]byte(p.Number + "/" + what))
	return fmt.Sprintf("%08X", p.Serial) + strings.ToUpper(hex.EncodeToString(sum[:5]))[:9]
}

func orderID(p *bank.Payment) string { return named(p, "order") }

func authorizationID(p *bank.Payment) string { return named(p, "authorization") }

// tokenOf is the bearer token of an app.
func tokenOf(client, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(client))
	return client + "~" + hex.EncodeToString(mac.Sum(nil))
}

func clientField(mode string) string {
	if mode == "live" {
		return "client_live"
	}
	return "client"
}

// grant answers with a token for client credentials.
func grant(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	if t.Trouble(w, r, nil) {
		return
	}
	client, secret, _ := r.BasicAuth()
	m, ok := t.MerchantWith(clientField(modeOf(r)), client)
	own := field(m, modeOf(r), "secret")
	if !ok || own == "" || subtle.ConstantTimeCompare([]byte(own), []byte(secret)) != 1 {
		reply(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client", "error_description": "Client Authentication failed"})
		return
	}
	if r.PostFormValue("grant_type") != "client_credentials" {
		reply(w, http.StatusBadRequest, map[string]any{"error": "unsupported_grant_type"})
		return
	}
	reply(w, http.StatusOK, map[string]any{"access_token": tokenOf(client, secret), "token_type": "Bearer", "app_id": "APP-PRETEND", "expires_in": 32400})
}

// caller is the contract whose token a call bears.
func caller(t *bank.Teller, r *http.Request) (bank.Merchant, bool) {
	token, bears := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	client, _, _ := strings.Cut(token, "~")
	m, ok := t.MerchantWith(clientField(modeOf(r)), client)
	good := hmac.Equal([]byte(token), []byte(tokenOf(client, field(m, modeOf(r), "secret"))))
	return m, bears && ok && good
}

// about answers a call about something of a payment of the caller's.
func about(do func(*bank.Teller, http.ResponseWriter, *http.Request, *bank.Payment)) func(*bank.Teller, http.ResponseWriter, *http.Request) {
	return func(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
		m, ok := caller(t, r)
		if !ok {
			fail(w, http.StatusUnauthorized, "AUTHENTICATION_FAILURE", "")
			return
		}
		p, ok := serial(t, r.PathValue("id"))
		if t.Trouble(w, r, p) {
			return
		}
		if !ok || p.Request.Merchant != m.Number || p.Request.Mode != modeOf(r) {
			fail(w, http.StatusNotFound, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID")
			return
		}
		do(t, w, r, p)
	}
}

// worth is an amount as the bank writes it: no decimals where it has none.
type worth struct {
	Currency string `json:"currency_code"`
	Value    string `json:"value"`
}

// whole are the currencies this bank takes without decimals, whatever ISO 4217 says.
var whole = map[string]bool{"JPY": true, "HUF": true, "TWD": true}

func written(minor int64, code string) worth {
	currency, err := money.ParseCurrency(code)
	if err != nil {
		return worth{code, "0"}
	}
	value := money.FromMinor(minor, currency).Decimal()
	if whole[code] {
		return worth{code, value.String()}
	}
	return worth{code, value.StringFixed(2)}
}

var errAmount = errors.New("no amount")

// minor reads what a shop wrote.
func (v worth) minor() (int64, error) {
	currency, err := money.ParseCurrency(v.Currency)
	if err != nil || whole[v.Currency] && strings.Contains(v.Value, ".") {
		return 0, errAmount
	}
	a, err := money.Parse(v.Value, currency)
	if err != nil {
		return 0, errAmount
	}
	n, err := a.Minor()
	if err != nil || n <= 0 {
		return 0, errAmount
	}
	return n, nil
}

// fail answers in the bank's form of an error.
func fail(w http.ResponseWriter, status int, name, issue string) {
	details := []any{}
	if issue != "" {
		details = append(details, map[string]any{"issue": issue, "description": "see the reference"})
	}
	reply(w, status, map[string]any{"name": name, "message": "The request could not be done.", "debug_id": "f00d", "details": details})
}

// impossible is the answer to what the state does not let.
func impossible(w http.ResponseWriter, issue string) {
	fail(w, http.StatusUnprocessableEntity, "UNPROCESSABLE_ENTITY", issue)
}

func reply(w http.ResponseWriter, status int, what any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(what)
}
