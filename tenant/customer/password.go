package customer

import (
	"strings"
	"unicode/utf8"

	"echoppe.dev/platform/kit/fault"
	"echoppe.dev/platform/kit/form"
)

// Length is what makes a password strong; rules of composition make people write it down
// (NIST SP 800-63B, section 5.1.1.2).
const (
	// MinPassword is the shortest a customer may choose, in characters; forms say it beforehand.
	MinPassword = 8
	// maxPassword bounds the work of hashing what a stranger sends, in bytes.
	maxPassword = 512
)

// checkPassword refuses a password nobody should choose, on a field.
func checkPassword(c *form.Checker, field, password, email string) {
	local, _, _ := strings.Cut(email, "@")
	switch {
	case password == "":
		c.Refuse(field, form.KeyRequired, nil)
	case utf8.RuneCountInString(password) < MinPassword:
		c.Refuse(field, form.KeyTooShort, fault.Args{"min": MinPassword})
	case len(password) > maxPassword:
		c.Refuse(field, form.KeyTooLong, fault.Args{"max": maxPassword})
	case strings.EqualFold(password, email), strings.EqualFold(password, local),
		strings.Count(password, password[:1]) == len(password):
		c.Refuse(field, "customer.weak_password", nil)
	}
}
