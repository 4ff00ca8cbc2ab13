package wire_test

import (
	"testing"

	"echoppe.dev/cmd/internal/apptest"
)

func TestMain(m *testing.M) { apptest.Main(m, func() {}) }
