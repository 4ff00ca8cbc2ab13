package square

import "echoppe.dev/tenant/payment"

// reasons are the codes of a card that was refused (Square, "ErrorCode"), by what a buyer can be told. The others are refusals
// the bank gives no reason for.
var reasons = map[string]payment.Reason{
	"INSUFFICIENT_FUNDS":     payment.ReasonFunds,
	"TRANSACTION_LIMIT":      payment.ReasonFunds,
	"PAYMENT_LIMIT_EXCEEDED": payment.ReasonFunds,

	"ADDRESS_VERIFICATION_FAILURE": payment.ReasonCard,
	"ALLOWABLE_PIN_TRIES_EXCEEDED": payment.ReasonCard,
	"BAD_EXPIRATION":               payment.ReasonCard,
	"CARD_EXPIRED":                 payment.ReasonCard,
	"CARD_NOT_SUPPORTED":           payment.ReasonCard,
	"CVV_FAILURE":                  payment.ReasonCard,
	"EXPIRATION_FAILURE":           payment.ReasonCard,
	"INVALID_ACCOUNT":              payment.ReasonCard,
	"INVALID_CARD":                 payment.ReasonCard,
	"INVALID_CARD_DATA":            payment.ReasonCard,
	"INVALID_EXPIRATION":           payment.ReasonCard,
	"INVALID_EXPIRATION_DATE":      payment.ReasonCard,
	"INVALID_EXPIRATION_YEAR":      payment.ReasonCard,
	"INVALID_PIN":                  payment.ReasonCard,
	"INVALID_POSTAL_CODE":          payment.ReasonCard,
	"PAN_FAILURE":                  payment.ReasonCard,
	"UNSUPPORTED_CARD_BRAND":       payment.ReasonCard,
	"VERIFY_AVS_FAILURE":           payment.ReasonCard,
	"VERIFY_CVV_FAILURE":           payment.ReasonCard,

	"CARD_DECLINED_VERIFICATION_REQUIRED": payment.ReasonSecure,
	"BUYER_REFUSED_PAYMENT":               payment.ReasonAbandoned,
	"CARD_TOKEN_EXPIRED":                  payment.ReasonExpired,
	"DELAYED_TRANSACTION_EXPIRED":         payment.ReasonExpired,
	"SOURCE_EXPIRED":                      payment.ReasonExpired,

	"BAD_GATEWAY":         payment.ReasonTechnical,
	"GATEWAY_TIMEOUT":     payment.ReasonTechnical,
	"SERVICE_UNAVAILABLE": payment.ReasonTechnical,
	"TEMPORARY_ERROR":     payment.ReasonTechnical,
}

// code is the first of the codes Square gives for a card that was refused, or "".
func (p paymentObject) code() string {
	if len(p.Card.Errors) == 0 {
		return ""
	}
	return p.Card.Errors[0].Code
}

// reason is why a payment failed.
func (p paymentObject) reason() payment.Reason {
	if known, ok := reasons[p.code()]; ok {
		return known
	}
	return payment.ReasonRefused
}
