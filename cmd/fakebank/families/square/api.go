package square

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"echoppe.dev/cmd/fakebank/bank"
)

// apis and pages are the hosts of the two modes.
var (
	apis  = map[string]string{"test": "connect.squareupsandbox.com", "live": "connect.squareup.com"}
	pages = map[string]string{"test": "sandbox.square.link", "live": "square.link"}
)

// version is the one version of the API this side knows.
const version = "2025-03-19"

// desk answers one call.
type desk struct {
	t        *bank.Teller
	w        http.ResponseWriter
	r        *http.Request
	merchant bank.Merchant
	mode     string
	asked    string // names the body: a key used for something else is known by it
}

// known tells whose token it is, and whether it is good on this host.
func (d *desk) known() bool {
	token, bearer := strings.CutPrefix(d.r.Header.Get("Authorization"), "Bearer ")
	for mode, name := range map[string]string{"test": "token", "live": "token_live"} {
		if m, ok := d.t.MerchantWith(name, token); ok && bearer && d.r.PathValue("host") == apis[mode] {
			d.merchant, d.mode = m, mode
		}
	}
	if d.mode == "" {
		if !d.t.Trouble(d.w, d.r, nil) {
			d.fail(http.StatusUnauthorized, "AUTHENTICATION_ERROR", "UNAUTHORIZED")
		}
		return false
	}
	if d.r.Header.Get("Square-Version") != version {
		d.fail(http.StatusBadRequest, "INVALID_REQUEST_ERROR", "API_VERSION_INCOMPATIBLE")
		return false
	}
	return true
}

// read reads the body, which must have no fields nobody knows.
func (d *desk) read(into any) bool {
	text, err := io.ReadAll(d.r.Body)
	if err == nil {
		sum := sha256.Sum256(text)
		d.asked = hex.EncodeToString(sum[:])
		reader := json.NewDecoder(bytes.NewReader(text))
		reader.DisallowUnknownFields()
		err = reader.Decode(into)
	}
	if err != nil || !strings.HasPrefix(d.r.Header.Get("Content-Type"), "application/json") {
		d.fail(http.StatusBadRequest, "INVALID_REQUEST_ERROR", "UNKNOWN_BODY_PARAMETER")
		return false
	}
	return true
}

// find is the payment an object belongs to, by the beginning of the object's name.
func (d *desk) find(prefix string) *bank.Payment {
	number, own := strings.CutPrefix(d.r.PathValue("id"), prefix)
	number, _, _ = strings.Cut(number, "x")
	p, ok := d.t.FindNumber(number)
	if !own || !d.ours(p, ok) {
		p = nil
	}
	if d.t.Trouble(d.w, d.r, p) {
		return nil
	}
	if p == nil {
		d.missing()
	}
	return p
}

// ours tells that a payment is the location's, and of the mode of the token.
func (d *desk) ours(p *bank.Payment, ok bool) bool {
	return ok && p.Request.Merchant == d.merchant.Number && p.Request.Mode == d.mode
}

func (d *desk) answer(what any) {
	d.w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(d.w).Encode(what)
}

func (d *desk) fail(status int, category, code string) {
	d.w.Header().Set("Content-Type", "application/json")
	d.w.WriteHeader(status)
	_ = json.NewEncoder(d.w).Encode(object{"errors": []object{{"category": category, "code": code, "detail": "the pretend Square says no"}}})
}

func (d *desk) invalid(code string) { d.fail(http.StatusBadRequest, "INVALID_REQUEST_ERROR", code) }

func (d *desk) missing() { d.fail(http.StatusNotFound, "INVALID_REQUEST_ERROR", "NOT_FOUND") }

// moved tells what came of a move.
func (d *desk) moved(err error, category, code string) bool {
	switch {
	case errors.Is(err, bank.ErrDeclined):
		d.fail(http.StatusBadRequest, category, code)
	case err != nil:
		d.t.Broken(d.w, err)
	}
	return err == nil
}
