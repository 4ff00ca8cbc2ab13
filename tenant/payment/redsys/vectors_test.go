package redsys

import (
	"strings"
	"testing"

	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: GWN-12 in Spain, keys and signatures of forms, calls, answers and notices as they were published.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "redsys", func(t *testing.T, v gatewaytest.Vector) bool {
		key, expected := v.Text(t, v.Key), v.Text(t, v.Expected)
		if v.Input[0] == '"' { // an order, and the key made of it
			derived, err := deriveAES(key, v.Text(t, v.Input))
			return err == nil && string(derived) == expected
		}
		var input struct {
			Parameters string `json:"Ds_MerchantParameters"`
			Order      string `json:"order"`
			Message    string `json:"message"`
		}
		v.Read(t, v.Input, &input)
		s := schemes[sha512V2]
		if strings.HasPrefix(v.Algorithm, "HMAC_SHA256_V1") {
			s = schemes[sha256V1]
		}
		if input.Message != "" {
			return s.signed(key, input.Order, input.Message, expected)
		}
		if understood(t, input.Parameters, input.Order) { // a shop's, whose signature is as we write it, byte for byte
			written, err := s.sign(key, input.Order, input.Parameters)
			return err == nil && written == expected
		}
		return s.signed(key, input.Order, input.Parameters, expected)
	})
}

// understood checks that published parameters can be read, are about the order of the vector and, where they tell of a payment, tell it; it
// gives whether a shop wrote them.
func understood(t *testing.T, text, order string) (shop bool) {
	t.Helper()
	v, err := readParameters(text)
	if err != nil {
		t.Fatal(err)
	}
	if got := v["ds_order"] + v["ds_merchant_order"]; got != order {
		t.Errorf("order %q, want %q", got, order)
	}
	if v["ds_response"] != "" {
		if n, err := v.notice(testAccount(sha256V1, testKey, true)); err != nil || n.Ref != order || !n.Amount.IsPositive() {
			t.Errorf("read as %+v, %v", n, err)
		}
	}
	return v["ds_merchant_order"] != ""
}
