package twocheckout

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"echoppe.dev/tenant/payment/gatewaytest"
)

// TestVectors: GWN-18, what 2Checkout and its modules have published. Of what is not spoken (see doc.go) it is said so.
func TestVectors(t *testing.T) {
	gatewaytest.Vectors(t, "2checkout", func(t *testing.T, v gatewaytest.Vector) bool {
		switch v.ID {
		case "v85", "v86", "v88", "v89":
			t.Skip("V1 accounts cannot be opened any more, and are not spoken")
		case "v111":
			t.Skip("links are signed here: the signature service and its token are not needed")
		case "v107": // values of a nested message, in their order
			return serialise(leaves(t, v.Input)...) == v.Text(t, v.Expected)
		case "v108":
			return right(algoMD5, v.Text(t, v.Key), v.Text(t, v.Input), v.Text(t, v.Expected))
		case "v109":
			key, want := v.Text(t, v.Key), v.Text(t, v.Expected)
			return serialise(example...) == v.Text(t, v.Input) && written(algoMD5, key) == "<EPAYMENT>20050303123434|"+want+"</EPAYMENT>"
		case "v110":
			var want map[string]string
			v.Read(t, v.Expected, &want)
			for algo, sum := range want {
				if written(algo, v.Text(t, v.Key)) != `<sig algo="`+algo+`" date="20050303123434">`+sum+"</sig>" {
					return false
				}
			}
			return len(want) == 2
		case "v112":
			return sample(t, v)
		}
		t.Errorf("%s: a vector nobody reads", v.ID)
		return false
	})
}

// example is that of the reference: product, name, date of the IPN and of the answer.
var example = []string{"1", "Software program", "20050303123434", "20050303123434"}

func written(algo, key string) string {
	return receipt(algo, key, example[0], example[1], example[2], example[3])
}

// sample reads an IPN of today whose key is not known: the text under its signature, and what it means.
func sample(t *testing.T, v gatewaytest.Vector) bool {
	var in struct {
		Fields json.RawMessage `json:"fields_in_order"`
		Source string          `json:"source_string"`
	}
	v.Read(t, v.Input, &in)
	m, err := readMessage(formOf(t, in.Fields))
	if err != nil {
		t.Fatal(err)
	}
	if serialise(m.values...) != in.Source {
		t.Errorf("signed is %q", serialise(m.values...))
	}
	n, err := m.notice()
	if err != nil || n.ID != "paid:211153389" || n.Ref != "REST_API_AVANGTE" || n.Amount.String() != "0.01" || n.Test {
		t.Errorf("understood %+v, %v", n, err)
	}
	if m.first("IPN_PNAME") != "Dynamic product" {
		t.Errorf("the product is %q", m.first("IPN_PNAME"))
	}
	return true
}

// leaves are the texts of a JSON value in their order, without the names.
func leaves(t *testing.T, raw json.RawMessage) []string {
	t.Helper()
	var list []string
	walk(t, raw, func(_, value string) { list = append(list, value) })
	return list
}

// formOf writes members as a form, lists with brackets.
func formOf(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var list []string
	escape := strings.NewReplacer("%", "%25", "&", "%26", "+", "%2B", " ", "+")
	walk(t, raw, func(name, value string) { list = append(list, name+"="+escape.Replace(value)) })
	return strings.Join(list, "&")
}

// walk visits the texts of a JSON value in their order, under the name of the member they are in.
func walk(t *testing.T, raw json.RawMessage, visit func(name, value string)) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(raw))
	var in func(name string)
	in = func(name string) {
		token, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('{'):
			for d.More() {
				member, err := d.Token()
				if err != nil {
					t.Fatal(err)
				}
				in(member.(string))
			}
			_, err = d.Token()
		case json.Delim('['):
			for d.More() {
				in(name + "[]")
			}
			_, err = d.Token()
		default:
			visit(name, token.(string))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	in("")
}
