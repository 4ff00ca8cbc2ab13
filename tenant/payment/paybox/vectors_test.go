package paybox

import (
	"encoding/hex"
	"encoding/json"
	"testing"

	"echoppe.dev/tenant/payment"
	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: GWN-02, GWN-03, seals of forms and signatures of notices as they were published.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "paybox_system", func(t *testing.T, v gatewaytest.Vector) bool {
		var in struct {
			Fields    [][2]string `json:"fields_in_order"`
			Signed    string      `json:"signed_data"`
			Signature string      `json:"signature_base64"`
		}
		v.Read(t, v.Input, &in)
		if in.Fields != nil {
			key, err := hex.DecodeString(v.Text(t, v.Key))
			if err != nil {
				t.Fatal(err)
			}
			var fields []payment.FormField
			for _, f := range in.Fields {
				fields = append(fields, payment.FormField{Name: f[0], Value: f[1]})
			}
			return seal(key, fields) == v.Text(t, v.Expected)
		}
		var pair struct{ Public string }
		if json.Unmarshal(v.Key, &pair) != nil {
			pair.Public = v.Text(t, v.Key)
		}
		key, err := readKey([]byte(pair.Public))
		if err != nil {
			t.Fatal(err)
		}
		expected := v.Text(t, v.Expected)
		if in.Signature == "" { // the signature itself is what is expected
			return verify(key, in.Signed, expected)
		}
		return verify(key, in.Signed, in.Signature) == (expected == "valid")
	})
}
