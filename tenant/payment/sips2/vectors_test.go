package sips2

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: GWN-05, GWN-06, GWN-08, seals of responses, forms and calls as they were published.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "sips2", func(t *testing.T, v gatewaytest.Vector) bool {
		expected := v.Text(t, v.Expected)
		var key string
		_ = json.Unmarshal(v.Key, &key) // "" of those that have none
		if v.Input[0] == '{' {
			object := members(t, v)
			if key == "" { // what is to be sealed
				return chain(object) == expected
			}
			fields, _ := object["fields"].(map[string]any)
			return chain(fields) == object["message"] && sealed(sealHMAC, key, chain(fields), expected)
		}
		text := v.Text(t, v.Input)
		algorithm := sealSHA
		if strings.HasPrefix(v.Algorithm, "HMAC") {
			algorithm = sealHMAC
		}
		if strings.Contains(text, "|") {
			parsed(t, text)
		}
		return sealed(algorithm, key, text, expected)
	})
}

// members reads an object as the office's answers are read.
func members(t *testing.T, v gatewaytest.Vector) map[string]any {
	t.Helper()
	var object map[string]any
	decoder := json.NewDecoder(bytes.NewReader(v.Input))
	decoder.UseNumber()
	if err := decoder.Decode(&object); err != nil {
		t.Fatal(err)
	}
	return object
}

// parsed is a published response, which must be read whatever its seal: they are what banks really send.
func parsed(t *testing.T, text string) {
	t.Helper()
	v, err := readData(text)
	if err != nil {
		t.Fatal(err)
	}
	n, err := v.notice(testAccount(sealHMAC, "now"))
	if err != nil || n.Ref == "" || !n.Amount.IsPositive() || n.Message["authorisationId"] == "null" {
		t.Errorf("read as %+v, %v", n, err)
	}
}
