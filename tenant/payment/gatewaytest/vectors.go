package gatewaytest

import (
	_ "embed"
	"encoding/json"
	"os"
	"testing"
)

// vectors.json are signatures banks and their modules have published. PAYMENT_VECTORS names another file
// of the same form.
//
//go:embed testdata/vectors.json
var published []byte

// Vector is one published signature. Key, Input and Expected are as its family writes them.
type Vector struct {
	ID        string          `json:"id"`
	Family    string          `json:"family"`
	Gateway   string          `json:"gateway"`
	Algorithm string          `json:"algorithm"`
	Key       json.RawMessage `json:"key"`
	Input     json.RawMessage `json:"input"`
	Expected  json.RawMessage `json:"expected"`
	Verified  bool            `json:"verified"` // by whoever made the file; the others say why in Note
	Note      string          `json:"note"`
}

// Text is a member that is a text.
func (v Vector) Text(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var text string
	v.Read(t, raw, &text)
	return text
}

// Read reads a member.
func (v Vector) Read(t *testing.T, raw json.RawMessage, into any) {
	t.Helper()
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%s: %v", v.ID, err)
	}
}

// Vectors runs check for each vector of a family, named by its id and whether it was verified. check gives
// whether the signature is as the vector says; of one that was not verified the result is in the log.
func Vectors(t *testing.T, family string, check func(t *testing.T, v Vector) bool) {
	t.Helper()
	data := published
	if file := os.Getenv("PAYMENT_VECTORS"); file != "" {
		var err error
		if data, err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	var all []Vector
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, v := range all {
		if v.Family != family {
			continue
		}
		found++
		name := v.ID + " unverified"
		if v.Verified {
			name = v.ID + " verified"
		}
		t.Run(name, func(t *testing.T) {
			switch good := check(t, v); {
			case good:
			case v.Verified:
				t.Errorf("%s: %s: not as published (%s)", v.ID, v.Gateway, v.Note)
			default:
				t.Logf("%s: %s: not as published, and nobody could verify it (%s)", v.ID, v.Gateway, v.Note)
			}
		})
	}
	if found == 0 {
		t.Fatalf("no vectors of %s", family)
	}
}
