package storefront_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/kit/clock"
)

// request is one that is sent as it stands.
func request(method, address string) *http.Request { return httptest.NewRequest(method, address, nil) }

// posted is a form that no page offered, sent as by a page of the shop.
func posted(method, address string, fields url.Values) *http.Request {
	r := httptest.NewRequest(method, address, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

type selection = goquery.Selection

func bodyOf(text string) io.ReadCloser { return io.NopCloser(strings.NewReader(text)) }

func systemNow() time.Time { return clock.System().Now() }
