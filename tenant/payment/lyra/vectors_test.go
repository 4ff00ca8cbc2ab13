package lyra

import (
	"strings"
	"testing"

	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: GWN-06…08, signatures of forms and notices as they were published, of the old and the new way.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "lyra_vads", func(t *testing.T, v gatewaytest.Vector) bool {
		var in struct {
			Fields map[string]string `json:"fields"`
		}
		v.Read(t, v.Input, &in)
		hash := hashHMAC
		if strings.HasPrefix(v.Algorithm, "SHA-1") {
			hash = hashSHA1
		}
		return verify(hash, v.Text(t, v.Key), in.Fields, v.Text(t, v.Expected))
	})
}

// TestVectors_rest: what REST signs its notices with.
func TestVectors_rest(t *testing.T) {
	gatewaytest.Vectors(t, "lyra_rest", func(t *testing.T, v gatewaytest.Vector) bool {
		var in map[string]string
		v.Read(t, v.Input, &in)
		_, ok := verifyKR(v.Text(t, v.Key), in[krAnswer], v.Text(t, v.Expected))
		_, slashed := verifyKR(v.Text(t, v.Key), strings.ReplaceAll(in[krAnswer], "/", `\/`), v.Text(t, v.Expected))
		return ok && slashed
	})
}
