package id_test

import (
	"testing"

	"echoppe.dev/platform/kit/id"
)

func TestAs_KeepsTheValue(t *testing.T) {
	type cart struct{}
	type buyer struct{}
	c := id.New[cart]()
	if b := id.As[buyer](c); b.String() != c.String() {
		t.Errorf("%s became %s", c, b)
	}
	if !id.As[buyer](id.Of[cart]{}).IsZero() {
		t.Error("the zero id did not stay zero")
	}
}
