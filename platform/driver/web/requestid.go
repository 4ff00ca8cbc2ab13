package web

import (
	"crypto/rand"

	"github.com/labstack/echo/v4"
)

// crockford has no I, L, O and U, so that a number read aloud or typed from an
// error page is not misread.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// nameRequest gives the request its number, unless a trusted proxy has, and
// tells it to the client.
func nameRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		x := exchangeOf(c)
		if !x.steps.named {
			x.steps.named = true
			if x.request.ID == "" {
				x.request.ID = newRequestID()
			}
			c.Response().Header().Set("X-Request-Id", x.request.ID)
		}
		return next(c)
	}
}

// newRequestID draws fifty bits, "7K2M9-QXD4H": short enough to be told on the
// telephone, and unique among the days that a log is kept.
func newRequestID() string {
	var raw [10]byte
	rand.Read(raw[:]) // never fails: crypto/rand ends the program instead
	var text [11]byte
	for i, b := range raw {
		at := i
		if i >= 5 {
			at++
		}
		text[at] = crockford[b&31]
	}
	text[5] = '-'
	return string(text[:])
}

// plausibleID accepts a number from a proxy only in a harmless shape.
func plausibleID(id string) bool {
	if len(id) < 8 || len(id) > 64 {
		return false
	}
	for i := range len(id) {
		if b := id[i]; !(b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b == '-' || b == '_') {
			return false
		}
	}
	return true
}
