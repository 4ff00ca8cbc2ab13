package theme

import "github.com/osteele/liquid/values"

// HTML is markup that was already sanitised by whoever made it. It is the only
// kind of text a template prints as it is; every plain string is escaped.
//
// An empty HTML is nil to a template, so that {% if product.description %} asks
// the question its author meant.
type HTML string

// ToLiquid hands the markup to the template language marked as safe.
func (h HTML) ToLiquid() any {
	if h == "" {
		return nil
	}
	return values.SafeValue{Value: string(h)}
}
