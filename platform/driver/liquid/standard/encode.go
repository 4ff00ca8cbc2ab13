package standard

import (
	"encoding/base64"
	"net/url"
	"unicode/utf8"

	"echoppe.dev/platform/driver/liquid"
	"echoppe.dev/platform/driver/liquid/value"
)

func encodings() map[string]liquid.Filter {
	decoder := func(e *base64.Encoding) liquid.Filter {
		return takes(0, 0, func(c *liquid.Call, in value.Value) value.Value {
			if !in.IsText() && !in.IsNil() {
				return c.Fail(errBase64)
			}
			b, err := e.DecodeString(Text(c, in))
			if err != nil || !utf8.Valid(b) {
				return c.Fail(errBase64)
			}
			return c.Text(string(b))
		})
	}
	encoder := func(e *base64.Encoding) liquid.Filter {
		return takes(0, 0, func(c *liquid.Call, in value.Value) value.Value {
			return c.Text(e.EncodeToString([]byte(Text(c, in))))
		})
	}
	return map[string]liquid.Filter{
		"base64_encode": encoder(base64.StdEncoding), "base64_decode": decoder(base64.StdEncoding),
		"base64_url_safe_encode": encoder(base64.URLEncoding), "base64_url_safe_decode": decoder(base64.URLEncoding),
		"url_encode": takes(0, 0, func(c *liquid.Call, in value.Value) value.Value {
			if in.IsNil() {
				return in
			}
			return c.Text(url.QueryEscape(Text(c, in)))
		}),
		"url_decode": takes(0, 0, func(c *liquid.Call, in value.Value) value.Value {
			s, err := url.QueryUnescape(Text(c, in))
			if err != nil || !utf8.ValidString(s) {
				return c.Fail(errUTF8)
			}
			return c.Text(s)
		}),
	}
}
