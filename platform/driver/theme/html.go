package theme

// HTML is markup that was already sanitised by whoever made it. It is the only
// kind of text a template prints as it is; every plain string is escaped.
//
// An empty HTML is nil to a template, so that {% if product.description %} asks
// the question its author meant.
type HTML string

// SafeMarkup tells the template language what it is.
func (HTML) SafeMarkup() {}
