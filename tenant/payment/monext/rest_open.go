package monext

import (
	"strings"

	"echoppe.dev/tenant/payment"
)

// opening is what a session is opened with.
type opening struct {
	PointOfSale   string     `json:"pointOfSaleReference"`
	PaymentMethod restMethod `json:"paymentMethod"`
	Payment       restHow    `json:"payment"`
	Order         restOrder  `json:"order"`
	Buyer         restBuyer  `json:"buyer"`
	Delivery      *restTo    `json:"delivery,omitempty"`
	ThreeDS       restSecure `json:"threeDS"`
	Return        string     `json:"returnURL"`
	Notify        string     `json:"notificationURL"`
	Language      string     `json:"languageCode"`
}

type restMethod struct {
	IDs []string `json:"paymentMethodIDs"`
}

type restHow struct {
	Type    string `json:"paymentType"`
	Capture string `json:"capture"`
}

type restOrder struct {
	Reference string `json:"reference"`
	Amount    int64  `json:"amount"`
	Currency  string `json:"currency"`
	Origin    string `json:"origin"`
	Country   string `json:"country,omitempty"`
}

type restBuyer struct {
	Legal     string       `json:"legalStatus"`
	FirstName string       `json:"firstName,omitempty"`
	LastName  string       `json:"lastName,omitempty"`
	Email     string       `json:"email,omitempty"`
	Billing   *restAddress `json:"billingAddress,omitempty"`
}

type restTo struct {
	Address *restAddress `json:"address"`
}

type restSecure struct {
	Challenge string `json:"challengeInd"`
}

// opening is the session of a request. The order has our reference: it is what the bank repeats.
func (d *restDesk) opening(r payment.Request, amount int64, language string) opening {
	bill := r.Buyer.Billed()
	first, last := names(bill.Name)
	o := opening{
		PointOfSale:   d.account.Config.Text("point_of_sale"),
		PaymentMethod: restMethod{contractsOf(d.account.Config)},
		Payment:       restHow{"ONE_OFF", "AUTOMATIC"},
		Order:         restOrder{r.Payment.Ref, amount, r.Payment.Amount.Currency().Code(), "E_COM", line(bill.Country, 2)},
		Buyer:         restBuyer{"PRIVATE", first, last, line(r.Buyer.Email, 150), restAddressOf(bill)},
		ThreeDS:       restSecure{"NO_PREFERENCE"},
		Return:        r.ReturnURL, Notify: r.NotifyURL, Language: strings.ToUpper(language),
	}
	if later(d.account) {
		o.Payment.Capture = "MANUAL"
	}
	if to := restAddressOf(r.Buyer.Delivery); to != nil {
		o.Delivery = &restTo{to}
	}
	return o
}
