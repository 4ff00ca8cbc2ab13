package redsys

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/platform/kit/money"
)

// code is Ds_Response of what happened; "" while nothing has.
func code(m bank.Message) string {
	switch m.Event {
	case bank.Paid, bank.Authorised:
		return "0000"
	case bank.Refunded:
		return "0900"
	case bank.Cancelled:
		return "9915"
	case bank.Expired:
		return "9142"
	case bank.Refused:
		switch m.Reason {
		case "funds":
			return "0116"
		case "card":
			return "0129"
		case "authentication":
			return "0184"
		}
		return "0190"
	}
	return ""
}

// authorisation is the number the buyer's bank gave.
func authorisation(p *bank.Payment) string { return bank.NumberOf(p.Serial%1_000_000, 6) }

// numberOf is a currency's.
func numberOf(code string) string {
	currency, err := money.ParseCurrency(code)
	if err != nil {
		return ""
	}
	return currency.Number()
}

// long is a terminal with three digits, as notices write it.
func long(terminal string) string { return ("000" + terminal)[len(terminal):] }

// notification is the three fields about what the buyer did.
func notification(s bank.Saying) []bank.Field {
	q, at := s.Payment.Request, time.Unix(s.Time, 0).UTC()
	v := map[string]string{
		"Ds_Date": at.Format("02/01/2006"), "Ds_Hour": at.Format("15:04"), "Ds_SecurePayment": "1", "Ds_Amount": strconv.FormatInt(s.Amount, 10),
		"Ds_Currency": numberOf(s.Currency), "Ds_Order": s.Ref, "Ds_MerchantCode": s.Merchant, "Ds_Terminal": long(q.Fields["terminal"]),
		"Ds_Response": code(s.Message), "Ds_MerchantData": "", "Ds_TransactionType": q.Fields["type"], "Ds_ConsumerLanguage": strings.TrimLeft(q.Fields["language"], "0"),
		"Ds_AuthorisationCode": "++++++", "Ds_ProcessedPayMethod": "1",
	}
	if v["Ds_Response"] == "0000" {
		v["Ds_AuthorisationCode"] = authorisation(s.Payment)
	}
	if s.Card != "" {
		v["Ds_Card_Number"], v["Ds_Card_Country"], v["Ds_Card_Brand"] = "454881******"+s.Card[max(0, len(s.Card)-4):], "724", "1"
	}
	for name, value := range v {
		v[name] = url.QueryEscape(value)
	}
	v["Ds_Card_Number"] = strings.ReplaceAll(v["Ds_Card_Number"], "%2A", "*")
	key := s.Contract.Key
	if s.Forged {
		key = nobody()
	}
	return signed(v, q.Fields["version"], key, s.Ref)
}

// signed are the three fields of anything the bank says.
func signed(v map[string]string, version, key, order string) []bank.Field {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts only
	}
	text := base64.StdEncoding.EncodeToString(raw)
	if version == algorithmV2 {
		text = base64.RawURLEncoding.EncodeToString(raw)
	}
	return []bank.Field{
		{Name: "Ds_SignatureVersion", Value: version},
		{Name: "Ds_MerchantParameters", Value: text},
		{Name: "Ds_Signature", Value: signatureOf(version, key, order, text)},
	}
}

// encoded writes fields as a form or a query.
func encoded(fields []bank.Field) string {
	var parts []string
	for _, f := range fields {
		parts = append(parts, f.Name+"="+url.QueryEscape(f.Value))
	}
	return strings.Join(parts, "&")
}

// Notice is the notification.
func (Dialect) Notice(s bank.Saying, _ string) (bank.Letter, error) {
	h := http.Header{}
	h.Set("Content-Type", "application/x-www-form-urlencoded")
	return bank.Letter{Header: h, Body: []byte(encoded(notification(s)))}, nil
}

// Heard is status 200, whatever is said with it.
func (Dialect) Heard(_ bank.Saying, _ string, a bank.Answer) bool { return a.Status == http.StatusOK }

// Back is the address for what was authorised, or the other one, with the fields of the notification where the terminal is set so.
func (Dialect) Back(s bank.Saying) (bank.Way, error) {
	to := s.Payment.Request.Fields["ko"]
	if code(s.Message) == "0000" {
		to = s.Payment.Request.Return
	}
	if s.Contract.Fields["parameters"] == "no" {
		return bank.Way{URL: to}, nil
	}
	glue := "?"
	if strings.Contains(to, "?") {
		glue = "&"
	}
	return bank.Way{URL: to + glue + encoded(notification(s))}, nil
}
