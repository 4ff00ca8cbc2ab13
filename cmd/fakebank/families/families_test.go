package families_test

import (
	"testing"

	"echoppe.dev/cmd/fakebank/bank"
	"echoppe.dev/cmd/fakebank/families"
	"echoppe.dev/platform/kit/clock"
)

// TestAll: the protocols stand beside each other, and take the contracts their banks publish.
func TestAll(t *testing.T) {
	b, err := bank.New(bank.Options{Dialects: families.All(), Merchants: families.Samples(), Clock: clock.System()})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	if families.All()[0].Name() != "testbank" {
		t.Error("contracts that name no protocol are not of the built-in one")
	}
}
