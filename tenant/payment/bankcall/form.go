package bankcall

import (
	"net/url"
	"strings"

	"echoppe.dev/tenant/payment"
)

// Form is fields as application/x-www-form-urlencoded, in their order.
func Form(fields []payment.FormField) []byte {
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			b.WriteByte('&')
		}
		b.WriteString(url.QueryEscape(f.Name))
		b.WriteByte('=')
		b.WriteString(url.QueryEscape(f.Value))
	}
	return []byte(b.String())
}

// FormType is the content type of Form.
const FormType = "application/x-www-form-urlencoded"
