package pg

import (
	"fmt"
	"regexp"
)

// Schema names the one schema a unit of work can see. The zero value is refused by In.
type Schema struct{ name, role string }

// Platform is the schema of the control plane.
var Platform = Schema{name: "platform", role: "echoppe_platform"}

var shopSchema = regexp.MustCompile(`^shop_[0-9a-z]{1,40}$`)

// ShopSchema checks a name read from the registry. Nothing else should call it: a schema made
// from input would be a hole in the wall between shops.
func ShopSchema(name string) (Schema, error) {
	if !shopSchema.MatchString(name) {
		return Schema{}, fmt.Errorf("pg: %q is not the name of a shop's schema", name)
	}
	return Schema{name: name, role: name}, nil
}

// String is the schema's name.
func (s Schema) String() string { return s.name }

// Role is the NOLOGIN role that may read and write this schema and nothing else.
func (s Schema) Role() string { return s.role }

// IsZero tells whether s names no schema.
func (s Schema) IsZero() bool { return s.name == "" }
