package authorizenet

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"

	"echoppe.dev/cmd/fakebank/bank"
)

// The codes of answers.
const (
	codeOK     = "I00001"
	codeFormat = "E00003"
	codeLogin  = "E00007"
	codeField  = "E00013"
	codeDone   = "E00027" // the transaction was not successful
	codeAbsent = "E00040"
)

// mark is the byte order mark that every answer begins with.
const mark = "\ufeff"

// maxBody is the most bytes of a call that are read.
const maxBody = 64 << 10

// desk answers one call.
type desk struct {
	t        *bank.Teller
	w        http.ResponseWriter
	r        *http.Request
	merchant bank.Merchant
	mode     string
	body     json.RawMessage
}

// answers are what can be asked.
var answers = map[string]func(*desk){
	"getHostedPaymentPageRequest":                 (*desk).openPage,
	"getTransactionDetailsRequest":                (*desk).showTransaction,
	"getUnsettledTransactionListRequest":          (*desk).listUnsettled,
	"getSettledBatchListRequest":                  (*desk).listBatches,
	"getTransactionListRequest":                   (*desk).listBatch,
	"createTransactionRequest":                    (*desk).move,
	"getCustomerProfileRequest":                   (*desk).showProfile,
	"createCustomerProfileFromTransactionRequest": (*desk).makeProfile,
	"deleteCustomerPaymentProfileRequest":         (*desk).deleteCard,
}

// orders are the elements of each object in the order of the schema, as far as they are known here.
var orders = map[string][]string{
	"getHostedPaymentPageRequest":        {"merchantAuthentication", "refId", "transactionRequest", "hostedPaymentSettings"},
	"getTransactionDetailsRequest":       {"merchantAuthentication", "refId", "transId"},
	"getUnsettledTransactionListRequest": {"merchantAuthentication", "refId", "status", "sorting", "paging"},
	"getSettledBatchListRequest":         {"merchantAuthentication", "refId", "includeStatistics", "firstSettlementDate", "lastSettlementDate"},
	"getTransactionListRequest":          {"merchantAuthentication", "refId", "batchId", "sorting", "paging"},
	"createTransactionRequest":           {"merchantAuthentication", "refId", "transactionRequest"},
	"merchantAuthentication":             {"name", "transactionKey"},
	"transactionRequest": {"transactionType", "amount", "currencyCode", "payment", "profile", "refTransId", "order", "customer", "billTo",
		"transactionSettings", "processingOptions", "subsequentAuthInformation"},
	"subsequentAuthInformation":                   {"originalNetworkTransId", "originalAuthAmount", "reason"},
	"getCustomerProfileRequest":                   {"merchantAuthentication", "refId", "customerProfileId", "merchantCustomerId", "email", "unmaskExpirationDate"},
	"createCustomerProfileFromTransactionRequest": {"merchantAuthentication", "refId", "transId", "customer", "customerProfileId"},
	"deleteCustomerPaymentProfileRequest":         {"merchantAuthentication", "refId", "customerProfileId", "customerPaymentProfileId"},
	"profile":                                     {"createProfile", "customerProfileId", "paymentProfile"},
	"paymentProfile":                              {"paymentProfileId", "cardCode"},
	"processingOptions":                           {"isFirstRecurringPayment", "isFirstSubsequentAuth", "isSubsequentAuth", "isStoredCredentials"},
	"order":                                       {"invoiceNumber", "description"},
	"customer":                                    {"type", "id", "merchantCustomerId", "description", "email"},
	"billTo":                                      {"firstName", "lastName", "company", "address", "city", "state", "zip", "country", "phoneNumber"},
	"payment":                                     {"creditCard"},
	"creditCard":                                  {"cardNumber", "expirationDate"},
	"hostedPaymentSettings":                       {"setting"},
	"sorting":                                     {"orderBy", "orderDescending"},
	"paging":                                      {"limit", "offset"},
}

// api looks at the form of a call and at who calls, and lets answer.
func api(t *bank.Teller, w http.ResponseWriter, r *http.Request) {
	d := &desk{t: t, w: w, r: r, mode: modes[r.PathValue("host")]}
	text, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	var whole map[string]json.RawMessage
	if err != nil || json.Unmarshal(text, &whole) != nil || len(whole) != 1 {
		d.fail(codeFormat)
		return
	}
	for name, body := range whole {
		answer, known := answers[name]
		if d.body = body; !known || !inOrder(name, body) {
			d.fail(codeFormat)
			return
		}
		if !d.enter() {
			d.fail(codeLogin)
			return
		}
		answer(d)
	}
}

// inOrder tells that an object and those in it have no elements but those of the schema, in its order.
func inOrder(name string, body json.RawMessage) bool {
	var values map[string]json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(body))
	if first, err := dec.Token(); err != nil || first != json.Delim('{') || json.Unmarshal(body, &values) != nil {
		return false
	}
	place := -1
	for dec.More() {
		key, err := dec.Token()
		element, _ := key.(string)
		at := slices.Index(orders[name], element)
		if err != nil || at <= place {
			return false
		}
		place = at
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return false
		}
		if _, object := orders[element]; object && !inOrder(element, value) {
			return false
		}
	}
	return true
}

// enter finds the merchant by his login and transaction key.
func (d *desk) enter() bool {
	var q struct {
		Login struct {
			Name string `json:"name"`
			Key  string `json:"transactionKey"`
		} `json:"merchantAuthentication"`
	}
	if json.Unmarshal(d.body, &q) != nil {
		return false
	}
	m, ok := d.t.Merchant(q.Login.Name)
	d.merchant = m
	return ok && q.Login.Key != "" && q.Login.Key == m.Fields[map[string]string{"test": "key", "live": "key_live"}[d.mode]]
}

// reply is an answer, with what is said of the call at its end.
func (d *desk) reply(answer map[string]any, code string) {
	result := "Ok"
	if code != codeOK {
		result = "Error"
	}
	answer["messages"] = map[string]any{"resultCode": result, "message": []any{map[string]any{"code": code, "text": "Pretended."}}}
	text, err := json.Marshal(answer)
	if err != nil {
		d.t.Broken(d.w, err)
		return
	}
	d.w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = io.WriteString(d.w, mark)
	_, _ = d.w.Write(text)
}

func (d *desk) fail(code string) { d.reply(map[string]any{}, code) }
