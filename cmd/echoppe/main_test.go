package main

import (
	"testing"

	"echoppe.dev/cmd/internal/apptest"
)

// TestMain lets the test binary be the program, so that commands are tried as processes.
func TestMain(m *testing.M) { apptest.Main(m, main) }
