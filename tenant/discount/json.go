package discount

import (
	"bytes"
	"encoding/json"
	"fmt"

	"echoppe.dev/platform/kit/fault"
)

// RuleVersion is the version of the JSON form. A field that changes what a rule
// gives raises it.
const RuleVersion = 1

// ErrVersion refuses a rule written by a later program.
var ErrVersion = fault.New(fault.Malformed, "discount.error.version")

// fields are those of a rule, without its methods.
type fields Rule

// MarshalJSON writes the rule with its version.
func (r Rule) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Version int `json:"version"`
		fields
	}{RuleVersion, fields(r)})
}

// UnmarshalJSON reads what MarshalJSON writes; without a version it is the first
// one. It returns ErrVersion for a later one. A field it does not know is an error:
// a rule that was read without one of its conditions would give too much.
func (r *Rule) UnmarshalJSON(data []byte) error {
	head := struct {
		Version int `json:"version"`
	}{1}
	if err := json.Unmarshal(data, &head); err != nil {
		return fmt.Errorf("read discount rule: %w", err)
	}
	if head.Version < 1 || head.Version > RuleVersion {
		return ErrVersion.With(fault.Args{"version": head.Version, "known": RuleVersion})
	}
	var body struct {
		Version int `json:"version"`
		fields
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&body); err != nil {
		return fmt.Errorf("read discount rule: %w", err)
	}
	*r = Rule(body.fields)
	return nil
}

var (
	_ json.Marshaler   = Rule{}
	_ json.Unmarshaler = (*Rule)(nil)
)
