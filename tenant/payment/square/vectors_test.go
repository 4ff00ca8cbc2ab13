package square

import (
	"testing"

	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: PGN-01, signatures of events as they were published, and one that is not of its address.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "square", func(t *testing.T, v gatewaytest.Vector) bool {
		var in struct {
			Address   string `json:"notification_url"`
			Body      string `json:"body"`
			Signature string `json:"signature"`
		}
		v.Read(t, v.Input, &in)
		key, want := v.Text(t, v.Key), v.Text(t, v.Expected)
		if want == "invalid" {
			return !verify(key, in.Address, []byte(in.Body), in.Signature)
		}
		for name, good := range map[string]bool{
			"another body":    verify(key, in.Address, []byte(in.Body+" "), want),
			"another address": verify(key, in.Address+"/", []byte(in.Body), want),
			"another key":     verify(key+"x", in.Address, []byte(in.Body), want),
			"no key":          verify("", in.Address, []byte(in.Body), signature("", in.Address, []byte(in.Body))),
			"no address":      verify(key, "", []byte(in.Body), signature(key, "", []byte(in.Body))),
			"no signature":    verify(key, in.Address, []byte(in.Body), ""),
		} {
			if good {
				t.Errorf("believed with %s", name)
			}
		}
		return verify(key, in.Address, []byte(in.Body), want)
	})
}
