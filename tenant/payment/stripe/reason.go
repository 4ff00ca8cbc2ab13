package stripe

import "echoppe.dev/tenant/payment"

// reasons are the codes Stripe gives for a try that failed, those of the buyer's bank (docs.stripe.com/declines/codes) and its
// own (docs.stripe.com/error-codes), by what a buyer can be told. The others are refusals the bank gives no reason for; that
// a card was lost, stolen or suspected of fraud must not be told.
var reasons = map[string]payment.Reason{
	"insufficient_funds":              payment.ReasonFunds,
	"card_velocity_exceeded":          payment.ReasonFunds,
	"withdrawal_count_limit_exceeded": payment.ReasonFunds,
	"debit_not_authorized":            payment.ReasonRefused,

	"incorrect_number":                  payment.ReasonCard,
	"invalid_number":                    payment.ReasonCard,
	"incorrect_cvc":                     payment.ReasonCard,
	"invalid_cvc":                       payment.ReasonCard,
	"incorrect_zip":                     payment.ReasonCard,
	"incorrect_address":                 payment.ReasonCard,
	"expired_card":                      payment.ReasonCard,
	"invalid_expiry_month":              payment.ReasonCard,
	"invalid_expiry_year":               payment.ReasonCard,
	"incorrect_pin":                     payment.ReasonCard,
	"invalid_pin":                       payment.ReasonCard,
	"pin_try_exceeded":                  payment.ReasonCard,
	"offline_pin_required":              payment.ReasonCard,
	"online_or_offline_pin_required":    payment.ReasonCard,
	"invalid_account":                   payment.ReasonCard,
	"new_account_information_available": payment.ReasonCard,
	"card_not_supported":                payment.ReasonCard,
	"currency_not_supported":            payment.ReasonCard,
	"testmode_decline":                  payment.ReasonCard,
	"live_mode_test_card":               payment.ReasonCard,

	"authentication_required":                        payment.ReasonSecure,
	"mobile_device_authentication_required":          payment.ReasonSecure,
	"payment_intent_authentication_failure":          payment.ReasonSecure,
	"payment_method_customer_decline":                payment.ReasonAbandoned,
	"payment_intent_payment_attempt_expired":         payment.ReasonExpired,
	"payment_method_billing_details_address_missing": payment.ReasonCard,

	"processing_error":                      payment.ReasonTechnical,
	"issuer_not_available":                  payment.ReasonTechnical,
	"try_again_later":                       payment.ReasonTechnical,
	"reenter_transaction":                   payment.ReasonTechnical,
	"payment_method_provider_timeout":       payment.ReasonTechnical,
	"payment_method_not_available":          payment.ReasonTechnical,
	"payment_intent_payment_attempt_failed": payment.ReasonTechnical,
}

// never are the codes after which a card must not be charged again: it is gone, or its owner or his bank has withdrawn the mandate.
var never = map[string]bool{"lost_card": true, "stolen_card": true, "pickup_card": true, "fraudulent": true, "do_not_try_again": true, "restricted_card": true,
	"revocation_of_all_authorizations": true, "revocation_of_authorization": true, "stop_payment_order": true, "security_violation": true, "invalid_account": true,
	"transaction_not_allowed": true, "merchant_blacklist": true, "expired_card": true, "incorrect_number": true}

// reason is why, by the code of the buyer's bank where there is one, else by Stripe's.
func (l lastProblem) reason() payment.Reason {
	if known, ok := reasons[l.Decline]; ok {
		return known
	}
	if known, ok := reasons[l.Code]; ok {
		return known
	}
	if l.Type == "api_error" {
		return payment.ReasonTechnical
	}
	return payment.ReasonRefused
}
