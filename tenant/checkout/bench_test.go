package checkout_test

import (
	"strconv"
	"testing"

	"echoppe.dev/tenant/checkout"
	"echoppe.dev/tenant/checkout/checkouttest"
)

// BenchmarkPlace places an order of one line, by cheque, from a cart that is ready.
func BenchmarkPlace(b *testing.B) {
	s := checkouttest.New(b, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 1_000_000)
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		guest := s.Guest("b" + strconv.Itoa(i) + "@example.com")
		if err := guest.Add(mug, 1); err != nil {
			b.Fatal(err)
		}
		cmd, err := guest.Order("cheque")
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if _, err := guest.Send(cmd); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAdd puts an article into a cart that has it.
func BenchmarkAdd(b *testing.B) {
	s := checkouttest.New(b, checkout.Reactions{})
	mug := s.Stock("Mug", "12.00", 1_000_000)
	guest := s.Guest("zoe@example.com")
	for b.Loop() {
		if err := guest.Add(mug, 1); err != nil {
			b.Fatal(err)
		}
	}
}
