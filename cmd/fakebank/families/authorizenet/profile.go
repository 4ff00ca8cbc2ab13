package authorizenet

import (
	"encoding/json"
	"strconv"

	"echoppe.dev/cmd/fakebank/bank"
)

// The notes on a payment whose card was kept, and deleted.
const (
	profiled = "profile"
	deleted  = "card deleted"
)

const codeTwice = "E00039"

// networkID is what the network of the card calls the transaction it paid.
func networkID(p *bank.Payment) string { return "NET" + bank.NumberOf(p.Serial, 12) }

func profileID(p *bank.Payment) string { return "9" + bank.NumberOf(p.Serial, 8) }
func cardID(p *bank.Payment) string    { return "8" + bank.NumberOf(p.Serial, 8) }

// keeper is the payment whose transaction a profile was made of.
func (d *desk) keeper(fits func(*bank.Payment) bool) *bank.Payment {
	for _, p := range d.t.List(d.merchant.Number, d.mode) {
		if p.Notes[profiled] != "" && fits(p) {
			return p
		}
	}
	return nil
}

// showProfile is getCustomerProfileRequest, by the merchant's number.
func (d *desk) showProfile() {
	var q struct {
		Number string `json:"merchantCustomerId"`
	}
	if json.Unmarshal(d.body, &q) != nil {
		d.fail(codeFormat)
		return
	}
	if d.t.Trouble(d.w, d.r, nil) {
		return
	}
	p := d.keeper(func(p *bank.Payment) bool { return p.Notes[profiled] == q.Number })
	if p == nil {
		d.fail(codeAbsent)
		return
	}
	cards := []any{}
	if p.Notes[deleted] == "" {
		last := ""
		for _, e := range p.Events {
			if r := []rune(e.Card); len(r) >= 4 {
				last = string(r[len(r)-4:])
			}
		}
		cards = append(cards, map[string]any{"customerPaymentProfileId": cardID(p), "payment": map[string]any{"creditCard": map[string]any{
			"cardNumber": "XXXX" + last, "expirationDate": strconv.Itoa(p.Opened.Year()+3) + "-12", "cardType": "Visa"}}})
	}
	d.reply(map[string]any{"profile": map[string]any{"customerProfileId": profileID(p), "merchantCustomerId": q.Number, "paymentProfiles": cards}}, codeOK)
}

// makeProfile is createCustomerProfileFromTransactionRequest.
func (d *desk) makeProfile() {
	var q struct {
		Number   string `json:"transId"`
		Customer struct {
			Number string `json:"merchantCustomerId"`
		} `json:"customer"`
	}
	if json.Unmarshal(d.body, &q) != nil || q.Customer.Number == "" || len(q.Customer.Number) > 20 {
		d.fail(codeFormat)
		return
	}
	p, first, ok := d.find(q.Number)
	switch {
	case d.t.Trouble(d.w, d.r, p):
	case !ok || p.Request.Mode != d.mode || first.Kind != bank.Paid && first.Kind != bank.Authorised:
		d.fail(codeAbsent)
	case p.Notes[profiled] != "":
		d.fail(codeTwice)
	default:
		if err := d.t.Note(p, profiled, q.Customer.Number); err != nil {
			d.t.Broken(d.w, err)
			return
		}
		d.reply(map[string]any{"customerProfileId": profileID(p), "customerPaymentProfileIdList": []string{cardID(p)}}, codeOK)
	}
}

// deleteCard is deleteCustomerPaymentProfileRequest.
func (d *desk) deleteCard() {
	var q struct {
		Of   string `json:"customerProfileId"`
		Card string `json:"customerPaymentProfileId"`
	}
	if json.Unmarshal(d.body, &q) != nil {
		d.fail(codeFormat)
		return
	}
	if d.t.Trouble(d.w, d.r, nil) {
		return
	}
	p := d.keeper(func(p *bank.Payment) bool {
		return profileID(p) == q.Of && cardID(p) == q.Card && p.Notes[deleted] == ""
	})
	if p == nil {
		d.fail(codeAbsent)
		return
	}
	if err := d.t.Note(p, deleted, "yes"); err != nil {
		d.t.Broken(d.w, err)
		return
	}
	d.reply(map[string]any{}, codeOK)
}

// charge is createTransactionRequest with a profile.
func (d *desk) charge(q asked) {
	x := q.Transaction
	if d.t.Trouble(d.w, d.r, nil) { // before the money is taken
		return
	}
	saved := d.keeper(func(p *bank.Payment) bool {
		return profileID(p) == x.Profile.ID && cardID(p) == x.Profile.Card.ID && p.Notes[deleted] == ""
	})
	if saved == nil {
		d.fail(codeAbsent)
		return
	}
	amount, counted := minor(x.Amount)
	r := bank.Request{Merchant: d.merchant.Number, Mode: d.mode, Ref: x.Order.Invoice, Order: x.Order.Description, Amount: amount, Currency: x.Currency,
		Capture: captures[x.Type], Locale: "en", Notify: d.r.Header.Get("Pretend-Notify")}
	if !counted || r.Capture == "" || r.Currency != d.merchant.Fields["currency"] || r.Ref == "" || len(r.Ref) > 20 || !d.t.Callable(r.Notify) {
		d.fail(codeField)
		return
	}
	if r.Absent = x.Options.Subsequent; r.Absent && (saved.Request.Fields["first"] == "" || x.Agreed.Original != networkID(saved)) {
		d.fail(codeField) // there it is the card's bank that may refuse
		return
	}
	p, err := d.t.Charge(r, saved)
	if err != nil {
		d.refuse(duplicate)
		return
	}
	e, code, told := p.Newest(), "1", codeOK
	answer := map[string]any{"transId": number(p, e), "accountNumber": "XXXX1111"}
	if e.Kind == bank.Refused {
		code, told = "2", codeDone
		answer["errors"] = []any{map[string]any{"errorCode": "2", "errorText": "Pretended."}}
	}
	answer["responseCode"] = code
	d.reply(map[string]any{"transactionResponse": answer}, told)
}

// duplicate is the error of a transaction that looks like another.
const duplicate = "11"
