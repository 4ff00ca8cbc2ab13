package apptest

import (
	"fmt"
	"path"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"echoppe.dev/platform/driver/web/webtest"
)

// Heard waits until the shop has answered so many notices of the payment whose page at the bank the
// browser looks at, and until the bank has no more of them to send than it repeats in vain.
func (p *Place) Heard(t testing.TB, b *webtest.Browser, notices int) {
	t.Helper()
	log := p.Visitor(t, "en")
	address := p.Bank() + "/log/" + path.Base(b.Path())
	Eventually(t, fmt.Sprintf("%d notices to be answered", notices), func() bool {
		log.Get(address)
		log.WantStatus(200)
		answered := 0
		log.Page().Doc().Find("article.post").Each(func(_ int, s *goquery.Selection) {
			if s.Find(".answer").Length() > 0 {
				answered++
			}
		})
		return answered >= notices
	})
}
