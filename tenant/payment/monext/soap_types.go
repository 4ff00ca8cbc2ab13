package monext

import "encoding/xml"

// impl is the name-space of methods; what stands in payment, order and buyer is of http://obj.ws.payline.experian.com. The
// elements are in the order of the service description, which is part of it.
const impl = "http://impl.ws.payline.experian.com"

// The codes of actions (payment.action): authorise, and authorise and take.
const (
	actionHold = "100"
	actionSale = "101"
)

type soapEnvelope struct {
	XMLName xml.Name `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
	Body    soapBody `xml:"http://schemas.xmlsoap.org/soap/envelope/ Body"`
}

type soapBody struct{ Question any }

type soapPayment struct {
	Amount   string `xml:"http://obj.ws.payline.experian.com amount"`
	Currency string `xml:"http://obj.ws.payline.experian.com currency"`
	Action   string `xml:"http://obj.ws.payline.experian.com action"`
	Mode     string `xml:"http://obj.ws.payline.experian.com mode"`
	Contract string `xml:"http://obj.ws.payline.experian.com contractNumber"`
}

type soapOrder struct {
	Ref      string `xml:"http://obj.ws.payline.experian.com ref"`
	Country  string `xml:"http://obj.ws.payline.experian.com country,omitempty"`
	Amount   string `xml:"http://obj.ws.payline.experian.com amount"`
	Currency string `xml:"http://obj.ws.payline.experian.com currency"`
	Date     string `xml:"http://obj.ws.payline.experian.com date"`
}

type soapBuyer struct {
	Last     string       `xml:"http://obj.ws.payline.experian.com lastName,omitempty"`
	First    string       `xml:"http://obj.ws.payline.experian.com firstName,omitempty"`
	Email    string       `xml:"http://obj.ws.payline.experian.com email,omitempty"`
	Shipping *soapAddress `xml:"http://obj.ws.payline.experian.com shippingAdress"` // the description's spelling
	Billing  *soapAddress `xml:"http://obj.ws.payline.experian.com billingAddress"`
	Phone    string       `xml:"http://obj.ws.payline.experian.com mobilePhone,omitempty"`
}

type soapAddress struct {
	First   string `xml:"http://obj.ws.payline.experian.com firstName,omitempty"`
	Last    string `xml:"http://obj.ws.payline.experian.com lastName,omitempty"`
	Street  string `xml:"http://obj.ws.payline.experian.com street1,omitempty"`
	More    string `xml:"http://obj.ws.payline.experian.com street2,omitempty"`
	City    string `xml:"http://obj.ws.payline.experian.com cityName,omitempty"`
	Zip     string `xml:"http://obj.ws.payline.experian.com zipCode,omitempty"`
	Country string `xml:"http://obj.ws.payline.experian.com country,omitempty"`
}

type soapList struct {
	Contract []string `xml:"http://obj.ws.payline.experian.com selectedContract"`
}

type doWebPayment struct {
	XMLName   xml.Name    `xml:"http://impl.ws.payline.experian.com doWebPaymentRequest"`
	Version   string      `xml:"version"`
	Payment   soapPayment `xml:"payment"`
	Return    string      `xml:"returnURL"`
	Cancel    string      `xml:"cancelURL"`
	Order     soapOrder   `xml:"order"`
	Notify    string      `xml:"notificationURL"`
	Contracts soapList    `xml:"selectedContractList"`
	Language  string      `xml:"languageCode"`
	Buyer     soapBuyer   `xml:"buyer"`
	Security  string      `xml:"securityMode"`
	Shop      string      `xml:"merchantName,omitempty"` // shown on the page
}

type getDetails struct {
	XMLName xml.Name `xml:"http://impl.ws.payline.experian.com getWebPaymentDetailsRequest"`
	Version string   `xml:"version"`
	Token   string   `xml:"token"`
}

type getTransaction struct {
	XMLName xml.Name `xml:"http://impl.ws.payline.experian.com getTransactionDetailsRequest"`
	Version string   `xml:"version"`
	ID      string   `xml:"transactionId"`
}

type doCapture struct {
	XMLName xml.Name    `xml:"http://impl.ws.payline.experian.com doCaptureRequest"`
	Version string      `xml:"version"`
	ID      string      `xml:"transactionID"`
	Payment soapPayment `xml:"payment"`
}

type doRefund struct {
	XMLName xml.Name    `xml:"http://impl.ws.payline.experian.com doRefundRequest"`
	Version string      `xml:"version"`
	ID      string      `xml:"transactionID"`
	Payment soapPayment `xml:"payment"`
	Comment string      `xml:"comment"`
}

type doReset struct {
	XMLName  xml.Name `xml:"http://impl.ws.payline.experian.com doResetRequest"`
	Version  string   `xml:"version"`
	ID       string   `xml:"transactionID"`
	Comment  string   `xml:"comment"`
	Amount   string   `xml:"amount"`
	Currency string   `xml:"currency"`
}

// soapAnswer is what any method answers, as far as it is read.
type soapAnswer struct {
	XMLName xml.Name
	Result  struct {
		Code  string `xml:"code"`
		Short string `xml:"shortMessage"`
		Long  string `xml:"longMessage"`
	} `xml:"result"`
	Token       string `xml:"token"`
	Page        string `xml:"redirectURL"`
	Transaction struct {
		ID string `xml:"id"`
	} `xml:"transaction"`
	Payment struct {
		Amount   string `xml:"amount"`
		Currency string `xml:"currency"`
		Action   string `xml:"action"`
		Contract string `xml:"contractNumber"`
	} `xml:"payment"`
	Authorization struct {
		Number string `xml:"number"`
	} `xml:"authorization"`
	Card struct {
		Number string `xml:"number"`
		Type   string `xml:"type"`
		Expiry string `xml:"expirationDate"` // MMYY
	} `xml:"card"`
	Extended struct {
		Country string `xml:"country"`
		Bank    string `xml:"bank"`
		Type    string `xml:"type"`
		Network string `xml:"network"`
	} `xml:"extendedCard"`
	Order struct {
		Ref      string `xml:"ref"`
		Amount   string `xml:"amount"`
		Currency string `xml:"currency"`
	} `xml:"order"`
	Associated []struct {
		ID     string `xml:"transactionId"`
		Type   string `xml:"type"`
		Amount string `xml:"amount"`
		Status string `xml:"status"`
	} `xml:"associatedTransactionsList>associatedTransactions"`
}

func (a soapAnswer) result() result {
	return result{line(a.Result.Code, 10), line(a.Result.Short, 50), line(a.Result.Long, 200)}
}
