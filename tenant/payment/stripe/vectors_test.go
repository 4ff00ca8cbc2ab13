package stripe

import (
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: PGN-02, signatures of events as they were published; the header is put together as Stripe sends it, with a
// scheme that is to be left out.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "stripe", func(t *testing.T, v gatewaytest.Vector) bool {
		var in struct {
			Timestamp int64  `json:"timestamp"`
			Body      string `json:"body"`
		}
		v.Read(t, v.Input, &in)
		secret, want, at := v.Text(t, v.Key), v.Text(t, v.Expected), time.Unix(in.Timestamp, 0)
		s, ok := readSeal(fmt.Sprintf("t=%d,v1=%s,v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef", in.Timestamp, want))
		if !ok || s.verify(secret, []byte(in.Body+" ")) || s.verify("another", []byte(in.Body)) || s.verify("", []byte(in.Body)) {
			t.Error("not read, or believed with another body or secret")
		}
		for shift, fresh := range map[time.Duration]bool{0: true, tolerance: true, -tolerance: true, tolerance + time.Second: false, -tolerance - time.Second: false} {
			if s.fresh(at.Add(shift)) != fresh {
				t.Errorf("%s later: fresh is %t", shift, !fresh)
			}
		}
		return s.verify(secret, []byte(in.Body)) && hex.EncodeToString(signature(secret, s.stamp, []byte(in.Body))) == want
	})
}
